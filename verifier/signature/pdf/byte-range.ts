import { isSpace } from "../../../formats/pdf/pdf-octets.ts";
import { integerOf, isArray, isKind } from "../../../formats/pdf/pdf-value.ts";
import { Refusal } from "../../verdict/failure.ts";
import type { PlacedValue } from "./dictionary-places.ts";

/** What a signature covers: all octets up to `end`, but `hole`, in which its own `/Contents` stands and nothing else. */
export interface ByteRange {
  readonly hole: { readonly start: number; readonly end: number };
  readonly end: number;
}

/**
 * Checks `/ByteRange` (ISO 32000-1, 12.8.1): four whole numbers, from the file's first octet on, around the `/Contents` of this very dictionary with its
 * angle brackets. Refused: `byte-range-wrong`.
 */
export function readByteRange(
  file: Uint8Array,
  byteRange: PlacedValue | undefined,
  contents: PlacedValue | undefined,
): ByteRange {
  const numbers = isArray(byteRange?.value) ? byteRange.value.map(integerOf) : [];
  const [first, before, behind, rest] = numbers;
  if (numbers.length !== 4 || before === undefined || behind === undefined || rest === undefined)
    return wrong("it is not four whole numbers");
  if (!contents) return wrong("there is no /Contents");
  if (first !== 0) return wrong("it does not begin at the file's first octet");
  if (before !== contents.start || behind !== contents.end) return wrong("the gap is not this signature's /Contents");
  if (behind + rest > file.length) return wrong("it ends behind the file");
  return { hole: { start: before, end: behind }, end: behind + rest };
}

/** The octets of `/Contents`. Two digits an octet and nothing else: readers differ on white space and odd lengths. Refused: `byte-range-wrong`. */
export function readContents(file: Uint8Array, contents: PlacedValue | undefined): Uint8Array {
  if (!contents) return wrong("there is no /Contents");
  const { value, start, end } = contents;
  const digits = file.subarray(start + 1, end - 1);
  const isPlain = file[start] === 0x3c && digits.length % 2 === 0 && !digits.some(isSpace);
  // the parser let nothing but digits and white space pass
  if (!isKind(value, "string") || !isPlain) return wrong("/Contents is not hexadecimal digits alone");
  return value.octets;
}

/** What is signed, in two pieces that stand behind each other. Views. */
export const coveredPieces = (file: Uint8Array, { hole, end }: ByteRange): readonly [Uint8Array, Uint8Array] => [
  file.subarray(0, hole.start),
  file.subarray(hole.end, end),
];

function wrong(detail: string): never {
  throw new Refusal("byte-range-wrong", detail);
}
