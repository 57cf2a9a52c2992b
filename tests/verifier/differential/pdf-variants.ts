import { appendRevision, startOfXref } from "../../fixtures/pdf/small-pdf.ts";
import { byteRangeOf, withByteRange, type Bytes } from "../pdf/signed-pdf.ts";

/** A way of changing any signed file. */
type Change = (file: Bytes) => Bytes;

const joined = (...parts: readonly (Uint8Array | string)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))));
const turned = (file: Bytes, at: number): Bytes => file.with(at, (file[at] ?? 0) ^ 1);
const lastRange = (file: Bytes) => byteRangeOf(file).numbers;
const update = (file: Bytes, objects: Readonly<Record<number, string>>): Bytes =>
  appendRevision(file, { objects, trailer: `/Prev ${startOfXref(file)}` });

/** What can be done to every signed file, whoever made it. */
const CHANGES: Readonly<Record<string, Change>> = {
  "a digit of the version changed": (file) => turned(file, 7),
  "an octet before the last signature's revision changed": (file) =>
    turned(file, Buffer.from(file).lastIndexOf("%%EOF", lastRange(file)[1]) + 2),
  "the last octet of the file changed": (file) => turned(file, file.length - 2),
  "a digit of the signature value changed": (file) => {
    const at = lastRange(file)[1] + 701;
    return file.with(at, file[at] === 0x31 ? 0x32 : 0x31);
  },
  "octets behind the end": (file) => joined(file, "x"),
  "a line end behind the end": (file) => joined(file, "\n"),
  "a later revision that adds an object": (file) => update(file, { 9000: "(nothing)" }),
  "a later revision with another signature dictionary": (file) =>
    update(file, {
      9000: "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Contents<00>/ByteRange[0 1 2 3]>>",
    }),
  "the byte range ends before the file's end": (file) => {
    const [a, b, c, d] = lastRange(file);
    return withByteRange(file, a, b, c, d - 20);
  },
  "the byte range begins at 1": (file) => {
    const [, b, c, d] = lastRange(file);
    return withByteRange(file, 1, b - 1, c, d);
  },
  "the byte range is of the first part alone": (file) => {
    const [a, b, c] = lastRange(file);
    return withByteRange(file, a, b, c, 0);
  },
  "cut off in the last revision": (file) => file.slice(0, lastRange(file)[2] + 10),
};

/** A signed file with each change, by the change's name; without those for which the file has no room. */
export function pdfVariants(file: Bytes): ReadonlyMap<string, Bytes> {
  const made = new Map<string, Bytes>();
  for (const [name, change] of Object.entries(CHANGES)) {
    try {
      made.set(name, change(file));
    } catch {
      // its byte range is written in another form, or has no room for what is written over it
    }
  }
  return made;
}
