import type { Bytes } from "../../../formats/der/der.ts";
import { encodeHex } from "../../../shared/encoding/hex.ts";
import { octetsOf } from "../../../formats/pdf/pdf-octets.ts";
import { writeValue } from "./pdf-writer.ts";
import type { PdfDictionary } from "../../../formats/pdf/pdf-value.ts";

/** A signature dictionary with a hole (ISO 32000-1, 12.8.1): `before` ends in front of the `<` of `/Contents`, `after` begins behind its `>`. */
export interface SignatureDictionaryText {
  readonly before: string;
  readonly after: string;
}

/** Stands for the byte range until the file's length is known; as long as the longest one. */
const BYTE_RANGE = `[0${" ".repeat(33)}]`;

/** Writes the dictionary; `entries` are all but `/ByteRange` and `/Contents`. */
export function writeSignatureDictionary(entries: PdfDictionary): SignatureDictionaryText {
  const written = writeValue(entries);
  return { before: `${written.slice(0, -2)}\n/ByteRange ${BYTE_RANGE}\n/Contents `, after: ">>" };
}

/** Puts the byte range in its place: two ranges, all but the hole. The text's length stays. */
export function withByteRange(text: string, hole: { start: number; end: number }, fileLength: number): string {
  const range = `[0 ${hole.start} ${hole.end} ${fileLength - hole.end}]`;
  const at = text.lastIndexOf(BYTE_RANGE);
  return text.slice(0, at) + range.padEnd(BYTE_RANGE.length) + text.slice(at + BYTE_RANGE.length);
}

/** `/Contents` of `room` octets, filled up with zeros. Throws `RangeError` when the signature is longer: a bug, the room is ample. */
export function writeContents(signature: Uint8Array, room: number): Bytes {
  if (signature.length > room) throw new RangeError(`the signature has ${signature.length} octets, the room ${room}`);
  return octetsOf(`<${encodeHex(signature).padEnd(room * 2, "0")}>`);
}
