import { appendRevision, startOfXref } from "../../fixtures/pdf/small-pdf.ts";
import {
  bodyOf,
  byteRangeOf,
  changed,
  lastSignature,
  patched,
  plan,
  signed,
  stream,
  textOf,
  withByteRange,
  type Bytes,
} from "./signed-pdf.ts";

/** An attack on a signed file, and what the verifier says of it (see `verdict`). */
export interface Attack {
  readonly name: string;
  readonly expected: readonly string[];
  readonly make: () => Promise<Bytes>;
}

const attack = (name: string, expected: string, make: (file: Bytes) => Bytes, base = plan()): Attack => ({
  name,
  expected: expected.split(", "),
  make: async () => make(await signed(base)),
});

const joined = (...parts: readonly (Uint8Array | string)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))));

const RANGE = "byte-range-wrong form";
const CHANGED = "changed-after-signing coverage";

const range = (
  name: string,
  numbers: (...of: readonly [number, number, number, number]) => (number | string)[],
): Attack =>
  attack(`byte range: ${name}`, RANGE, (file) => withByteRange(file, ...numbers(...byteRangeOf(file).numbers)));

/** GHSA-g258-q5gf-7hvx, universal signature forgery, signature wrapping: a byte range that is not the file but for its own hole. */
export const BYTE_RANGE_ATTACKS: readonly Attack[] = [
  range("ends before the file's end", (a, b, c, d) => [a, b, c, d - 20]),
  range("covers the first part alone", (a, b, c) => [a, b, c, 0]),
  range("covers the old revision alone", (a, _b, c) => [a, 100, c, 0]),
  range("begins at 1", (_, b, c, d) => [1, b - 1, c, d]),
  range("a wider hole", (a, b, c, d) => [a, b - 10, c, d]),
  range("a hole that reaches further", (a, b, c, d) => [a, b, c + 4, d - 4]),
  range("the angle brackets signed too", (a, b, c, d) => [a, b + 1, c - 1, d + 1]),
  range("no hole", (a, b, _c, d) => [a, b, b, d]),
  range("two parts that overlap", (a, b, c, d) => [a, b, b - 9, c - b + d + 9]),
  range("ends behind the file", (a, b, c, d) => [a, b, c, d + 10]),
  range("a negative number", (a, b, c, d) => [a, b, `-${c}`, d]),
  range("real numbers", (a, b, c, d) => [`${a}.5`, b, c, d]),
  range("three numbers", (a, b, c) => [a, b, c]),
  range("six numbers", (a, b, c, d) => [a, b, c, d, 0, 0]),
  range("a reference", (a, b) => [a, b, "4 0 R", 9]),
  attack("byte range: missing", RANGE, (file) => patched(file, "/ByteRange", "/ByteRangX")),
  attack("byte range: a string", RANGE, (file) => patched(file, byteRangeOf(file).text, "/ByteRange (0 1 2 3)")),
  attack("contents: missing", RANGE, (file) => patched(file, "/Contents <", "/Kontents <")),
  attack("contents: white space among the digits", RANGE, (file) => patched(file, "00>>>", "  >>>")),
  attack("contents: an odd number of digits", RANGE, (file) => patched(file, "00>>>", "0 >>>")),
  attack("contents: octets behind the signature", "file-broken form", (file) => patched(file, "00>>>", "01>>>")),
  attack("contents: nothing but zeros", "file-broken form", (file) => {
    const [, before, behind] = byteRangeOf(file).numbers;
    return joined(file.subarray(0, before + 1), "0".repeat(behind - before - 2), file.subarray(behind - 1));
  }),
  attack("wrapping: new content and cross-references in a wider hole, the signed ones behind it", RANGE, (file) => {
    const [a, b, c, d] = byteRangeOf(file).numbers;
    const start = startOfXref(file);
    const evil = `4 0 obj\n${stream("BT /F 24 Tf 72 700 Td (9,000 yen) Tj ET")}\nendobj\n`;
    const [, table = ""] = /^xref\n([\s\S]*?)startxref/.exec(textOf(file.slice(start))) ?? [];
    const written = (at: number): string =>
      `xref\n4 1\n${String(at).padStart(10, "0")} 00000 n \n${table}startxref\n${start}\n%%EOF\n`;
    const moved = start + written(0).length;
    const gap = joined(file.subarray(c, start), written(moved), evil);
    return joined(withByteRange(file, a, b, c + gap.length, d).subarray(0, c), gap, file.subarray(c));
  }),
  attack("an octet changed", "content-differs content", (file) => patched(file, "(1,000 yen)", "(9,000 yen)")),
];

/** Incremental saving: an update behind the signature, whole or half. */
export const UPDATE_ATTACKS: readonly Attack[] = [
  attack("update: the page's contents", CHANGED, (file) => changed(file, { 4: stream("BT /F 24 Tf (9,000) Tj ET") })),
  attack("update: objects without cross-references", "not-wholly-signed coverage", (file) =>
    joined(file, `4 0 obj\n${stream("BT ET")}\nendobj\n`),
  ),
  attack("update: objects and a trailer, without cross-references", "not-wholly-signed coverage", (file) => {
    const start = /startxref\s+\d+\s+%%EOF\s*$/.exec(textOf(file))?.[0] ?? "";
    return joined(file, `4 0 obj\n${stream("BT ET")}\nendobj\ntrailer\n<</Size 20/Root 1 0 R>>\n`, start);
  }),
  attack("update: an object that no cross-reference names", CHANGED, (file) => {
    const prev = startOfXref(file);
    const update = `4 0 obj\n${stream("BT ET")}\nendobj\n`;
    return appendRevision(joined(file, update), { objects: { 90: "(nothing)" }, trailer: `/Prev ${prev}` });
  }),
  attack("update: octets behind the end", "not-wholly-signed coverage", (file) => joined(file, "<!-- -->")),
  attack("update: a line end too many", "not-wholly-signed coverage", (file) => joined(file, "\n")),
  attack(
    "update: cross-references that lead into a prepared stream",
    CHANGED,
    (file) => {
      const at = textOf(file).indexOf("4 0 obj\n<</Length 2>>");
      const prev = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(textOf(file))?.[1] ?? "";
      const table = `xref\n4 1\n${String(at).padStart(10, "0")} 00000 n \ntrailer\n<</Size 30/Root 1 0 R/Prev ${prev}>>`;
      return joined(file, `${table}\nstartxref\n${file.length}\n%%EOF\n`);
    },
    plan({ 20: stream(`\n4 0 obj\n${stream("BT")}\nendobj\n`) }),
  ),
  attack("update: an object of the signature's own revision is freed", CHANGED, (file) => {
    const prev = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(textOf(file))?.[1] ?? "";
    const table = `xref\n4 1\n0000000000 00001 f \ntrailer\n<</Size 30/Root 1 0 R/Prev ${prev}>>`;
    return joined(file, `${table}\nstartxref\n${file.length}\n%%EOF\n`);
  }),
  attack("update: another catalog", CHANGED, (file) => {
    const update = textOf(changed(file, { 90: bodyOf(file, 1) }));
    const at = update.lastIndexOf("/Root 1 0 R");
    return joined(update.slice(0, at), "/Root 90 0 R", update.slice(at + 11));
  }),
];

/** GHSA-58hw-cg5m-88rp: signatures of which readers could take another one. */
export const SEVERAL_SIGNATURES: readonly Attack[] = [
  attack("several: a signature dictionary that no field names", "file-ambiguous", (file) =>
    changed(file, {
      90: "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Contents<00>/ByteRange[0 1 2 3]>>",
    }),
  ),
  attack("several: one without /Type", "file-ambiguous", (file) =>
    changed(file, { 90: "<</Contents<00>/ByteRange[0 1 2 3]>>" }),
  ),
  attack("several: one inside of another object", "file-ambiguous", (file) =>
    changed(file, { 90: "[<</Contents<00>/ByteRange[0 1 2 3]>>]" }),
  ),
  attack("several: one dictionary in two fields", "file-ambiguous", (file) => {
    const { signature, field } = lastSignature(file);
    const form = `/AcroForm<</Fields[6 0 R ${field} 0 R 90 0 R]/SigFlags 3>>`;
    return changed(file, {
      1: `<</Type/Catalog/Pages 2 0 R${form}>>`,
      90: `<</FT/Sig/T(other)/V ${signature} 0 R>>`,
    });
  }),
  attack("several: the field has another signature now", "file-ambiguous", (file) => {
    const { signature, field } = lastSignature(file);
    const body = bodyOf(file, field).replace(`/V ${signature} 0 R`, "/V 90 0 R");
    return changed(file, { [field]: body, 90: bodyOf(file, signature) });
  }),
  attack("several: the signature dictionary is replaced", "file-ambiguous", (file) => {
    const { signature } = lastSignature(file);
    return changed(file, { [signature]: bodyOf(file, signature) });
  }),
  attack("several: the signature is gone", "file-ambiguous", (file) => {
    const { field } = lastSignature(file);
    return changed(file, { [field]: bodyOf(file, field).replace(/\/V \d+ 0 R/, "") });
  }),
  attack("several: one byte range in two dictionaries", "file-ambiguous", (file) => {
    const { signature, field } = lastSignature(file);
    const form = `/AcroForm<</Fields[6 0 R ${field} 0 R 90 0 R]/SigFlags 3>>`;
    const body = bodyOf(file, signature);
    return changed(file, { 1: `<</Type/Catalog/Pages 2 0 R${form}>>`, 90: "<</FT/Sig/T(other)/V 91 0 R>>", 91: body });
  }),
  attack("several: a widget with a signature of its own", "file-ambiguous", (file) => {
    const { signature, field } = lastSignature(file);
    const form = `/AcroForm<</Fields[6 0 R ${field} 0 R 90 0 R]/SigFlags 3>>`;
    return changed(file, {
      1: `<</Type/Catalog/Pages 2 0 R${form}>>`,
      90: `<</FT/Sig/T(other)/Kids[91 0 R]>>`,
      91: `<</Subtype/Widget/Parent 90 0 R/V ${signature} 0 R>>`,
    });
  }),
  attack("several: a text field of the signature field's name", "file-ambiguous", (file) => {
    const { field } = lastSignature(file);
    return changed(file, {
      1: `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R ${field} 0 R 90 0 R]/SigFlags 3>>>>`,
      90: "<</FT/Tx/T(Signature1)/V(me)>>",
    });
  }),
];
