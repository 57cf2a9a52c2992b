import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element, nothing, objectIdentifier, octetString, sequence, smallInteger, yes } from "../../formats/der/der.ts";
import { openDer } from "../../formats/der/der-fields.ts";
import { keyUsage } from "../../tests/support/pki/certificate-maker.ts";
import { playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { Refusal } from "../verdict/failure.ts";
import { CERTIFICATE_OCTETS, readX509Certificate } from "./x509-certificate.ts";

const good = playResident("authentication", { issuer: playAuthority("authentication") }).certificate;

/** The fields of the certificate, by their places in TBSCertificate. */
const FIELDS = ["version", "serial", "algorithm", "issuer", "validity", "subject", "key", "extensions"] as const;
type Field = (typeof FIELDS)[number];

/** The certificate with some fields otherwise (none for `undefined`), `more` after them, and its outer parts otherwise. */
function remade(
  changes: Partial<Record<Field, Uint8Array | undefined>>,
  outer: { algorithm?: Uint8Array; value?: Uint8Array; more?: Uint8Array } = {},
) {
  const certificate = openDer(good);
  const body = certificate.inside(0x30);
  const fields = FIELDS.flatMap((field) => {
    const { encoding } = body.any();
    const chosen = field in changes ? changes[field] : encoding;
    return chosen ? [chosen] : [];
  });
  const [algorithm, value] = [certificate.any().encoding, certificate.any().encoding];
  return sequence(
    sequence(...fields),
    outer.algorithm ?? algorithm,
    outer.value ?? value,
    ...(outer.more ? [outer.more] : []),
  );
}

const utc = (text: string) => element(0x17, new TextEncoder().encode(text));
const generalized = (text: string) => element(0x18, new TextEncoder().encode(text));
const serial = (...octets: number[]) => element(0x02, Uint8Array.from(octets));
const extension = (...fields: Uint8Array[]) => sequence(objectIdentifier("2.5.29.15"), ...fields);
const usage = octetString(keyUsage(0).value);
const list = (...extensions: Uint8Array[]) => element(0xa3, sequence(...extensions));

describe("certificates", () => {
  it("are read as they are", () => {
    expect(remade({})).toEqual(good);
    expect(readX509Certificate(good)).toMatchObject({
      signatureAlgorithm: "RS256",
      notBefore: Date.parse("2024-04-01T00:00:00Z"),
      notAfter: Date.parse("2029-04-01T14:59:59Z"),
    });
    const late = sequence(utc("240401000000Z"), generalized("20500101000000Z"));
    expect(readX509Certificate(remade({ validity: late })).notAfter).toBe(Date.parse("2050-01-01T00:00:00Z"));
    expect(readX509Certificate(remade({ serial: serial(0, 0x80) })).serialNumber).toEqual(Uint8Array.of(0, 0x80));
    expect(readX509Certificate(remade({ extensions: undefined })).extensions.size).toBe(0);
  });

  it.each([
    ["version 1", remade({ version: undefined })],
    ["version 1, written", remade({ version: element(0xa0, smallInteger(0)) })],
    ["version 2", remade({ version: element(0xa0, smallInteger(1)) })],
    ["a version of two octets", remade({ version: element(0xa0, element(0x02, Uint8Array.of(0, 2))) })],
    ["something behind the version", remade({ version: element(0xa0, smallInteger(2), nothing) })],
    ["the serial number 0", remade({ serial: serial(0) })],
    ["a negative serial number", remade({ serial: serial(0x80) })],
    ["a padded serial number", remade({ serial: serial(0, 1) })],
    ["no serial number", remade({ serial: serial() })],
    ["a serial number of 21 octets", remade({ serial: element(0x02, new Uint8Array(21).fill(1)) })],
    ["two algorithms", remade({}, { algorithm: sequence(objectIdentifier("1.2.840.113549.1.1.12"), nothing) })],
    ["algorithms that differ in NULL", remade({}, { algorithm: sequence(objectIdentifier("1.2.840.113549.1.1.11")) })],
    ["unused bits in the signature", remade({}, { value: element(0x03, Uint8Array.of(1, 2)) })],
    ["no signature", remade({}, { value: element(0x03) })],
    ["something behind it", remade({}, { more: nothing })],
    ["a fraction of a second", remade({ validity: sequence(utc("240401000000Z"), generalized("20500101000000.5Z")) })],
    ["a day that does not exist", remade({ validity: sequence(utc("240230000000Z"), utc("290101000000Z")) })],
    ["a time zone", remade({ validity: sequence(utc("2404010000+0900"), utc("290101000000Z")) })],
    ["three times", remade({ validity: sequence(utc("240401000000Z"), utc("290101000000Z"), utc("290101000000Z")) })],
    ["an extension twice", remade({ extensions: list(extension(usage), extension(usage)) })],
    ["no extension in the list", remade({ extensions: list() })],
    ["critical FALSE", remade({ extensions: list(extension(element(0x01, Uint8Array.of(0)), usage)) })],
    ["critical 01", remade({ extensions: list(extension(element(0x01, Uint8Array.of(1)), usage)) })],
    [
      "critical of two octets",
      remade({ extensions: list(extension(element(0x01, Uint8Array.of(0xff, 0xff)), usage)) }),
    ],
    ["more in an extension", remade({ extensions: list(extension(yes, usage, nothing)) })],
    ["an extension without value", remade({ extensions: list(extension(yes)) })],
    ["more behind the extensions", remade({ extensions: element(0xa3, sequence(extension(usage)), nothing) })],
    ["nothing", new Uint8Array()],
    ["an indefinite length", Uint8Array.of(0x30, 0x80, ...good.subarray(4), 0, 0)],
    ["a long length", Uint8Array.of(0x30, 0x83, 0, ...good.subarray(2))],
    ["a length far too long", Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0)],
    ["too many octets", element(0x30, new Uint8Array(CERTIFICATE_OCTETS))],
  ])("are refused with %s", (_, der) => {
    expect(() => readX509Certificate(der)).toThrow(
      expect.objectContaining({ name: "Refusal", code: "certificate-unreadable" }),
    );
  });

  it("are refused when nested deep", () => {
    let nested = Uint8Array.of(0x30, 0);
    while (nested.length < CERTIFICATE_OCTETS - 8) nested = sequence(nested);
    expect(() => readX509Certificate(nested)).toThrow(expect.objectContaining({ code: "certificate-unreadable" }));
    // where nobody looks nothing is read, so depth costs nothing
    const deep = Array.from({ length: 2_000 }).reduce<Uint8Array>((inner) => sequence(inner), sequence());
    expect(readX509Certificate(remade({ issuer: deep })).issuer).toEqual(deep);
  });

  it("of other octets are refused, and nothing else is ever thrown", () => {
    const change = fc.record({ at: fc.nat(good.length - 1), octet: fc.nat(255), cut: fc.option(fc.nat(good.length)) });
    fc.assert(
      fc.property(change, ({ at, octet, cut }) => {
        const octets = Uint8Array.from(good.subarray(0, cut ?? good.length));
        octets[at] = octet;
        try {
          readX509Certificate(octets);
        } catch (fault) {
          expect(fault).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 300 },
    );
  });
});
