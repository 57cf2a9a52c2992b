import { concatBytes } from "../../shared/encoding/bytes.ts";

/** Bytes of our own making: not shared, not resizable. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** One DER element (X.690): identifier octet, definite length in the shortest form, contents. */
export function element(identifier: number, ...contents: readonly Uint8Array[]): Bytes {
  const body = concatBytes(...contents);
  return concatBytes(Uint8Array.of(identifier), lengthOctets(body.length), body);
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

function compareOctets(a: Uint8Array, b: Uint8Array): number {
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

/** Reads the elements that stand behind each other in `source`. Throws `RangeError` on anything but definite, complete DER lengths. */
export function readElements(source: Uint8Array): DerView[] {
  const found: DerView[] = [];
  for (let at = 0; at < source.length;) {
    const view = readElement(source.subarray(at));
    found.push(view);
    at += view.encoding.length;
  }
  return found;
}

/** Reads the first element of `source`; what follows is ignored. Throws `RangeError` as {@link readElements} does. */
export function readElement(source: Uint8Array): DerView {
  const [identifier, first] = source;
  if (identifier === undefined || first === undefined || (identifier & 0x1f) === 0x1f) throw new RangeError("not DER");
  const digits = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || digits > 4 || source.length < 2 + digits) throw new RangeError("not DER");
  const length = digits === 0 ? first : source.subarray(2, 2 + digits).reduce((value, octet) => value * 256 + octet, 0);
  const start = 2 + digits;
  if (source.length < start + length) throw new RangeError("not DER");
  return { identifier, contents: source.subarray(start, start + length), encoding: source.subarray(0, start + length) };
}
