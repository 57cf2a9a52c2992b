import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCmsSignature } from "../../extension/signature/cms/cms-signature.ts";
import { sha256 } from "../../extension/signature/sha256.ts";
import { timestampRequest } from "../../extension/signature/timestamp/timestamp-request.ts";
import { readTimestampResponse } from "../../extension/signature/timestamp/timestamp-response.ts";
import { timestampTokenOf, verifyByOpenssl, verifyByPkijs, verifyTokenByOpenssl } from "./cms-verifiers.ts";
import { DOCUMENTS, openSigningParty, signDocument, spoilt, type SigningParty } from "./signing-party.ts";
import {
  AUTHORITY_KEYS,
  openTimestampAuthority,
  type AuthorityOptions,
  type TimestampAuthority,
} from "./timestamp-authority.ts";

let party: SigningParty;
beforeAll(async () => {
  party = await openSigningParty();
});
afterAll(() => party.close());

const nonce = Uint8Array.of(0x9f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
const data = new TextEncoder().encode("a signature value");
const ask = async (authority: TimestampAuthority) => {
  const expected = { imprint: await sha256(data), nonce };
  return { expected, response: authority.reply(timestampRequest(expected.imprint, nonce)) };
};
const reason = (response: Uint8Array, expected: Parameters<typeof readTimestampResponse>[1]): Promise<unknown> =>
  readTimestampResponse(response, expected).then(
    () => "accepted",
    (fault: unknown) => (fault as { reason?: string }).reason,
  );

const verifyToken = (token: Uint8Array | undefined, octets: Uint8Array): boolean =>
  verifyTokenByOpenssl(party, token, octets);

it("openssl reads the request", async () => {
  party.write("request.tsq", timestampRequest(await sha256(data), nonce));
  const { output, status } = party.openssl("ts", "-query", "-in", "request.tsq", "-text");
  expect(status).toBe(0);
  for (const line of [
    "Version: 1",
    "Hash Algorithm: sha256",
    "Policy OID: unspecified",
    "Nonce: 0x9F01020304",
    "Certificate required: yes",
  ])
    expect(output).toContain(line);
});

describe.each<[string, AuthorityOptions]>([
  ...(Object.keys(AUTHORITY_KEYS) as (keyof typeof AUTHORITY_KEYS)[]).map((key): [string, AuthorityOptions] => [
    key,
    { key },
  ]),
  ["RSA with SHA-384", { digest: "sha384" }],
  ["RSA with SHA-512 everywhere", { digest: "sha512", essHash: "sha512" }],
  ["RSA with a SHA-1 certificate id", { essHash: "sha1" }],
])("an authority with %s", (_, options) => {
  it("is understood, and its token verifies", async () => {
    const { expected, response } = await ask(openTimestampAuthority(party, options));
    const token = await readTimestampResponse(response, expected);
    expect(verifyToken(token, data)).toBe(true);
    expect(verifyToken(token, spoilt(data))).toBe(false);
    expect(await reason(response, { ...expected, nonce: spoilt(nonce) })).toBe("nonce");
    expect(await reason(response, { ...expected, imprint: spoilt(expected.imprint) })).toBe("imprint");
    expect(await reason(spoilt(response, response.length - 1), expected)).toBe("signature");
  });
});

it("an authority that signs with RSASSA-PSS is understood", async () => {
  const authority = openTimestampAuthority(party);
  const expected = { imprint: await sha256(data), nonce };
  const response = authority.replyWithPss(timestampRequest(expected.imprint, nonce));
  const token = await readTimestampResponse(response, expected);
  // openssl ts has no RSASSA-PSS; openssl cms has
  party.write("token.der", token);
  const words = ["-cades", "-binary", "-purpose", "timestampsign", "-CAfile", "tsa-ca.pem", "-out", "statement.der"];
  expect(party.openssl("cms", "-verify", "-inform", "DER", "-in", "token.der", ...words).status).toBe(0);
  expect(await reason(spoilt(response, response.length - 1), expected)).toBe("signature");
});

it("a rejection is refused: openssl gives no timestamps for SHA-1", async () => {
  const request = timestampRequest(await sha256(data), nonce);
  // sha256 → another arc, which no authority knows
  const at = Buffer.from(request).indexOf(Buffer.from("608648016503040201", "hex"));
  const response = openTimestampAuthority(party).reply(request.with(at + 8, 0x63));
  expect(await reason(response, { imprint: await sha256(data), nonce })).toBe("status");
});

describe("CAdES with a timestamp", () => {
  let authority: TimestampAuthority;
  beforeAll(() => {
    authority = openTimestampAuthority(party);
  });

  it.each(Object.entries(DOCUMENTS))("over %s is what openssl, pkijs and openssl ts accept", async (_, bytes) => {
    const timestamp = async (imprint: Uint8Array<ArrayBuffer>) =>
      readTimestampResponse(authority.reply(timestampRequest(imprint, nonce)), { imprint, nonce });
    for (const packaging of ["detached", "enveloping"] as const) {
      const task = { open: openCmsSignature, format: "cades", packaging, bytes } as const;
      const { file, signature } = await signDocument(party, task, timestamp);
      const judged = { file, document: packaging === "detached" ? bytes : undefined, cades: true };
      expect(verifyByOpenssl(party, judged).accepted).toBe(true);
      if (packaging === "enveloping" || bytes.length > 0) expect(await verifyByPkijs(judged)).toBe(true);
      const token = timestampTokenOf(file);
      expect(verifyToken(token, signature)).toBe(true);
      expect(verifyToken(token, spoilt(signature))).toBe(false);
    }
  });
});
