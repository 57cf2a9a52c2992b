import { describe, expect, it } from "vitest";
import {
  element,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  smallInteger,
  time,
  type Bytes,
} from "../der/der.ts";
import { readCertificateAttributes } from "./certificate-attributes.ts";

const ARC = "1.2.392.200149.8.5.5";
const utf8 = (text: string): Bytes => element(0x0c, new TextEncoder().encode(text));
const otherName = (arc: number, value: Uint8Array): Bytes =>
  element(0xa0, objectIdentifier(`${ARC}.${arc}`), element(0xa0, value));

/** A certificate with this subjectAltName, or none. */
function certificate(subjectAltName?: Uint8Array): Bytes {
  const moment = time(new Date(0));
  const extension = subjectAltName && sequence(objectIdentifier("2.5.29.17"), octetString(subjectAltName));
  const fields = [smallInteger(1), sequence(), sequence(), sequence(moment, moment), sequence(), sequence()];
  return sequence(sequence(...fields, ...(extension ? [element(0xa3, sequence(extension))] : [])), sequence(), nothing);
}
const read = (...names: Uint8Array[]) => readCertificateAttributes(certificate(sequence(...names)));

describe("attributes of a certificate", () => {
  it("are all there", () => {
    const texts = ["吉高　桜太郎", "110000", "1", "319751120", "青空市高崎町４", "0001100"];
    expect(read(...texts.map((text, index) => otherName(index + 1, utf8(text))))).toEqual({
      name: "吉高　桜太郎",
      nameSubstitutes: [0, 1],
      sex: "male",
      birthDate: "1975-11-20",
      address: "青空市高崎町４",
      addressSubstitutes: [3, 4],
    });
  });

  it("are absent without subjectAltName, and where it is empty or no DER", () => {
    expect(readCertificateAttributes(certificate())).toEqual({});
    expect(read()).toEqual({});
    expect(readCertificateAttributes(certificate(Uint8Array.of(0x30, 0x05)))).toEqual({});
    expect(readCertificateAttributes(certificate(Uint8Array.of(0x30, 0x02, 0xa0, 0x05)))).toEqual({});
  });

  it("stand among other names", () => {
    const directory = element(0xa4, sequence());
    const stranger = element(0xa0, objectIdentifier("1.3.6.1"), element(0xa0, utf8("道")));
    expect(read(directory, stranger, otherName(1, utf8("道野　遥")))).toEqual({ name: "道野　遥" });
  });

  it.each([
    ["1", "male"],
    ["2", "female"],
    ["3", "unknown"],
    ["x", "unknown"],
  ])("sex %s is %s", (digit, sex) => expect(read(otherName(3, utf8(digit)))).toEqual({ sex }));

  it("count substitutes in code points", () => {
    const names = [otherName(1, utf8("𠮷髙　𠮷")), otherName(2, utf8("0101"))];
    expect(read(...names)).toMatchObject({ nameSubstitutes: [1, 3] });
    expect(read(otherName(1, utf8("青")), otherName(2, utf8("0")))).toMatchObject({ nameSubstitutes: [] });
  });

  it.each([
    ["too few flags", "01"],
    ["too many flags", "00100"],
    ["other flags", "0120"],
  ])("leave substitutes out for %s", (_, flags) => {
    expect(read(otherName(1, utf8("青空一郎")), otherName(2, utf8(flags)))).toEqual({ name: "青空一郎" });
  });

  it.each([
    ["another string type", [otherName(1, element(0x16, Uint8Array.of(0x41)))]],
    ["broken UTF-8", [otherName(1, element(0x0c, Uint8Array.of(0xe9, 0x81)))]],
    ["no text", [otherName(1, utf8(""))]],
    ["two values", [element(0xa0, objectIdentifier(`${ARC}.1`), element(0xa0, utf8("a"), utf8("b")))]],
    ["no value", [element(0xa0, objectIdentifier(`${ARC}.1`))]],
    ["no type", [element(0xa0)]],
    ["the name twice", [otherName(1, utf8("a")), otherName(1, utf8("b"))]],
    ["the name three times", [otherName(1, utf8("a")), otherName(1, utf8("a")), otherName(1, utf8("a"))]],
  ])("leave out what is odd, and nothing else: %s", (_, names) => {
    expect(read(...names, otherName(5, utf8("青空市")))).toEqual({ address: "青空市" });
  });

  it("are nobody's where an extension comes twice", () => {
    const extension = sequence(objectIdentifier("2.5.29.17"), octetString(sequence()));
    const moment = sequence(time(new Date(0)), time(new Date(0)));
    const fields = [smallInteger(1), sequence(), sequence(), moment, sequence(), sequence()];
    const twice = sequence(sequence(...fields, element(0xa3, sequence(extension, extension))), sequence(), nothing);
    expect(() => readCertificateAttributes(twice)).toThrow(RangeError);
  });

  it("need a certificate", () => {
    expect(() => readCertificateAttributes(Uint8Array.of(0x30, 0))).toThrow(RangeError);
  });
});
