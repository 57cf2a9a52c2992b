import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDer } from "../../../formats/der/der-fields.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { verifyTimestamp } from "../../../verifier/timestamp/verify-timestamp.ts";
import { openSigningParty, type SigningParty } from "../../conformance/signing-party.ts";
import { openTimestampAuthority, type AuthorityOptions } from "../../conformance/timestamp-authority.ts";
import { derOfPem } from "../openssl-folder.ts";

let party: SigningParty;
beforeAll(async () => {
  party = await openSigningParty();
});
afterAll(() => party.close());

const over = new TextEncoder().encode("a signature value");

function ask(): Uint8Array {
  party.write("over", over);
  const words = ["-query", "-data", "over", "-sha256", "-cert", "-out", "query.tsq"];
  const { status, output } = party.openssl("ts", ...words);
  if (status !== 0) throw new Error(output);
  return party.read("query.tsq");
}

function tokenOf(response: Uint8Array): Uint8Array {
  const fields = openDer(response);
  fields.next(0x30);
  return fields.next(0x30).encoding;
}

const trusted = (name = "tsa-ca.pem"): Uint8Array[] => [derOfPem(party.read(name))];

function outcome(token: Uint8Array, authorities: readonly Uint8Array[] = trusted()): string {
  try {
    const { time, policy, accuracyMilliseconds } = verifyTimestamp({ token, over }, authorities);
    const isNow = Math.abs(time - Date.now()) < 600_000;
    return `${isNow ? "now" : "then"}, ${policy}, ${accuracyMilliseconds ?? "no accuracy"}`;
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.code : String(thrown);
  }
}

function takenByOpenssl(token: Uint8Array): boolean {
  party.write("token.der", token);
  const words = ["-verify", "-data", "over", "-in", "token.der", "-token_in", "-CAfile", "tsa-ca.pem"];
  return party.openssl("ts", ...words).output.includes("Verification: OK");
}

describe("tokens of openssl", () => {
  it.each<[string, AuthorityOptions]>([
    ["RSA", {}],
    ["P-256", { key: "P-256" }],
    ["P-384 with SHA-384", { key: "P-384", digest: "sha384" }],
    ["P-521 with SHA-512", { key: "P-521", digest: "sha512" }],
    ["a certificate named by SHA-1", { essHash: "sha1" }],
    ["a certificate named by SHA-512", { essHash: "sha512" }],
  ])("%s", (_name, options) => {
    const token = tokenOf(openTimestampAuthority(party, options).reply(ask()));
    expect(takenByOpenssl(token)).toBe(true);
    expect(outcome(token)).toBe("now, 1.2.3.4.1, 1000");
    expect(outcome(token, trusted("tsa.pem"))).toBe("now, 1.2.3.4.1, 1000");
    expect(outcome(token, trusted("ca.pem"))).toBe("timestamp-authority-unknown");
  });

  it("of an authority that may do more", () => {
    const purpose = "critical,timeStamping,clientAuth";
    expect(() => openTimestampAuthority(party, { purpose }).reply(ask())).toThrow("signer certificate");
  });

  it("changed anywhere: what openssl refuses is never taken", () => {
    const token = tokenOf(openTimestampAuthority(party, { key: "P-256" }).reply(ask()));
    const verdicts = { "both took it": 0, "both refused": 0, "openssl alone took it": 0, "we alone took it": 0 };
    // the root is in the token too: nobody needs it there, and openssl refuses one that it can't parse
    const [root = new Uint8Array()] = trusted();
    const extra = Buffer.from(token).indexOf(root);
    for (let at = 1; at < token.length; at += 17) {
      if (at >= extra && at < extra + root.length) continue;
      const changed = token.with(at, (token[at] ?? 0) ^ (1 << (at % 8)));
      const [ours, theirs] = [outcome(changed).startsWith("now"), takenByOpenssl(changed)];
      const kind = ours ? "we alone took it" : "openssl alone took it";
      verdicts[ours === theirs ? (ours ? "both took it" : "both refused") : kind]++;
    }
    console.log(JSON.stringify(verdicts));
    expect(verdicts["both refused"]).toBeGreaterThan(30);
    expect(verdicts["we alone took it"]).toBe(0);
  });
});
