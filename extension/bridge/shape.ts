/**
 * Parsers for the bridge, which every approved page loads: a few hundred bytes where the schema library costs more than the rest.
 * The schemas in `shared/protocol` stay the source of the types, and a test holds both to the same verdicts.
 */
export type Shape<T> = (value: unknown) => value is T;

/** Text of `min` to `max` UTF-16 units. */
export const text =
  (max = Infinity, min = 0): Shape<string> =>
  (value): value is string =>
    typeof value === "string" && value.length >= min && value.length <= max;

/** A number, finite. */
export const number: Shape<number> = (value): value is number => Number.isFinite(value);

/** One of the values. */
export const oneOf =
  <const T>(...values: readonly T[]): Shape<T> =>
  (value): value is T =>
    values.includes(value as T);

/** The shape, or `undefined`. */
export const maybe =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || shape(value);

/** Either shape. */
export const either =
  <A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> =>
  (value): value is A | B =>
    first(value) || second(value);

/** An array of `min` to `max` items, without holes (`every` alone would pass over them). */
export const list =
  <T>(item: Shape<T>, max = Infinity, min = 0): Shape<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.length >= min && value.length <= max && Array.from<unknown>(value).every(item);

/** The names that `for…in` meets: also what a platform object (a `Blob` where a record is wanted) has from its prototype. */
function namesIn(value: object): string[] {
  const names: string[] = [];
  for (const name in value) names.push(name);
  return names;
}

/** An object with these members and no other. */
export const record =
  <S extends Record<string, Shape<unknown>>>(
    members: S,
  ): Shape<{ [Name in keyof S]: S[Name] extends Shape<infer T> ? T : never }> =>
  (value): value is { [Name in keyof S]: S[Name] extends Shape<infer T> ? T : never } =>
    typeof value === "object" &&
    value !== null &&
    namesIn(value).every((name) => Object.hasOwn(members, name)) &&
    Object.entries(members).every(([name, shape]) => shape((value as Record<string, unknown>)[name]));

/** The shape, where `check` holds too. */
export const where =
  <T>(shape: Shape<T>, check: (value: T) => boolean): Shape<T> =>
  (value): value is T =>
    shape(value) && check(value);

/** An `ArrayBuffer` of any realm (Firefox shows a content script the page's), not shared. */
export const buffer: Shape<ArrayBuffer> = (value): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === "[object ArrayBuffer]";

/** A `Blob`. */
export const blob: Shape<Blob> = (value): value is Blob => value instanceof Blob;
