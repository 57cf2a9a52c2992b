import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { playedLogin, SITE_SECRET } from "../../tests/support/played-people.ts";
import { personKey } from "./person-key.ts";

const { certificate } = playedLogin();
const key = personKey({ siteSecret: SITE_SECRET });

describe("a person's key", () => {
  it("is HMAC-SHA-256 over label, kind, issuer and serial number, each with its length", () => {
    const hmac = createHmac("sha256", SITE_SECRET);
    const { kind, issuerNameHash, serialNumber } = certificate;
    for (const text of ["kodo person 1", kind, issuerNameHash, serialNumber]) {
      hmac.update(Buffer.from([0, 0, 0, text.length])).update(text);
    }
    expect(key(certificate)).toBe(hmac.digest("base64url"));
    expect(key(certificate)).toMatch(/^[\w-]{43}$/);
  });

  it("depends on nothing else of the certificate", () => {
    const generation = { authorityFingerprint: "00", sha256: "00", notBefore: new Date(0), notAfter: new Date(1) };
    expect(key({ ...certificate, ...generation })).toBe(key(certificate));
  });

  it.each([
    ["serial number", { serialNumber: "1234" }],
    ["issuer", { issuerNameHash: "a".repeat(64) }],
    ["kind", { kind: "signing" as const }],
    ["authority for tests", { test: true }],
  ])("is another one for another %s", (_, changes) => {
    expect(key({ ...certificate, ...changes })).not.toBe(key(certificate));
  });

  it("is another one on another site, whatever becomes of the secret's memory", () => {
    const secret = new Uint8Array(32).fill(8);
    const other = personKey({ siteSecret: secret });
    const before = other(certificate);
    expect(before).not.toBe(key(certificate));
    secret.fill(7);
    expect(other(certificate)).toBe(before);
  });

  it.each([
    ["31 octets", new Uint8Array(31)],
    ["a text", "x".repeat(32) as unknown as Uint8Array],
    ["nothing", undefined as unknown as Uint8Array],
  ])("needs a secret: not %s", (_, siteSecret) => {
    expect(() => personKey({ siteSecret })).toThrow(TypeError);
  });

  it.each([
    ["serialNumber", ""],
    ["serialNumber", "123"],
    ["serialNumber", "AB"],
    ["issuerNameHash", ""],
    ["issuerNameHash", "A".repeat(64)],
  ])("needs what names the certificate: %s %j", (field, value) => {
    expect(() => key({ ...certificate, [field]: value })).toThrow(TypeError);
  });
});
