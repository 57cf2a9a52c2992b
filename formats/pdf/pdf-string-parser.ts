import { broken } from "./pdf-fault.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { isSpace } from "./pdf-octets.ts";

/** A string's octets, and where it ends. */
interface StringToken {
  readonly octets: Uint8Array;
  /** Behind its closing delimiter. */
  readonly end: number;
}

const ESCAPES: Readonly<Record<number, number>> = { 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0c };

/** A literal string (ISO 32000-1, 7.3.4.2) from behind its `(`. Its end is found first: what has none costs little. */
export function readLiteralString(source: Uint8Array, start: number): StringToken {
  const end = literalEnd(source, start);
  const octets = new Uint8Array(end - 1 - start);
  let length = 0;
  let at = start;
  while (at < end - 1) {
    const octet = source[at++] ?? 0;
    if (octet === 0x5c) {
      const escaped = readEscape(source, at);
      at = escaped.end;
      if (escaped.octet !== undefined) octets[length++] = escaped.octet;
    } else if (octet === 0x0d) {
      // every line end reads as a line feed
      octets[length++] = 0x0a;
      if (source[at] === 0x0a) at++;
    } else octets[length++] = octet;
  }
  if (length > PDF_LIMITS.string) throw broken("a string is too long");
  return { octets: octets.subarray(0, length), end };
}

/** Behind the parenthesis that closes it. */
function literalEnd(source: Uint8Array, start: number): number {
  let open = 1;
  for (let at = start; at < source.length; at++) {
    const octet = source[at];
    // an octet takes four at most
    if (at - start > PDF_LIMITS.string * 4) throw broken("a string is too long");
    if (octet === 0x5c) at++;
    else if (octet === 0x28) open++;
    else if (octet === 0x29 && --open === 0) return at + 1;
  }
  throw broken("the file ends inside a string");
}

/** What follows a backslash: the octet that it stands for, if any, and where to go on. */
function readEscape(source: Uint8Array, start: number): { octet: number | undefined; end: number } {
  let at = start;
  const octet = source[at++] ?? 0;
  if (octet === 0x0d) return { octet: undefined, end: source[at] === 0x0a ? at + 1 : at };
  if (octet === 0x0a) return { octet: undefined, end: at };
  if (!isOctalDigit(octet)) return { octet: ESCAPES[octet] ?? octet, end: at };
  let value = octet - 0x30;
  for (let digits = 1; digits < 3; digits++) {
    const next = source[at] ?? 0;
    if (!isOctalDigit(next)) break;
    value = value * 8 + next - 0x30;
    at++;
  }
  return { octet: value & 0xff, end: at };
}

const isOctalDigit = (octet: number): boolean => octet >= 0x30 && octet <= 0x37;

/** A hexadecimal string (ISO 32000-1, 7.3.4.3) from behind its `<`; a missing last digit is 0. */
export function readHexString(source: Uint8Array, start: number): StringToken {
  const end = source.indexOf(0x3e, start);
  if (end < 0) throw broken("the file ends inside a string");
  const octets = new Uint8Array((end - start + 1) >> 1);
  let digits = 0;
  for (let at = start; at < end; at++) {
    const octet = source[at];
    if (isSpace(octet)) continue;
    const digit = hexDigit(octet ?? 0);
    if (digit < 0) throw broken("a hexadecimal string has another character");
    octets[digits >> 1] = (octets[digits >> 1] ?? 0) | (digits % 2 === 0 ? digit << 4 : digit);
    digits++;
  }
  return { octets: octets.subarray(0, (digits + 1) >> 1), end: end + 1 };
}

function hexDigit(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
