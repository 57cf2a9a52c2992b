import { Refusal, refuseUnless } from "../verdict/failure.ts";

/** What may stand behind the outer element: nothing, or zeros (the unused room of a PDF's /Contents). */
export type Padding = "none" | "zeros";

/** A timestamp with validation data in a signature is some 30 levels deep. */
const DEEPEST = 40;
/** BouncyCastle writes content in pieces of 1,000 octets: a file of 64 MB has 65,000. A revocation list inside may have hundreds of thousands. */
const MOST_ELEMENTS = 1_000_000;

/** An element that has to be written anew: pieces stand behind its header. */
interface Rewritten {
  readonly identifier: number;
  /** Octets of the contents. */
  readonly length: number;
  readonly pieces: readonly Piece[];
}
/** What needs no change is a view of the source. */
type Piece = Uint8Array | Rewritten;

/**
 * The first element of `source` in definite lengths, each in its shortest form, and OCTET STRINGs in one piece: what X.690, 10.1 and 10.2 add to BER. Other
 * software writes indefinite lengths where it does not know the size of the content beforehand. DER comes back as it is, uncopied; contents of
 * primitive elements are never touched. Linear time. Refused: `file-broken` (no BER, octets left over), `too-large` (nested deeper than 40, more than
 * 1,000,000 elements, some of which are counted once for each level above them).
 */
export function toDefiniteLengths(source: Uint8Array, padding: Padding = "none"): Uint8Array {
  try {
    const reader = new Reader(source);
    const piece = reader.element(0, 0, source.length);
    const rest = source.subarray(reader.end);
    const clean = rest.length === 0 || (padding === "zeros" && isZero(rest));
    refuseUnless(clean, "file-broken", `${rest.length} octets behind the outer element`);
    return piece instanceof Uint8Array ? piece : written(piece);
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("file-broken", fault.message);
    throw fault;
  }
}

class Reader {
  /** Where the last element that was read ended. */
  end = 0;
  #elements = 0;
  readonly #source: Uint8Array;

  constructor(source: Uint8Array) {
    this.#source = source;
  }

  /** Reads the element at `at`, which must end at `limit` or before. */
  element(at: number, depth: number, limit: number): Piece {
    const end = this.#endOfDer(at, depth, limit);
    if (end !== undefined) {
      this.end = end;
      return this.#source.subarray(at, end);
    }
    const identifier = this.#source[at] ?? 0;
    const { start, length } = this.#header(at, limit);
    if (length === undefined) return rewritten(identifier, this.#indefinite(start, depth, limit));
    const contents = start + length;
    const pieces =
      (identifier & 0x20) === 0 ? [this.#source.subarray(start, contents)] : this.#definite(start, depth, contents);
    this.end = contents;
    return rewritten(identifier, pieces);
  }

  /** Where the element at `at` ends; `undefined` if something in it is BER and not DER. Builds nothing: a revocation list has many elements. */
  #endOfDer(at: number, depth: number, limit: number): number | undefined {
    refuseUnless(++this.#elements <= MOST_ELEMENTS, "too-large", `more than ${MOST_ELEMENTS} elements`);
    refuseUnless(depth <= DEEPEST, "too-large", `nested deeper than ${DEEPEST}`);
    const { start, length } = this.#header(at, limit);
    const identifier = this.#source[at] ?? 0;
    if (length === undefined || identifier === 0x24 || start - at !== 1 + octetsOfLength(length)) return undefined;
    const end = start + length;
    if ((identifier & 0x20) === 0) return end;
    for (let next: number | undefined = start; next !== end;) {
      next = this.#endOfDer(next, depth + 1, end);
      if (next === undefined) return undefined;
    }
    return end;
  }

  /** Where the contents begin, and how long they are; nothing for an open length. */
  #header(at: number, limit: number): { readonly start: number; readonly length: number | undefined } {
    const source = this.#source;
    const identifier = source[at] ?? 0;
    const first = source[at + 1] ?? 0;
    if (limit - at < 2 || identifier === 0 || (identifier & 0x1f) === 0x1f) throw new RangeError("not BER");
    if (first === 0x80) {
      if ((identifier & 0x20) === 0) throw new RangeError("a primitive element of open length");
      return { start: at + 2, length: undefined };
    }
    // X.690, 8.1.3.5 c): ff is no length; and no file needs more octets than these
    const digits = first < 0x80 ? 0 : first & 0x7f;
    if (digits > 8) throw new RangeError("a length that is none");
    const start = at + 2 + digits;
    let length = digits === 0 ? first : 0;
    for (let digit = at + 2; digit < start; digit++) length = length * 256 + (source[digit] ?? 0);
    if (start + length > limit) throw new RangeError("an element longer than what holds it");
    return { start, length };
  }

  #definite(start: number, depth: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    for (let at = start; at < end; at = this.end) pieces.push(this.element(at, depth + 1, end));
    return pieces;
  }

  /** Elements up to the two zeros that end them. */
  #indefinite(start: number, depth: number, limit: number): Piece[] {
    const pieces: Piece[] = [];
    let at = start;
    for (; this.#source[at] !== 0; at = this.end) pieces.push(this.element(at, depth + 1, limit));
    if (limit - at < 2 || this.#source[at + 1] !== 0) throw new RangeError("an open length without an end");
    this.end = at + 2;
    return pieces;
  }
}

function rewritten(identifier: number, pieces: readonly Piece[]): Rewritten {
  if (identifier !== 0x24) return { identifier, pieces, length: sum(pieces.map(sizeOf)) };
  // a constructed OCTET STRING: the contents of its pieces, each of them an OCTET STRING that by now is primitive
  return { identifier: 0x04, pieces: pieces.flatMap(stringContents), length: sum(pieces.map(stringLength)) };
}

function stringContents(piece: Piece): readonly Piece[] {
  if (!(piece instanceof Uint8Array)) {
    if (piece.identifier !== 0x04) throw new RangeError("a piece of an OCTET STRING that is none");
    return piece.pieces;
  }
  if (piece[0] !== 0x04) throw new RangeError("a piece of an OCTET STRING that is none");
  return [piece.subarray(headerLength(piece))];
}

function stringLength(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length - headerLength(piece) : piece.length;
}

/** Of a view that was read already. */
const headerLength = ([, first = 0]: Uint8Array): number => (first < 0x80 ? 2 : 2 + (first & 0x7f));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function sizeOf(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : 1 + octetsOfLength(piece.length) + piece.length;
}

function written(whole: Rewritten): Uint8Array {
  const target = new Uint8Array(sizeOf(whole));
  let at = 0;
  write(whole);
  return target;

  function write(piece: Piece): void {
    const octets = piece instanceof Uint8Array ? piece : [piece.identifier, ...lengthOctets(piece.length)];
    target.set(octets, at);
    at += octets.length;
    if (!(piece instanceof Uint8Array)) piece.pieces.forEach(write);
  }
}

function octetsOfLength(length: number): number {
  let octets = 1;
  if (length >= 0x80) for (let rest = length; rest >= 1; rest /= 256) octets++;
  return octets;
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return [0x80 | digits.length, ...digits];
}

const isZero = (octets: Uint8Array): boolean => octets.every((octet) => octet === 0);
