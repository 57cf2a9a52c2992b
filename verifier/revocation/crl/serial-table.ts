/**
 * Serial numbers, each with its index from 0 in the order of coming: an open hash table in typed arrays, about 12 octets a number beside its own, because a
 * list may have millions. `count` and `octets` (the lengths of all numbers together) are known before.
 */
export class SerialTable {
  readonly #octets: Uint8Array;
  /** Where each number begins; one more says where the last ends. */
  readonly #starts: Uint32Array;
  /** Index + 1 of the number in each slot, 0 for none. At most two thirds are taken. */
  readonly #slots: Uint32Array;
  #size = 0;

  constructor(count: number, octets: number) {
    this.#octets = new Uint8Array(octets);
    this.#starts = new Uint32Array(count + 1);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(8, count * 1.5))));
  }

  /** How many were added. */
  get size(): number {
    return this.#size;
  }

  /** Adds the number that stands in `source` from `start` to before `end`; throws `RangeError` when it is there already. */
  add(source: Uint8Array, start: number, end: number): void {
    const slot = this.#slotOf(source, start, end);
    if (this.#slots[slot] !== 0) throw new RangeError("a serial number twice");
    const at = this.#starts[this.#size] ?? 0;
    for (let from = start; from < end; from++) this.#octets[at + from - start] = source[from] ?? 0;
    this.#size++;
    this.#starts[this.#size] = at + end - start;
    this.#slots[slot] = this.#size;
  }

  /** The index of a number; `undefined` when it is not there. */
  find(serialNumber: Uint8Array): number | undefined {
    const found = this.#slots[this.#slotOf(serialNumber, 0, serialNumber.length)] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  /** The slot in which the number is, or would be. */
  #slotOf(source: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(source, start, end) & mask;
    for (let held; (held = this.#slots[slot] ?? 0) !== 0; slot = (slot + 1) & mask) {
      if (this.#isAt(held - 1, source, start, end)) break;
    }
    return slot;
  }

  #isAt(index: number, source: Uint8Array, start: number, end: number): boolean {
    const at = this.#starts[index] ?? 0;
    if ((this.#starts[index + 1] ?? 0) - at !== end - start) return false;
    for (let from = start; from < end; from++) if (this.#octets[at + from - start] !== source[from]) return false;
    return true;
  }
}

/** FNV-1a, mixed once more because numbers that were given out in a row differ in their last octet alone. */
function hash(source: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < end; at++) value = Math.imul(value ^ (source[at] ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}
