import {
  ArrayBuffer,
  DataView,
  TypeError,
  Uint8Array,
  apply,
  blobSize,
  bufferIsResizable,
  bufferLength,
  create,
  defineProperty,
  isView,
  ofDataView,
  ofTypedArray,
  signalAborted,
  toWellFormed,
  typedArrayName,
} from "./captured-globals.ts";

/** Conversions of Web IDL (section 3.2, "JavaScript type mapping"), as generated bindings would do them. All throw `TypeError`. */
type Convert<T> = (value: unknown) => T;

const noMembers = create(null) as object;
const iterator: typeof Symbol.iterator = Symbol.iterator;

/** A dictionary's object, its members still unread; `undefined` and `null` are one without members. */
export function toDictionary(value: unknown): Readonly<Record<string, unknown>> {
  const dictionary = value ?? noMembers;
  if (!isObject(dictionary)) throw new TypeError("A dictionary must be an object");
  return dictionary as Record<string, unknown>;
}

/** A member that may be absent: `undefined` stays `undefined`. */
export function optional<T>(value: unknown, convert: Convert<T>): T | undefined {
  return value === undefined ? undefined : convert(value);
}

/** A required member. */
export function required<T>(value: unknown, convert: Convert<T>): T {
  if (value === undefined) throw new TypeError("A required member is missing");
  return convert(value);
}

/** `DOMString`. */
export function toText(value: unknown): string {
  // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- ToString, which refuses symbols as Web IDL does
  return `${value}`;
}

/** `USVString`: a lone surrogate becomes U+FFFD. */
export const toScalarText = (value: unknown): string => toWellFormed(toText(value));

/** A callback function type. */
export function toCallback<T>(value: unknown): T {
  if (typeof value !== "function") throw new TypeError("A callback must be a function");
  return value as T;
}

/** `AbortSignal`, of any realm. */
export function toAbortSignal(value: unknown): AbortSignal {
  signalAborted(value);
  return value as AbortSignal;
}

/** `sequence<T>` of at most `limit` items: the iterator's `next` is read once, each item converted as it comes. */
export function toSequence<T>(value: unknown, convert: Convert<T>, limit: number): T[] {
  if (!isObject(value)) throw new TypeError("A sequence must be an object");
  const source = apply(toCallback((value as Iterable<unknown>)[iterator]), value, []) as Iterator<unknown>;
  if (!isObject(source)) throw new TypeError("An iterator must be an object");
  const { next } = source;
  const items: T[] = [];
  for (;;) {
    const result: unknown = apply(toCallback(next), source, []);
    if (!isObject(result)) throw new TypeError("An iterator's result must be an object");
    const step = result as IteratorResult<unknown>;
    if (step.done) return items;
    const item: unknown = step.value;
    if (items.length === limit) throw new TypeError(`At most ${limit} items`);
    defineProperty(items, items.length, { value: convert(item), writable: true, enumerable: true, configurable: true });
  }
}

/** Bytes that a page handed over, not yet copied. */
export interface ByteRange {
  readonly buffer: ArrayBuffer;
  readonly offset: number;
  readonly length: number;
}

/** `BufferSource` without `[AllowShared]` and `[AllowResizable]`; `undefined` for everything that is no buffer at all. */
export function toByteRange(value: unknown): ByteRange | undefined {
  if (!isObject(value)) return undefined;
  let range: ByteRange;
  if (isView(value)) {
    const view = typedArrayName(value) === undefined ? ofDataView : ofTypedArray;
    range = { buffer: view.buffer(value), offset: view.byteOffset(value), length: view.byteLength(value) };
  } else {
    range = { buffer: value as ArrayBuffer, offset: 0, length: 0 };
  }
  const length = bufferLengthOf(range.buffer);
  if (length === undefined) return undefined;
  if (bufferIsResizable(range.buffer)) throw new TypeError("A resizable buffer is not allowed");
  return isView(value) ? range : { ...range, length };
}

/** The length of an `ArrayBuffer`; `undefined` if it is none. Refuses a `SharedArrayBuffer`, which `DataView` takes as well. */
function bufferLengthOf(buffer: ArrayBuffer): number | undefined {
  try {
    return bufferLength(buffer);
  } catch {
    try {
      new DataView(buffer);
    } catch {
      return undefined;
    }
    throw new TypeError("A shared buffer is not allowed");
  }
}

/** The bytes in a buffer of our own. */
export function copyBytes({ buffer, offset, length }: ByteRange): ArrayBuffer {
  return length === 0
    ? new ArrayBuffer(0)
    : ofTypedArray.buffer(new Uint8Array(new Uint8Array(buffer, offset, length)));
}

/** The `Blob` itself, of any realm; `undefined` if it is none. */
export function toBlob(value: unknown): Blob | undefined {
  try {
    blobSize(value);
    return value as Blob;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";
