import type { Bytes } from "../der/der.ts";

const SPACE = 1;
const DELIMITER = 2;

/** The class of every octet (ISO 32000-1, tables 1 and 2); 0 for regular characters. */
const CLASSES = new Uint8Array(256);
for (const octet of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) CLASSES[octet] = SPACE;
for (const delimiter of "()<>[]{}/%") CLASSES[delimiter.charCodeAt(0)] = DELIMITER;

/** White space; the end of the file is not. */
export const isSpace = (octet: number | undefined): boolean => octet !== undefined && CLASSES[octet] === SPACE;

/** Delimiters; the end of the file is not. */
export const isDelimiter = (octet: number | undefined): boolean => octet !== undefined && CLASSES[octet] === DELIMITER;

/** Everything else; the end of the file is not. */
export const isRegular = (octet: number | undefined): boolean => octet !== undefined && CLASSES[octet] === 0;

/** One character an octet, from `start` up to `end`. */
export function latin1(octets: Uint8Array, start = 0, end = octets.length): string {
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(octets[at] ?? 0);
  return text;
}

/** The octets of a text whose characters are octets; the reverse of {@link latin1}. */
export function octetsOf(text: string): Bytes {
  const octets = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) octets[at] = text.charCodeAt(at);
  return octets;
}
