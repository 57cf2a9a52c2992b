import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import {
  element,
  elementPieces,
  objectIdentifier,
  octetString,
  readElement,
  readElements,
  setOf,
  time,
  unsignedInteger,
} from "./der.ts";

it("pieces are the element, and hold the contents themselves", () => {
  const contents = new Uint8Array(300);
  const pieces = elementPieces(0x30, elementPieces(0x04, [contents]));
  expect(pieces.at(-1)).toBe(contents);
  expect(concatBytes(...pieces)).toEqual(element(0x30, element(0x04, contents)));
});

it.each([
  ["", "020100"],
  ["0000", "020100"],
  ["007f", "02017f"],
  ["80", "02020080"],
  ["0100", "02020100"],
])("writes the unsigned number %s as an INTEGER", (octets, hex) => {
  expect(encodeHex(unsignedInteger(decodeHex(octets)))).toBe(hex);
});

describe("DER lengths (X.690, 10.1)", () => {
  it.each([
    [0, "0400"],
    [0x7f, "047f"],
    [0x80, "048180"],
    [0xff, "0481ff"],
    [0x100, "04820100"],
    [0x10000, "0483010000"],
  ])("%i octets", (length, head) => {
    expect(encodeHex(octetString(new Uint8Array(length))).slice(0, head.length)).toBe(head);
  });

  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x00, max: 0x1e }), fc.uint8Array({ maxLength: 700 }), (identifier, contents) => {
        const view = readElement(element(identifier, contents));
        expect(view).toMatchObject({ identifier, contents });
      }),
    );
  });

  it.each([
    ["80 length", [0x30, 0x80, 0, 0]],
    ["cut short", [0x30, 0x05, 1]],
    ["five length octets", [0x30, 0x85, 0, 0, 0, 0, 1, 0]],
    ["nothing", [0x30]],
    ["a tag of more than one octet", [0x3f, 0x01, 0x00]],
    ["80 length with 128 octets behind", [0x30, 0x80, ...new Array<number>(0x80).fill(0)]],
  ])("refuses %s", (_, octets) => {
    expect(() => readElements(Uint8Array.from(octets))).toThrow(RangeError);
  });
});

it("sorts a SET OF by its encodings (X.690, 11.6)", () => {
  const long = octetString(Uint8Array.of(1, 2));
  const short = octetString(Uint8Array.of(9));
  expect(encodeHex(setOf(long, short))).toBe("3107" + "040109" + "04020102");
});

it("writes object identifiers with arcs over 127", () => {
  expect(encodeHex(objectIdentifier("1.2.840.113549.1.7.2"))).toBe("06092a864886f70d010702");
});

it.each([
  ["2026-11-24T01:02:03.999Z", "170d3236313132343031303230335a"],
  ["2049-12-31T23:59:59Z", "170d3439313233313233353935395a"],
  ["2050-01-01T00:00:00Z", "180f32303530303130313030303030305a"],
])("writes %s as RFC 5652, 11.3 says", (date, hex) => {
  expect(encodeHex(time(new Date(date)))).toBe(hex);
});
