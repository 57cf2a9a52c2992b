import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { concatBytes, equalBytes } from "./bytes.ts";
import { decodeHex, encodeHex } from "./hex.ts";

describe("base64 (RFC 4648, section 4)", () => {
  it("is what Node makes, and reads back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(encodeBase64(octets)).toBe(Buffer.from(octets).toString("base64"));
        expect(decodeBase64(encodeBase64(octets))).toEqual(octets);
      }),
    );
  });

  it("of more than a chunk", () => {
    const octets = Uint8Array.from({ length: 100_001 }, (_, index) => index % 251);
    expect(encodeBase64(octets)).toBe(Buffer.from(octets).toString("base64"));
  });

  it.each(["A", "AA", "AAA", "AA=A", "A===", "AB==", "AA-_", "AAAA ", "=AAA"])("refuses %j", (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe("hexadecimal", () => {
  it("reads back, with or without spaces, in either case", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (octets) => {
        const text = encodeHex(octets);
        expect(text).toBe(Buffer.from(octets).toString("hex"));
        expect(decodeHex(text.toUpperCase())).toEqual(octets);
        expect(decodeHex(text.replaceAll(/(..)/g, "$1 "))).toEqual(octets);
      }),
    );
  });

  it.each(["0", "0g", "0x00"])("refuses %j", (text) => expect(() => decodeHex(text)).toThrow(RangeError));
});

it("octets are joined and compared", () => {
  expect(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
});
