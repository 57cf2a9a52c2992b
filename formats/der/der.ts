import { concatBytes } from "../../shared/encoding/bytes.ts";

/** Bytes of our own making: not shared, not resizable. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** One DER element (X.690): identifier octet, definite length in the shortest form, contents. */
export const element = (identifier: number, ...contents: readonly Uint8Array[]): Bytes =>
  concatBytes(...elementPieces(identifier, contents));

/**
 * The element as pieces that stand behind each other, contents uncopied: what is nested deep around a big document is put together once, by
 * `concatBytes`, and not once for each level.
 */
export function elementPieces(identifier: number, contents: readonly Uint8Array[]): Uint8Array[] {
  const length = contents.reduce((sum, piece) => sum + piece.length, 0);
  return [Uint8Array.of(identifier), lengthOctets(length), ...contents];
}

function lengthOctets(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(0x80 | digits.length, ...digits);
}

/** SEQUENCE. */
export const sequence = (...items: readonly Uint8Array[]): Bytes => element(0x30, ...items);

/** SET OF: DER sorts the encodings as octet strings (X.690, 11.6). */
export function setOf(...items: readonly Uint8Array[]): Bytes {
  return element(0x31, ...items.toSorted(compareOctets));
}

/** Order of encodings in a SET OF: as octet strings, the shorter one first where one begins the other. Negative, 0 or positive. */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** OCTET STRING. */
export const octetString = (octets: Uint8Array): Bytes => element(0x04, octets);

/** NULL. */
export const nothing: Bytes = Uint8Array.of(0x05, 0x00);

/** INTEGER of 0 to 127. */
export const smallInteger = (value: number): Bytes => element(0x02, Uint8Array.of(value));

/** INTEGER from the octets of an unsigned number, most significant first; leading zeros don't count, and no octets are 0. */
export function unsignedInteger(octets: Uint8Array): Bytes {
  const first = octets.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : octets.subarray(first);
  return (digits[0] ?? 0) < 0x80 ? element(0x02, digits) : element(0x02, Uint8Array.of(0), digits);
}

/** BOOLEAN TRUE. */
export const yes: Bytes = Uint8Array.of(0x01, 0x01, 0xff);

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const digits = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) | 0x80);
  return digits;
}

/** Time as CMS wants it (RFC 5652, 11.3): UTCTime from 1950 to 2049, else GeneralizedTime; whole seconds. */
export function time(date: Date): Bytes {
  const digits = `${date.toISOString().slice(0, 19).replaceAll(/[-T:]/g, "")}Z`;
  const year = date.getUTCFullYear();
  const text = (value: string): Bytes => new TextEncoder().encode(value);
  return year >= 1950 && year < 2050 ? element(0x17, text(digits.slice(2))) : element(0x18, text(digits));
}

/** One element as it stands in `source`: its identifier, its contents, and the whole encoding; all views, nothing copied. */
export interface DerView {
  readonly identifier: number;
  readonly contents: Uint8Array;
  readonly encoding: Uint8Array;
}

/** Reads the elements that stand behind each other in `source`. Throws `RangeError` on anything but complete DER elements. */
export function readElements(source: Uint8Array): DerView[] {
  const found: DerView[] = [];
  for (let at = 0; at < source.length;) {
    const view = readElement(source.subarray(at));
    found.push(view);
    at += view.encoding.length;
  }
  return found;
}

/**
 * Reads the element that begins at `at`; what follows is ignored. Throws `RangeError` unless its length is definite and complete, its tag below 31.
 */
export function readElement(source: Uint8Array, at = 0): DerView {
  const [identifier, first] = [source[at], source[at + 1]];
  if (identifier === undefined || first === undefined || (identifier & 0x1f) === 0x1f) throw new RangeError("not DER");
  const digits = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + digits;
  if (first === 0x80 || digits > 4 || source.length < start) throw new RangeError("not DER");
  let length = digits === 0 ? first : 0;
  for (let digit = at + 2; digit < start; digit++) length = length * 256 + (source[digit] ?? 0);
  const end = start + length;
  if (source.length < end) throw new RangeError("not DER");
  return { identifier, contents: source.subarray(start, end), encoding: source.subarray(at, end) };
}

/** Whether the length is written in as few octets as it can be (X.690, 10.1): who reads strictly asks. */
export const hasShortestLength = ({ contents: { length }, encoding }: DerView): boolean => {
  // thousands of these are asked for in a second: nothing is made to find out
  const digits = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x1_0000 ? 2 : length < 0x100_0000 ? 3 : 4;
  return encoding.length === 2 + digits + length;
};
