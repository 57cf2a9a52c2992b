import { verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCmsSignature } from "../../extension/signature/cms/cms-signature.ts";
import { openPkcs1Signature } from "../../extension/signature/pkcs1/pkcs1-signature.ts";
import { readByPkijs, verifyBareByOpenssl, verifyByOpenssl, verifyByPkijs } from "./cms-verifiers.ts";
import { DOCUMENTS, openSigningParty, signDocument, spoilt, type SigningParty } from "./signing-party.ts";

let party: SigningParty;
beforeAll(async () => {
  party = await openSigningParty();
});
afterAll(() => party.close());

const text = DOCUMENTS["a Japanese text"] ?? new Uint8Array();
const signed = (format: "cms" | "cades", packaging: "detached" | "enveloping", bytes: Uint8Array<ArrayBuffer>) =>
  signDocument(party, { open: openCmsSignature, format, packaging, bytes });

describe.each([
  ["cms", "detached"],
  ["cms", "enveloping"],
  ["cades", "detached"],
  ["cades", "enveloping"],
] as const)("%s, %s", (format, packaging) => {
  const cades = format === "cades";
  const outside = (document: Uint8Array<ArrayBuffer>) => (packaging === "detached" ? document : undefined);

  it.each(Object.entries(DOCUMENTS))("openssl and pkijs accept the signature over %s", async (_, bytes) => {
    const { file } = await signed(format, packaging, bytes);
    const judged = { file, document: outside(bytes), cades };
    const { accepted, shown, output } = verifyByOpenssl(party, judged);
    expect(accepted, output).toBe(true);
    expect(Buffer.compare(shown, bytes)).toBe(0);
    // pkijs takes a detached document of no octets for a missing one
    if (packaging === "enveloping" || bytes.length > 0) expect(await verifyByPkijs(judged)).toBe(true);
  });

  it("both refuse a changed document", async () => {
    const { file } = await signed(format, packaging, text);
    const at = Buffer.from(file).indexOf(text);
    const judged = outside(text)
      ? { file, document: spoilt(text), cades }
      : { file: spoilt(file, at + 3), document: undefined, cades };
    expect(at >= 0).toBe(packaging === "enveloping");
    expect(verifyByOpenssl(party, judged).accepted).toBe(false);
    expect(await verifyByPkijs(judged)).toBe(false);
  });

  it("openssl refuses any changed value of the signed attributes, and of the signature", async () => {
    const { file } = await signed(format, packaging, text);
    party.write("signature.p7s", file);
    const lines = party.openssl("asn1parse", "-inform", "DER", "-in", "signature.p7s").output.split("\n");
    // behind the certificate: the time, the digest, perhaps the certificate hash, then the signature; each changed in its last octet
    const places = lines.filter((line) => /UTCTIME|OCTET STRING/.test(line)).slice(cades ? -4 : -3);
    for (const line of places) {
      const [, offset = "", header = "", length = ""] = /^\s*(\d+):d=\d+\s+hl=(\d+) l=\s*(\d+)/.exec(line) ?? [];
      const last = Number(offset) + Number(header) + Number(length) - 1;
      const judged = { file: spoilt(file, last), document: outside(text), cades };
      expect(verifyByOpenssl(party, judged).accepted, line).toBe(false);
    }
  });

  it("holds the attributes that it should, one signer and one certificate", async () => {
    party.write("signature.p7s", (await signed(format, packaging, text)).file);
    const { output } = party.openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", "signature.p7s");
    for (const name of ["contentType", "signingTime", "messageDigest"]) expect(output).toContain(name);
    expect(output.includes("id-smime-aa-signingCertificateV2")).toBe(cades);
    expect(output.includes("eContent: <ABSENT>")).toBe(packaging === "detached");
    const { certificates, signerInfos } = readByPkijs(party.read("signature.p7s"));
    expect([certificates?.length, signerInfos.length]).toEqual([1, 1]);
  });
});

it("plain CMS is not CAdES", async () => {
  const { file } = await signed("cms", "detached", text);
  const { accepted, output } = verifyByOpenssl(party, { file, document: text, cades: true });
  expect(accepted).toBe(false);
  expect(output).toContain("signing certificate attribute");
});

it("the signature of somebody else's key is refused", async () => {
  const other = await openSigningParty("substituted");
  try {
    const impostor = { ...party, sign: other.sign };
    const { file } = await signDocument(impostor, {
      open: openCmsSignature,
      format: "cades",
      packaging: "detached",
      bytes: text,
    });
    expect(verifyByOpenssl(party, { file, document: text, cades: true }).accepted).toBe(false);
  } finally {
    other.close();
  }
});

it.each(Object.entries(DOCUMENTS))("pkcs1 is the bare signature over %s", async (_, bytes) => {
  const { file } = await signDocument(party, {
    open: openPkcs1Signature,
    format: "pkcs1",
    packaging: "detached",
    bytes,
  });
  expect(verify("sha256", bytes, party.publicKey, file)).toBe(true);
  expect(verifyBareByOpenssl(party, file, bytes)).toBe(true);
  expect(verifyBareByOpenssl(party, file, spoilt(bytes))).toBe(false);
});
