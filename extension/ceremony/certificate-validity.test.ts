import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeValidity, readValidity } from "./certificate-validity.ts";

const der = (tag: number, ...parts: (number[] | string)[]): number[] => {
  const content = parts.flatMap((part) =>
    typeof part === "string" ? Array.from(new TextEncoder().encode(part)) : part,
  );
  const { length } = content;
  if (length < 128) return [tag, length, ...content];
  return length < 256 ? [tag, 0x81, length, ...content] : [tag, 0x82, length >> 8, length & 255, ...content];
};
const certificate = (notBefore: number[], notAfter: number[], version = [der(0xa0, der(2, [2]))]): Uint8Array =>
  Uint8Array.from(
    der(
      0x30,
      der(
        0x30,
        ...version,
        der(2, [1]),
        der(0x30),
        der(0x30, Array<number>(200).fill(5)),
        der(0x30, notBefore, notAfter),
        der(0x30),
        der(0x30),
      ),
    ),
  );

describe("the validity of a certificate", () => {
  it("is read from UTCTime and GeneralizedTime, with and without a version", () => {
    const times = [der(0x17, "250401000000Z"), der(0x18, "20500517145959Z")] as const;
    const expected = { notBefore: Date.UTC(2025, 3, 1), notAfter: Date.UTC(2050, 4, 17, 14, 59, 59) };
    expect(readValidity(certificate(...times))).toEqual(expected);
    expect(readValidity(certificate(...times, []))).toEqual(expected);
  });

  it("puts two-digit years from 50 on into the last century (RFC 5280)", () => {
    const read = readValidity(certificate(der(0x17, "500101000000Z"), der(0x17, "491231235959Z")));
    expect(read).toEqual({ notBefore: Date.UTC(1950, 0, 1), notAfter: Date.UTC(2049, 11, 31, 23, 59, 59) });
  });

  it("is what node reads in certificates of other makers", () => {
    for (const pem of rootCertificates.slice(0, 40)) {
      const parsed = new X509Certificate(pem);
      expect(readValidity(parsed.raw)).toEqual({
        notBefore: Date.parse(parsed.validFrom),
        notAfter: Date.parse(parsed.validTo),
      });
    }
  });

  it("is unknown in anything else, and reading never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(readValidity(bytes)).toBeUndefined();
      }),
    );
    const whole = certificate(der(0x17, "250401000000Z"), der(0x17, "300401000000Z"));
    for (let length = 0; length < whole.length; length++)
      expect(readValidity(whole.subarray(0, length))).toBeUndefined();
  });

  it.each([
    ["2025-03-31T23:59:59Z", "not-yet-valid"],
    ["2025-04-01T00:00:00Z", "valid"],
    ["2030-02-16T23:59:59Z", "valid"],
    ["2030-02-17T14:59:59Z", "soon"],
    ["2030-05-17T14:59:59Z", "soon"],
    ["2030-05-17T15:00:00Z", "expired"],
  ])("at %s is %s", (now, verdict) => {
    const validity = { notBefore: Date.UTC(2025, 3, 1), notAfter: Date.UTC(2030, 4, 17, 14, 59, 59) };
    expect(judgeValidity(validity, Date.parse(now))).toBe(verdict);
  });
});
