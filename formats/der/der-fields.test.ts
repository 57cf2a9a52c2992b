import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHex } from "../../shared/encoding/hex.ts";
import { DerFields, openDer, readObjectIdentifier, readTime } from "./der-fields.ts";
import {
  element,
  nothing,
  objectIdentifier,
  readElement,
  sequence,
  smallInteger,
  unsignedInteger,
  yes,
} from "./der.ts";

describe("fields of a structure", () => {
  it("are taken in order, optional ones if they are there", () => {
    const fields = openDer(sequence(smallInteger(5), yes, sequence(nothing)));
    expect(fields.optional(0x04)).toBeUndefined();
    expect(fields.next(0x02).contents).toEqual(Uint8Array.of(5));
    expect(fields.startsWith(0x01)).toBe(true);
    expect(fields.optional(0x01)?.encoding).toEqual(yes);
    expect(() => fields.end()).toThrow(RangeError);
    const inner = fields.inside(0x30);
    expect([fields.done, inner.done]).toEqual([true, false]);
    fields.end();
  });

  it.each([0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000])("may have %i octets", (length) => {
    expect(openDer(element(0x04, new Uint8Array(length)), 0x04)).toBeInstanceOf(DerFields);
  });

  it.each([
    ["another identifier", () => openDer(sequence()).next(0x02)],
    ["nothing", () => new DerFields(new Uint8Array()).any()],
    ["another outer identifier", () => openDer(nothing)],
    ["something behind", () => openDer(Uint8Array.of(0x30, 0, 0))],
    ["a length of two octets where one does", () => openDer(Uint8Array.of(0x30, 0x81, 0x01, 0))],
    ["a leading zero in the length", () => openDer(Uint8Array.of(0x30, 0x82, 0, 0x80, ...new Uint8Array(0x80)))],
  ])("refuse %s", (_, read) => expect(read).toThrow(RangeError));
});

describe("unsigned numbers", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (octets) => {
        const digits = new DerFields(unsignedInteger(octets)).unsigned();
        expect(unsignedInteger(digits)).toEqual(unsignedInteger(octets));
        expect(digits.length === 1 || digits[0] !== 0).toBe(true);
      }),
    );
  });

  it.each(["0200", "0201ff", "02020001", "0202007f"])("are not %s", (hex) =>
    expect(() => new DerFields(decodeHex(hex)).unsigned()).toThrow(RangeError),
  );
});

describe("object identifiers", () => {
  it.each(["0.0", "0.39", "1.2.840.113549.1.7.2", "1.2.392.200149.8.5.5.6", "2.5.29.17", "2.999.1"])(
    "reads %s",
    (dotted) => {
      expect(readObjectIdentifier(readElement(objectIdentifier(dotted)).contents)).toBe(dotted);
    },
  );

  it.each([
    ["nothing", ""],
    ["an arc without end", "2a86"],
    ["a leading 80", "2a8001"],
    ["an arc past all numbers", `2a${"ff".repeat(8)}7f`],
  ])("refuses %s", (_, hex) => expect(() => readObjectIdentifier(decodeHex(hex))).toThrow(RangeError));

  it("refuses one whose dotted form would be megabytes", () => {
    expect(readObjectIdentifier(new Uint8Array(128).fill(1))).toMatch(/^0\.1(?:\.1){127}$/);
    expect(() => readObjectIdentifier(new Uint8Array(129).fill(1))).toThrow(RangeError);
  });
});

describe("times", () => {
  const read = (identifier: number, text: string): string =>
    new Date(readTime(readElement(element(identifier, new TextEncoder().encode(text))))).toISOString();

  it.each([
    [0x17, "491231235959Z", "2049-12-31T23:59:59.000Z"],
    [0x17, "500101000000Z", "1950-01-01T00:00:00.000Z"],
    [0x18, "20500101000000Z", "2050-01-01T00:00:00.000Z"],
    [0x18, "20240229120000.1239Z", "2024-02-29T12:00:00.123Z"],
  ])("tag %i, %s", (identifier, text, iso) => expect(read(identifier, text)).toBe(iso));

  it.each([
    [0x17, "261124010203.5Z"],
    [0x17, "2611240102Z"],
    [0x17, "20261124010203Z"],
    [0x17, "260230010203Z"],
    [0x18, "20261324010203Z"],
    [0x18, "20261124240000Z"],
    [0x18, "20261124010260Z"],
    [0x18, "20261124010203.50Z"],
    [0x18, "20261124010203.Z"],
    [0x18, "20261124010203"],
    [0x18, "20261124010203+0900"],
    [0x04, "20261124010203Z"],
  ])("not tag %i, %s", (identifier, text) => expect(() => read(identifier, text)).toThrow(RangeError));
});
