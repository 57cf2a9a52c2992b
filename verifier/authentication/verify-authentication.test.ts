import { describe, expect, it } from "vitest";
import {
  certificatePolicies,
  EXTENSIONS,
  keyUsage,
  type PlannedExtension,
} from "../../tests/support/pki/certificate-maker.ts";
import { PLAYED_NOW, playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { hanako, issuer, options, refusal, signing, trust, verify } from "../../tests/support/pki/login-judge.ts";
import { LOGIN, playLogin } from "../../tests/support/pki/played-login.ts";
import { createTrust } from "../certificate/trust.ts";
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from "../cryptography/algorithms.ts";
import { fingerprintOf } from "../certificate/read-authority.ts";
import type { RevocationSource } from "../revocation/revocation-source.ts";
import { verifyAuthentication, type AuthenticationOptions } from "./verify-authentication.ts";

const { origin, challenge } = LOGIN;
const good = playLogin(hanako);

describe("a login", () => {
  it("tells whose certificate it was, when and how it was judged", async () => {
    const result = await verify(JSON.stringify(good));
    expect(result).toMatchObject({
      verdict: "accepted-unchecked",
      failure: { code: "revocation-unchecked" },
      certificate: { kind: "authentication", sha256: fingerprintOf(hanako.certificate) },
      judgedAt: PLAYED_NOW,
      judgedBy: "at",
      test: true,
      evidence: {
        subject: { sha256: fingerprintOf(Buffer.from(good.signature, "base64")) },
        verdict: "accepted-unchecked",
      },
    });
    expect(result.checks.filter(({ outcome }) => outcome === "passed").map(({ check }) => check)).toEqual([
      "form",
      "content",
      "signature",
      "certificate",
      "validity",
    ]);
  });

  it("may come as object, in version 1.1, with members that nobody knows, and without appVersion", async () => {
    const newer = {
      ...good,
      appVersion: undefined,
      format: "web-eid:1.1",
      unverifiedSigningCertificates: [{ certificate: 1 }],
      more: null,
    };
    expect(await refusal(newer)).toBe("accepted-unchecked");
    expect(await refusal(JSON.stringify(newer, null, 2))).toBe("accepted-unchecked");
  });

  const KEYS = { ES256: "P-256", ES384: "P-384", ES512: "P-521" } as const;
  const keyTypeFor = (algorithm: SignatureAlgorithm) =>
    algorithm.startsWith("ES") ? KEYS[algorithm as keyof typeof KEYS] : "rsa-2048";
  it.each(SIGNATURE_ALGORITHMS)("may be signed with %s", async (algorithm) => {
    const resident = playResident("authentication", { issuer, keyType: keyTypeFor(algorithm) });
    expect(await refusal(playLogin(resident, { algorithm }))).toBe("accepted-unchecked");
  });

  const source = (status: Awaited<ReturnType<RevocationSource["status"]>>): RevocationSource => ({
    status: () => status,
  });
  const proof = { kind: "crl", sha256: "00", thisUpdate: "", nextUpdate: "" } as const;
  it("is as good as what is known of revocation", async () => {
    expect(await refusal(good, { revocation: source({ status: "good", proof }) })).toBe("valid");
    expect(await refusal(good, { revocation: source({ status: "unknown", why: "no-list", detail: "" }) })).toBe(
      "undecided",
    );
    const revoked = { status: "revoked", revokedAt: new Date(0), reason: "keyCompromise", proof } as const;
    expect(await refusal(good, { revocation: source(revoked) })).toBe("revocation: certificate-revoked");
    expect(await verify(good, { revocation: source(revoked) })).toHaveProperty("certificate.kind", "authentication");
  });

  it("is judged now unless a time is given", async () => {
    const now = { origin, challenge, trust, revocation: options.revocation };
    const changes = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3_600_000) };
    const resident = playResident("authentication", { issuer, changes });
    expect(await verifyAuthentication(playLogin(resident), now)).toMatchObject({ judgedBy: "now" });
  });
});

describe("faults that other validators have had (Java and PHP, published)", () => {
  it("a signing certificate is no login, with or without extendedKeyUsage, whoever issued it", async () => {
    const resident = playResident("signing", { issuer: signing });
    expect(await refusal(playLogin(resident))).toBe("certificate: certificate-not-for-login");
    const policy = { [EXTENSIONS.certificatePolicies]: certificatePolicies("1.2.392.200149.8.5.1.3.30") };
    const same = playResident("signing", { issuer, extensions: policy });
    expect(await refusal(playLogin(same))).toBe("certificate: certificate-not-for-login");
  });

  const changed = (type: string, extension: PlannedExtension | undefined) =>
    playLogin(playResident("authentication", { issuer, extensions: { [type]: extension } }));
  it("keyUsage keyEncipherment is no login", async () => {
    expect(await refusal(changed(EXTENSIONS.keyUsage, keyUsage(2)))).toBe("certificate: certificate-not-for-login");
  });

  it("missing certificatePolicies are a refusal, not an exception", async () => {
    expect(await refusal(changed(EXTENSIONS.certificatePolicies, undefined))).toBe("certificate: certificate-policy");
  });

  it.each([
    "web-eid:10.0",
    "web-eid:1",
    "web-eid:1.",
    "web-eid:1.2",
    "web-eid:1.10",
    "web-eid:1.0 ",
    "WEB-EID:1.0",
    "web-eid:2.0",
    "",
  ])("%j is another version", async (format) => expect(await refusal({ ...good, format })).toBe("form: token-version"));

  it("DER is no ECDSA value", async () => {
    const resident = playResident("authentication", { issuer, keyType: "P-384" });
    const token = playLogin(resident, { algorithm: "ES384", dsaEncoding: "der" });
    expect(await refusal(token)).toBe("signature: signature-wrong");
  });

  it("another origin or challenge is another signature", async () => {
    for (const other of [
      `${origin}/`,
      `${origin}:443`,
      "https://forms.example.go.jp.evil.example",
      "http://forms.example.go.jp",
    ]) {
      expect(await refusal(playLogin(hanako, { origin: other }))).toBe("signature: signature-wrong");
    }
    expect(await refusal(good, { origin: "https://other.example.go.jp" })).toBe("signature: signature-wrong");
    expect(await refusal(good, { challenge: challenge.replace("M", "N") })).toBe("signature: signature-wrong");
    const shifted = playLogin(hanako, { origin: `${origin}M`, challenge: challenge.slice(1) });
    expect(await refusal(shifted)).toBe("signature: signature-wrong");
  });
});

describe("localhost", () => {
  const localhost = "http://localhost:8080";
  const token = playLogin(hanako, { origin: localhost });
  const pins = { authentication: [fingerprintOf(issuer.certificate)] };
  const other = playAuthority("authentication", "2015");

  it("is for certificates of tests", async () => {
    expect(await refusal(token, { origin: localhost })).toBe("accepted-unchecked");
    const both = createTrust({
      certificates: [issuer.certificate],
      pins,
      testAuthorities: { authentication: [other.certificate] },
    });
    expect(await refusal(token, { origin: localhost, trust: both })).toBe("certificate: issuer-unknown");
    expect(await verify(good, { trust: both })).toMatchObject({ test: false });
  });

  it("is no site where only real authorities are trusted", async () => {
    const real = createTrust({ certificates: [issuer.certificate], pins });
    await expect(verify(token, { origin: localhost, trust: real })).rejects.toThrow(TypeError);
  });
});

describe("options with which nothing could be judged are told at once", () => {
  it.each([
    ["origin with a slash", { origin: `${origin}/` }],
    ["origin with a path", { origin: `${origin}/login` }],
    ["origin with its usual port", { origin: `${origin}:443` }],
    ["origin with capitals", { origin: "https://Forms.example.go.jp" }],
    ["origin that is not in ASCII", { origin: "https://日本.example" }],
    ["origin without https", { origin: "http://forms.example.go.jp" }],
    ["origin that is only like localhost", { origin: "http://localhost.example.go.jp" }],
    ["no origin", { origin: undefined as unknown as string }],
    ["origin null", { origin: "null" }],
    ["a short challenge", { challenge: challenge.slice(1) }],
    ["a long challenge", { challenge: challenge.repeat(3) }],
    ["a challenge that is no text", { challenge: 1 as unknown as string }],
    ["no time", { at: new Date(Number.NaN) }],
  ])("%s", async (_, changes) => {
    await expect(verify(good, changes)).rejects.toThrow(TypeError);
  });

  it("no word about revocation, and what to write", async () => {
    const rest = { origin, challenge, trust };
    await expect(verifyAuthentication(good, rest as unknown as AuthenticationOptions)).rejects.toThrow(
      /accept-unknown/,
    );
    await expect(verifyAuthentication(good, rest as unknown as AuthenticationOptions)).rejects.toThrow(TypeError);
  });
});
