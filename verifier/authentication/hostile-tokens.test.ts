import { describe, expect, it } from "vitest";
import { element, nothing, sequence } from "../../formats/der/der.ts";
import { playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { hanako, issuer, refusal, signing, verify } from "../../tests/support/pki/login-judge.ts";
import { LOGIN, playLogin } from "../../tests/support/pki/played-login.ts";

const { challenge } = LOGIN;
const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString("base64");
const good = playLogin(hanako);

describe("hostile tokens", () => {
  it("whose certificate was exchanged are wrong, also under the same key", async () => {
    const other = playResident("authentication", { issuer, person: "taro" });
    expect(await refusal(playLogin(hanako, { certificate: other.certificate }))).toBe("signature: signature-wrong");
    const stranger = playAuthority("authentication", "stranger");
    const same = playResident("authentication", { issuer: stranger, key: hanako.key });
    expect(await refusal(playLogin(hanako, { certificate: same.certificate }))).toBe("certificate: issuer-unknown");
    const asSigner = playResident("signing", { issuer: signing, key: hanako.key });
    expect(await refusal(playLogin(hanako, { certificate: asSigner.certificate }))).toBe(
      "certificate: certificate-not-for-login",
    );
  });

  it("of a certificate out of its time are told which way, once their signature is known to hold", async () => {
    const at = (text: string) => ({ at: new Date(text) });
    expect(await refusal(good, at("2024-03-31T23:59:59Z"))).toBe("validity: certificate-not-yet-valid");
    expect(await refusal(good, at("2029-04-01T15:00:00Z"))).toBe("validity: certificate-expired");
    expect(await verify(good, at("2029-04-01T15:00:00Z"))).toHaveProperty("certificate.serialNumber");
    const forged = playLogin(hanako, { challenge: `${challenge}x` });
    expect(await refusal(forged, at("2029-04-01T15:00:00Z"))).toBe("signature: signature-wrong");
    expect(await verify(forged)).not.toHaveProperty("certificate");
  });

  it("of an authority that has the right name and not the right key are nobody's", async () => {
    const stranger = playAuthority("authentication", "stranger");
    expect(await refusal(playLogin(playResident("authentication", { issuer: stranger })))).toBe(
      "certificate: issuer-unknown",
    );
  });

  it.each([
    [
      "a critical extension that is unknown",
      { extensions: { "1.2.3": { type: "1.2.3", critical: true, value: nothing } } },
      "certificate-extension",
    ],
    ["SHA-1", { changes: { hash: "sha1" } }, "algorithm-weak"],
    ["RSA of 1,024 bits", { keyType: "rsa-1024" }, "certificate-key"],
  ] as const)("whose certificate has %s are refused", async (_, wanted, code) => {
    expect(await refusal(playLogin(playResident("authentication", { issuer, ...wanted })))).toBe(
      `certificate: ${code}`,
    );
  });

  let deep = sequence();
  while (deep.length < 6_000) deep = sequence(deep);
  it.each([
    ["nested deep", deep],
    ["nothing", new Uint8Array()],
    ["a length of 4 GB", Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
    ["an indefinite length", Uint8Array.of(0x30, 0x80, 0, 0)],
    ["6,000 octets of zeros", new Uint8Array(6_000)],
    ["one octet behind it", Buffer.concat([hanako.certificate, Buffer.alloc(1)])],
    ["another tag", element(0x31, hanako.certificate.subarray(4))],
  ])("whose certificate is %s are refused", async (_, certificate) => {
    expect(await refusal({ ...good, unverifiedCertificate: base64(certificate) })).toBe(
      "certificate: certificate-unreadable",
    );
  });

  it.each([
    "none",
    "HS256",
    "HS384",
    "RS1",
    "RS256 ",
    "rs256",
    "PS128",
    "EdDSA",
    "ES256K",
    "toString",
    "__proto__",
    "",
  ])("signed with %j are refused", async (algorithm) =>
    expect(await refusal({ ...good, algorithm })).toBe("form: algorithm-unsupported"),
  );

  it("may call an algorithm by another name, and gain nothing", async () => {
    expect(await refusal({ ...good, algorithm: "PS256" })).toBe("signature: signature-wrong");
    expect(await refusal({ ...good, algorithm: "RS512" })).toBe("signature: signature-wrong");
    expect(await refusal({ ...good, algorithm: "ES256" })).toBe("signature: algorithm-mismatch");
    for (const saltLength of [0, 20, 222]) {
      expect(await refusal(playLogin(hanako, { algorithm: "PS256", saltLength }))).toBe("signature: signature-wrong");
    }
  });

  const { signature, unverifiedCertificate } = good;
  it.each([
    ["no token", undefined],
    ["null", null],
    ["a number", 7],
    ["an array", [good]],
    ["no JSON", "{"],
    ["an empty text", ""],
    ["JSON of another thing", "7"],
    ["nothing in it", {}],
    ["a member too few", { ...good, signature: undefined }],
    ["a member of another type", { ...good, signature: [signature] }],
    ["a format that is no text", { ...good, format: 1 }],
    ["no padding", { ...good, signature: signature.replace(/=+$/, "") }],
    ["base64 for URLs", { ...good, signature: signature.replaceAll("/", "_").replaceAll("+", "-") }],
    ["a character in base64 that only ends like a letter", { ...good, signature: `\u0141${signature.slice(1)}` }],
    ["a line's end in base64", { ...good, unverifiedCertificate: `${unverifiedCertificate}\n` }],
    ["bits that are left over in base64", { ...good, signature: signature.replace(/.==$/, "B==") }],
    ["a member twice", `{"format":"web-eid:1.0",${JSON.stringify(good).slice(1)}`],
    ["a member twice, once in escapes", `{"\\u0066ormat":"web-eid:1.0",${JSON.stringify(good).slice(1)}`],
    ["a text that is too long", JSON.stringify({ ...good, more: "x".repeat(10_000) })],
    ["a member that is too long", { ...good, unverifiedCertificate: "A".repeat(10_004) }],
    ["members that are too long together", { ...good, unverifiedCertificate: "A".repeat(9_900) }],
    ["50 MB of garbage", "{".repeat(50_000_000)],
    ["a member of 50 MB", { ...good, signature: "A".repeat(50_000_000) }],
  ])("with %s are malformed", async (_, token) => expect(await refusal(token)).toBe("form: token-malformed"));

  it("without a challenge in the session are refused", async () => {
    expect(await refusal(good, { challenge: undefined })).toBe("content: challenge-unknown");
  });
});
