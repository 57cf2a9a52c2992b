import { describe, expect, it } from "vitest";
import { readAuthenticationToken } from "../../../verifier/authentication/authentication-token.ts";
import { verifyTokenSignature } from "../../../verifier/authentication/token-signature.ts";
import { verifyAuthentication } from "../../../verifier/authentication/verify-authentication.ts";
import type { Authority } from "../../../verifier/certificate/authority.ts";
import { requireResidentProfile } from "../../../verifier/certificate/resident-profile.ts";
import { readX509Certificate } from "../../../verifier/certificate/x509-certificate.ts";
import { createTrust } from "../../../verifier/certificate/trust.ts";
import { readPublicKey } from "../../../verifier/cryptography/public-key.ts";
import { playAuthority } from "../../support/pki/played-authorities.ts";
import published from "./published-tokens.json" with { type: "json" };

const { origin, challenge, tokens } = published;
const sound = tokens.filter(({ holds }) => holds);
const trust = createTrust({
  certificates: [],
  testAuthorities: { authentication: [playAuthority("authentication").certificate] },
});

/** The signature of a token alone: reading, then the mathematics under its own certificate's key. */
function verify(token: unknown, expected: { origin: string; challenge: string } = { origin, challenge }): void {
  const read = readAuthenticationToken(token);
  verifyTokenSignature(read, readPublicKey(readX509Certificate(read.certificate).publicKey), expected);
}
const wrong: unknown = expect.objectContaining({ name: "Refusal", code: "signature-wrong" });

describe("tokens that Web eID's Java validator is tested with", () => {
  it.each(sound)("$name verifies, as text and as object", ({ token }) => {
    expect(() => verify(token)).not.toThrow();
    expect(() => verify(JSON.stringify(token))).not.toThrow();
  });

  it.each(sound)("$name is for no other site and no other challenge", ({ token }) => {
    expect(() => verify(token, { origin, challenge: "12345678123456781234567812345678912356789124" })).toThrow(wrong);
    expect(() => verify(token, { origin: "https://invalid.org", challenge })).toThrow(wrong);
    expect(() => verify(token, { origin: `${origin}/`, challenge })).toThrow(wrong);
    // both are hashed by themselves: what moves from one to the other is noticed
    expect(() => verify(token, { origin: origin + challenge.slice(0, 1), challenge: challenge.slice(1) })).toThrow(
      wrong,
    );
  });

  it.each(tokens.filter(({ holds }) => !holds))("$name does not verify", ({ token }) => {
    expect(() => verify(token)).toThrow(wrong);
  });

  // their authorities stand below others and are none for createTrust; under one that did, the profile of a My Number Card's certificate would refuse:
  it.each([
    // keyUsage has keyAgreement beside digitalSignature
    ["ES384 of 2025", "1.3.6.1.4.1.51361.1.1.1", "certificate-not-for-login"],
    ["ES384 of 2021", "1.3.6.1.4.1.51361.1.2.1", "certificate-not-for-login"],
    // nothing, but for its policy, which the site would have to add
    ["RS256", "1.3.6.1.4.1.32061.2.1.2.1", undefined],
  ])("%s: what the profile says of its certificate (%s)", (name, policy, code) => {
    const { token } = tokens.find((candidate) => candidate.name === name) ?? {};
    const certificate = readX509Certificate(readAuthenticationToken(token).certificate);
    const authority = { kind: "authentication", policies: [policy] } as unknown as Authority;
    const check = () => requireResidentProfile(certificate, authority);
    if (code === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });

  it.each(sound)("$name is refused as a login here: nobody knows its issuer", async ({ token }) => {
    const at = new Date("2022-01-01T00:00:00Z");
    const result = await verifyAuthentication(token, { origin, challenge, trust, revocation: "accept-unknown", at });
    expect(result).toMatchObject({ verdict: "refused", failure: { code: "issuer-unknown" } });
  });
});
