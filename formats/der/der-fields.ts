import { hasShortestLength, readElement, type DerView } from "./der.ts";

/**
 * The elements of a SEQUENCE, a SET or an explicit tag, taken one after the other. Everything throws `RangeError` where the next element
 * is not what the structure says, or its length not in the shortest form; nothing is skipped unseen.
 */
export class DerFields {
  readonly #contents: Uint8Array;
  #at = 0;

  constructor(contents: Uint8Array) {
    this.#contents = contents;
  }

  /** Whether there is no further element. */
  get done(): boolean {
    return this.#at === this.#contents.length;
  }

  /** Whether there is a next element with this identifier octet. */
  startsWith(identifier: number): boolean {
    return this.#contents[this.#at] === identifier;
  }

  /** The next element, whatever it is. */
  any(): DerView {
    const view = readElement(this.#contents, this.#at);
    if (!hasShortestLength(view)) throw new RangeError("not the shortest length");
    this.#at += view.encoding.length;
    return view;
  }

  /** The next element, which has this identifier octet. */
  next(identifier: number): DerView {
    const view = this.any();
    if (view.identifier !== identifier) throw new RangeError(`expected tag ${identifier}, found ${view.identifier}`);
    return view;
  }

  /** The next element if it has this identifier octet. */
  optional(identifier: number): DerView | undefined {
    return this.startsWith(identifier) ? this.any() : undefined;
  }

  /** The elements inside of the next one. */
  inside(identifier: number): DerFields {
    return new DerFields(this.next(identifier).contents);
  }

  /** The dotted form of the next element, an OBJECT IDENTIFIER. */
  objectIdentifier(): string {
    return readObjectIdentifier(this.next(0x06).contents);
  }

  /** The digits of the next element, an INTEGER that is not negative, in octets, most significant first; 0 is one octet. */
  unsigned(): Uint8Array {
    const { contents } = this.next(0x02);
    const [first = 0x80, second = 0x80] = contents;
    if (first >= 0x80 || (first === 0 && contents.length > 1 && second < 0x80)) throw new RangeError("not unsigned");
    return first === 0 && contents.length > 1 ? contents.subarray(1) : contents;
  }

  /** Nothing may follow. */
  end(): void {
    if (!this.done) throw new RangeError("more than expected");
  }
}

/** The elements inside of `source`, which is one element with this identifier octet and nothing behind it. */
export function openDer(source: Uint8Array, identifier = 0x30): DerFields {
  const outer = new DerFields(source);
  const fields = outer.inside(identifier);
  outer.end();
  return fields;
}

/** Longer identifiers are nobody's, and their dotted form would be several times as long. */
const IDENTIFIER_OCTETS = 128;

/** The dotted form of an OBJECT IDENTIFIER's contents (X.690, 8.19) of up to 128 octets. Throws `RangeError` when it has none. */
export function readObjectIdentifier(contents: Uint8Array): string {
  if (contents.length > IDENTIFIER_OCTETS) throw new RangeError("an object identifier too long");
  let dotted = "";
  let arc = 0;
  let begun = false;
  for (const octet of contents) {
    if (!begun && octet === 0x80) throw new RangeError("not the shortest arc");
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) throw new RangeError("an arc too large");
    begun = octet >= 0x80;
    if (begun) continue;
    if (dotted === "") {
      const root = Math.min(2, Math.floor(arc / 40));
      dotted = `${root}.${arc - root * 40}`;
    } else dotted += `.${arc}`;
    arc = 0;
  }
  if (dotted === "" || begun) throw new RangeError("not an object identifier");
  return dotted;
}

/**
 * UTCTime as RFC 5280, 4.1.2.5.1 restricts it, or GeneralizedTime as RFC 3161, 2.4.2 does: seconds and `Z` are there, a fraction may be.
 * Milliseconds since 1970; throws `RangeError` on anything else, also on a day or hour that doesn't exist.
 */
export function readTime({ identifier, contents }: DerView): number {
  if (identifier !== 0x17 && identifier !== 0x18) throw new RangeError("not a time");
  const yearDigits = identifier === 0x17 ? 2 : 4;
  const end = yearDigits + 10;
  const fraction = contents.subarray(end, -1);
  const plain = fraction.length === 0 || (identifier === 0x18 && isFraction(fraction));
  if (contents[contents.length - 1] !== 0x5a || contents.length <= end || !plain) throw new RangeError("not a time");
  const written = decimal(contents, 0, yearDigits);
  const year = identifier === 0x18 ? written : written + (written < 50 ? 2000 : 1900);
  const at = (place: number): number => decimal(contents, yearDigits + place, yearDigits + place + 2);
  const date = new Date(0);
  const [month, day, hour, minute, second] = [at(0), at(2), at(4), at(6), at(8)];
  date.setUTCFullYear(year, month - 1, day);
  // a day that doesn't exist would be another one
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) throw new RangeError("no such time");
  const milliseconds = Math.floor(Number(`0${String.fromCharCode(...fraction.subarray(0, 8))}`) * 1000);
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
}

/** A point, and digits of which the last one is no zero. */
const isFraction = (octets: Uint8Array): boolean =>
  octets.length > 1 && octets[0] === 0x2e && octets[octets.length - 1] !== 0x30 && octets.subarray(1).every(isDigit);

const isDigit = (octet: number): boolean => octet >= 0x30 && octet <= 0x39;

/** The number that decimal digits write. */
function decimal(octets: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const octet = octets[at] ?? 0;
    if (!isDigit(octet)) throw new RangeError("not a time");
    value = value * 10 + octet - 0x30;
  }
  return value;
}
