/**
 * Reads DER by moving through it, making no objects: for lists with millions of entries. As strict as `DerFields`: everything throws `RangeError` where what is
 * next is not what the structure says, its length is not in the shortest form, or it goes beyond what it stands in.
 */
export class DerCursor {
  readonly octets: Uint8Array;
  /** Where the next octet is read. */
  position: number;

  constructor(octets: Uint8Array, position = 0) {
    this.octets = octets;
    this.position = position;
  }

  /** Moves to the contents of the next element, which has this identifier octet, and returns where they end, at most at `limit`. */
  enter(identifier: number, limit: number): number {
    const { octets } = this;
    if (octets[this.position] !== identifier) throw new RangeError(`expected tag ${identifier}`);
    const first = octets[this.position + 1] ?? 0x80;
    let start = this.position + 2;
    let length = first;
    if (first >= 0x80) {
      const digits = first & 0x7f;
      if (digits < 1 || digits > 4 || start + digits > limit) throw new RangeError("not DER");
      length = 0;
      for (const end = start + digits; start < end; start++) length = length * 256 + (octets[start] ?? 0);
      if (length < 0x80 || length < 256 ** (digits - 1)) throw new RangeError("not the shortest length");
    }
    const end = start + length;
    if (end > limit) throw new RangeError("not DER");
    this.position = start;
    return end;
  }

  /**
   * Reads a time as RFC 5280, 5.1.2.4 has it (UTCTime `YYMMDDHHMMSSZ`, GeneralizedTime `YYYYMMDDHHMMSSZ`) and moves behind it. Milliseconds since 1970; a
   * day or hour that doesn't exist throws.
   */
  time(limit: number): number {
    const identifier = this.octets[this.position];
    const general = identifier === 0x18;
    const end = this.enter(general ? 0x18 : 0x17, limit);
    let at = this.position;
    if (end - at !== (general ? 15 : 13) || this.octets[end - 1] !== 0x5a) throw new RangeError("not a time");
    const century = general ? this.#twoDigits(at) : -1;
    if (general) at += 2;
    const short = this.#twoDigits(at);
    const year = general ? century * 100 + short : short < 50 ? 2000 + short : 1900 + short;
    const month = this.#twoDigits(at + 2);
    const day = this.#twoDigits(at + 4);
    const hour = this.#twoDigits(at + 6);
    const minute = this.#twoDigits(at + 8);
    const second = this.#twoDigits(at + 10);
    const exists =
      year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60;
    const time = exists ? Date.UTC(year, month - 1, day, hour, minute, second) : NaN;
    // the 31st of a month that has 30 is the next month's first
    if (!exists || (day > 28 && new Date(time).getUTCDate() !== day)) throw new RangeError("no such time");
    this.position = end;
    return time;
  }

  #twoDigits(at: number): number {
    const tens = (this.octets[at] ?? 0) - 0x30;
    const ones = (this.octets[at + 1] ?? 0) - 0x30;
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw new RangeError("not a time");
    return tens * 10 + ones;
  }
}
