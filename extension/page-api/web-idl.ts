import {
  Blob,
  TypeError,
  apply,
  bufferLength,
  defineProperty,
  isView,
  signalAborted,
  toWellFormed,
  trunc,
} from "./captured-globals.ts";

/** Conversions of Web IDL (section 3.2, "JavaScript type mapping"), as generated bindings would do them. All throw `TypeError`. */
type Convert<T> = (value: unknown) => T;

const iterator: typeof Symbol.iterator = Symbol.iterator;
const noMembers = { __proto__: null };

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** A dictionary's or iterator's object, its members still unread. */
export function toObject(value: unknown): Readonly<Record<PropertyKey, unknown>> {
  if (!isObject(value)) throw new TypeError("Not an object");
  return value as Record<PropertyKey, unknown>;
}

/** A dictionary; `undefined` and `null` are one without members. */
export const toDictionary = (value: unknown): Readonly<Record<string, unknown>> => toObject(value ?? noMembers);

/** A member that may be absent: `undefined` stays `undefined`. */
export const optional = <T>(value: unknown, convert: Convert<T>): T | undefined =>
  value === undefined ? undefined : convert(value);

/** A required member. */
export function required<T>(value: unknown, convert: Convert<T>): T {
  if (value === undefined) throw new TypeError("A required member is missing");
  return convert(value);
}

/** `DOMString`: ToString, which refuses symbols. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-template-expression -- not a string yet; String() would take symbols
export const toText = (value: unknown): string => `${value as string}`;

/** `USVString`: a lone surrogate becomes U+FFFD. */
export const toScalarText = (value: unknown): string => toWellFormed(toText(value));

/** A callback function. */
export function toCallback(value: unknown): (...args: unknown[]) => unknown {
  if (typeof value !== "function") throw new TypeError("Not a function");
  return value as () => unknown;
}

/** `AbortSignal`, of any realm. */
export function toAbortSignal(value: unknown): AbortSignal {
  signalAborted(value);
  return value as AbortSignal;
}

/**
 * `(BufferSource or Blob or USVString)` is also what a `Blob` is made of, so the browser itself converts it, copies the bytes here
 * and now, and refuses shared and resizable memory.
 */
export const toBytes = (value: unknown): Blob => new Blob([value as BlobPart]);

/** `BufferSource`: an `ArrayBuffer` or a view of one, its bytes copied here and now. */
export function toBuffer(value: unknown): Blob {
  if (!isView(value)) bufferLength(value);
  return toBytes(value);
}

/** `double`: ToNumber, finite. */
export function toDouble(value: unknown): number {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-conversion -- not a number yet; Number() would take BigInts
  const number = +(value as number);
  if (number - number !== 0) throw new TypeError("Not a finite number");
  return number;
}

/** `[EnforceRange] unsigned long`. */
export function toUnsignedLong(value: unknown): number {
  const number = trunc(toDouble(value));
  if (number < 0 || number > 0xffffffff) throw new TypeError("Out of range");
  return number;
}

/** `items.forEach(use)`, without looking anything up that the page may have replaced. */
export function each<T>(items: readonly T[], use: (item: T, index: number) => void): void {
  for (let index = 0; index < items.length; index++) use(items[index] as T, index);
}

/** `items.push(item)`, without looking anything up that the page may have replaced. */
export function append<T>(items: T[], item: T): void {
  defineProperty(items, items.length, { __proto__: null, value: item, enumerable: true } as object);
}

/** `sequence<T>` of at most `limit` items: the iterator's `next` is read once, each item is converted as it comes. */
export function toSequence<T>(value: unknown, convert: Convert<T>, limit: number): T[] {
  const iterable = toObject(value);
  const source = toObject(apply(toCallback(iterable[iterator]), iterable, []));
  const next = toCallback(source["next"]);
  const items: T[] = [];
  for (;;) {
    const step = toObject(apply(next, source, []));
    if (step["done"]) return items;
    if (items.length === limit) throw new TypeError("Too many items");
    append(items, convert(step["value"]));
  }
}
