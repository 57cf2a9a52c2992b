import { hasShortestLength, readElement, type DerView } from "./der.ts";

/**
 * The elements of a SEQUENCE, a SET or an explicit tag, taken one after the other. Everything throws `RangeError` where the next element
 * is not what the structure says, or its length not in the shortest form; nothing is skipped unseen.
 */
export class DerFields {
  #rest: Uint8Array;

  constructor(contents: Uint8Array) {
    this.#rest = contents;
  }

  /** Whether there is no further element. */
  get done(): boolean {
    return this.#rest.length === 0;
  }

  /** Whether there is a next element with this identifier octet. */
  startsWith(identifier: number): boolean {
    return this.#rest[0] === identifier;
  }

  /** The next element, whatever it is. */
  any(): DerView {
    const view = readElement(this.#rest);
    if (!hasShortestLength(view)) throw new RangeError("not the shortest length");
    this.#rest = this.#rest.subarray(view.encoding.length);
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

/** The dotted form of an OBJECT IDENTIFIER's contents (X.690, 8.19). Throws `RangeError` when it has none. */
export function readObjectIdentifier(contents: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  let begun = false;
  for (const octet of contents) {
    if (!begun && octet === 0x80) throw new RangeError("not the shortest arc");
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) throw new RangeError("an arc too large");
    begun = octet >= 0x80;
    if (begun) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first, ...rest] = arcs;
  if (first === undefined || begun) throw new RangeError("not an object identifier");
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join(".");
}

/**
 * UTCTime as RFC 5280, 4.1.2.5.1 restricts it, or GeneralizedTime as RFC 3161, 2.4.2 does: seconds and `Z` are there, a fraction may be.
 * Milliseconds since 1970; throws `RangeError` on anything else, also on a day or hour that doesn't exist.
 */
export function readTime({ identifier, contents }: DerView): number {
  const text = new TextDecoder().decode(contents);
  const form = { 0x17: /^\d{12}Z$/, 0x18: /^\d{14}(\.\d*[1-9])?Z$/ }[identifier];
  if (!form?.test(text)) throw new RangeError("not a time");
  const full = identifier === 0x18 ? text : `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}`;
  const seconds = full.replace(/^(....)(..)(..)(..)(..)(..).*$/, "$1-$2-$3T$4:$5:$6.000Z");
  const whole = Date.parse(seconds);
  // a day that doesn't exist is no date in one engine, and the next day in another
  if (Number.isNaN(whole) || new Date(whole).toISOString() !== seconds) throw new RangeError("no such time");
  return whole + Math.floor(Number(`0${/\.\d+/.exec(full)?.[0] ?? ""}`) * 1000);
}
