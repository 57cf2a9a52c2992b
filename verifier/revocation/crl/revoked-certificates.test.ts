import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element, sequence, time, unsignedInteger } from "../../../formats/der/der.ts";
import { DerFields, readTime } from "../../../formats/der/der-fields.ts";
import { DerCursor } from "./der-cursor.ts";
import { readRevokedCertificates } from "./revoked-certificates.ts";
import { SerialTable } from "./serial-table.ts";

const serialNumbers = fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 20 }), {
  maxLength: 60,
  selector: (octets) => Buffer.from(octets).toString("hex"),
});

describe("the table of serial numbers", () => {
  it("finds each under its index, and no other", () => {
    fc.assert(
      fc.property(serialNumbers, fc.uint8Array({ minLength: 1, maxLength: 20 }), (numbers, other) => {
        const table = new SerialTable(
          numbers.length,
          numbers.reduce((sum, { length }) => sum + length, 0),
        );
        for (const number of numbers) table.add(number, 0, number.length);
        expect(numbers.map((number) => table.find(number))).toEqual(numbers.map((_, index) => index));
        const index = numbers.findIndex((number) => Buffer.compare(number, other) === 0);
        expect(table.find(other)).toBe(index < 0 ? undefined : index);
        for (const number of numbers) expect(() => table.add(number, 0, number.length)).toThrow(RangeError);
      }),
    );
  });
});

describe("the cursor reads DER as DerFields do", () => {
  const orThrows = <T>(work: () => T): T | "throws" => {
    try {
      return work();
    } catch (fault) {
      expect(fault).toBeInstanceOf(RangeError);
      return "throws";
    }
  };

  it("elements, sound or not", () => {
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .tuple(fc.constantFrom([0x30], [0x30, 0x81], [0x30, 0x82, 0]), fc.uint8Array({ maxLength: 200 }))
        .map(([head, rest]) => Uint8Array.from([...head, ...rest])),
      fc.uint8Array({ maxLength: 300 }).map((contents) => element(0x30, contents)),
    );
    fc.assert(
      fc.property(octets, (source) => {
        const cursor = new DerCursor(source);
        const found = orThrows(() => cursor.enter(0x30, source.length) - cursor.position);
        expect(found).toBe(orThrows(() => new DerFields(source).next(0x30).contents.length));
      }),
    );
  });

  it.each([
    "17 0d 323631313234303330303030 5a",
    "17 0d 343931323331323335393539 5a",
    "17 0d 353030313031303030303030 5a",
    "18 0f 3230353030323238303030303030 5a",
    "18 0f 3230323430323239303030303030 5a",
    "17 0d 323630323239303330303030 5a",
    "17 0d 323631333031303330303030 5a",
    "17 0d 323630303031303330303030 5a",
    "17 0d 323631313331303330303030 5a",
    "17 0d 323631313234323430303030 5a",
    "17 0d 323631313234303036303030 5a",
    "17 0d 3236313132343030303036305a",
    "17 0d 32363131323430303030302f5a",
    "17 0d 32363131323430303030303a5a",
    "17 0d 323631313234303330303030 30",
    "17 0b 32363131323430333030 5a",
    "17 11 323631313234303330303030 2b30393030",
    "04 0d 323631313234303330303030 5a",
  ])("the time %s", (hex) => {
    const octets = Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
    expect(orThrows(() => new DerCursor(octets).time(octets.length))).toBe(
      orThrows(() => readTime(new DerFields(octets).any())),
    );
  });

  it("no fraction of a second, which RFC 5280 has not", () => {
    const octets = element(0x18, Buffer.from("20261124030000.5Z"));
    expect(() => new DerCursor(octets).time(octets.length)).toThrow(RangeError);
  });
});

describe("entries", () => {
  const entry = (serial: number, ...more: Uint8Array[]): Uint8Array =>
    sequence(unsignedInteger(Uint8Array.of(serial)), time(new Date("2026-11-20T00:00:00Z")), ...more);

  it("none", () => expect(readRevokedCertificates(undefined).find(Uint8Array.of(1))).toBeUndefined());
  it("an empty list of them", () => expect(readRevokedCertificates(sequence()).size).toBe(0));

  it.each<[string, Uint8Array]>([
    ["is no sequence", sequence(element(0x31))],
    ["has no time", sequence(sequence(unsignedInteger(Uint8Array.of(1))))],
    ["has something behind its extensions", sequence(entry(1, sequence(), sequence()))],
    ["has no extension in its extensions", sequence(entry(1, sequence()))],
    ["has a serial number of 0", sequence(entry(0))],
    ["is cut", sequence(entry(1).subarray(0, -1))],
  ])("one that %s", (_, entries) => expect(() => readRevokedCertificates(entries)).toThrow(RangeError));

  it("whatever comes, it is read or a RangeError", () => {
    const sound = sequence(entry(1), entry(2), entry(3));
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), (at, octet) => {
        const changed = Uint8Array.from(sound);
        changed[at] = octet;
        try {
          expect(readRevokedCertificates(changed).size).toBeLessThanOrEqual(3);
        } catch (fault) {
          expect(fault).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
