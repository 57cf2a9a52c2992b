import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import {
  integerOf,
  isArray,
  isDictionary,
  isKind,
  type PdfDictionary,
  type PdfObject,
  type PdfStream,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";

/** An object in two revisions; `null` where it is not there. */
export interface ObjectDifference {
  readonly before: PdfObject;
  readonly after: PdfObject;
}

/** The numbers of objects that do not stand where they stood. Two revisions of one file: what stands at the same octets is the same. */
export async function movedObjects(before: PdfDocument, after: PdfDocument): Promise<ReadonlySet<number>> {
  const moved = new Set<number>();
  for (const number of [...before.references.entries.keys(), ...after.references.entries.keys()])
    if (!sameOffset(before, after, number)) moved.add(number);
  const streams = new Map<number, boolean>();
  for (const number of [...moved]) {
    const old = before.references.entries.get(number);
    const entry = after.references.entries.get(number);
    if (old?.kind !== "compressed" || entry?.kind !== "compressed") continue;
    if (old.stream !== entry.stream || old.index !== entry.index) continue;
    const stays = streams.get(entry.stream) ?? (await isUnmovedStream(after, entry.stream, moved));
    streams.set(entry.stream, stays);
    if (stays) moved.delete(number);
  }
  return moved;
}

/** An object stream keeps all that is in it when neither it nor a `/Length` of its own moved. */
async function isUnmovedStream(after: PdfDocument, number: number, moved: ReadonlySet<number>): Promise<boolean> {
  if (moved.has(number)) return false;
  const stream = await objectOf(after, number);
  const length = isKind(stream, "stream") ? stream.dictionary.get("Length") : undefined;
  if (!isKind(length, "reference")) return isKind(length, "number");
  return !moved.has(length.number) && isKind(await objectOf(after, length.number), "number");
}

/** Compressed objects are never the same by this. */
function sameOffset(before: PdfDocument, after: PdfDocument, number: number): boolean {
  const old = before.references.entries.get(number) ?? { kind: "free" };
  const entry = after.references.entries.get(number) ?? { kind: "free" };
  if (old.kind === "free" && entry.kind === "free") return true;
  if (old.kind !== "offset" || entry.kind !== "offset") return false;
  return old.offset === entry.offset && old.generation === entry.generation;
}

/** Of the objects `numbers`, those that say something else than before, by number. References are compared, not followed. */
export async function readDifferences(
  before: PdfDocument,
  after: PdfDocument,
  numbers: Iterable<number>,
  budget: WorkBudget,
): Promise<ReadonlyMap<number, ObjectDifference>> {
  const differences = new Map<number, ObjectDifference>();
  for (const number of numbers) {
    const difference = { before: await objectOf(before, number), after: await objectOf(after, number) };
    if (!(await sameObject(before, difference.before, after, difference.after, budget)))
      differences.set(number, difference);
  }
  return differences;
}

/**
 * The first of the objects `numbers` that is there in both revisions under another generation. A reference names a generation too, so what says the same is
 * gone for those that were there, and shown for those that led nowhere.
 */
export const otherGeneration = (
  before: PdfDocument,
  after: PdfDocument,
  numbers: Iterable<number>,
): number | undefined =>
  [...numbers].find((number) => {
    const [old, now] = [generationOf(before, number), generationOf(after, number)];
    return old !== undefined && now !== undefined && old !== now;
  });

function generationOf({ references }: PdfDocument, number: number): number | undefined {
  const entry = references.entries.get(number);
  if (!entry || entry.kind === "free") return undefined;
  return entry.kind === "offset" ? entry.generation : 0;
}

/** The object of that number, whatever its generation. */
export async function objectOf(document: PdfDocument, number: number): Promise<PdfObject> {
  const generation = generationOf(document, number);
  return generation === undefined ? null : document.object({ kind: "reference", number, generation });
}

/** The dictionary of that number, whatever its generation; `undefined` where there is none. */
export async function dictionaryOf(document: PdfDocument, number: number): Promise<PdfDictionary | undefined> {
  const object = await objectOf(document, number);
  return isDictionary(object) ? object : undefined;
}

async function sameObject(
  before: PdfDocument,
  old: PdfObject,
  after: PdfDocument,
  object: PdfObject,
  budget: WorkBudget,
): Promise<boolean> {
  if (!isKind(old, "stream") || !isKind(object, "stream"))
    return !isKind(old, "stream") && !isKind(object, "stream") && sameValue(old, object);
  if (!sameValue(old.dictionary, object.dictionary)) return false;
  const [octets, now] = [await octetsOf(before, old), await octetsOf(after, object)];
  if (octets.length !== now.length) return false;
  // streams that stand in each other are compared as often as there are of them
  if (old.start !== object.start) budget.spend("inflated", now.length);
  return Buffer.compare(octets, now) === 0;
}

async function octetsOf(document: PdfDocument, { dictionary, start }: PdfStream): Promise<Uint8Array> {
  const length = integerOf(await document.resolve(dictionary.get("Length"))) ?? 0;
  return document.file.subarray(start, start + Math.max(0, length));
}

/** Whether two values say the same. An entry that is null is as good as none (ISO 32000-1, 7.3.7). */
export function sameValue(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  if (one === other || (one ?? null) === (other ?? null)) return true;
  if (isArray(one) && isArray(other))
    return one.length === other.length && one.every((item, at) => sameValue(item, other[at]));
  if (isDictionary(one) && isDictionary(other))
    return [...new Set([...one.keys(), ...other.keys()])].every((key) => sameValue(one.get(key), other.get(key)));
  if (isKind(one, "number")) return isKind(other, "number") && one.value === other.value;
  if (isKind(one, "name")) return isKind(other, "name") && one.name === other.name;
  if (isKind(one, "string")) return isKind(other, "string") && Buffer.compare(one.octets, other.octets) === 0;
  if (isKind(one, "reference"))
    return isKind(other, "reference") && one.number === other.number && one.generation === other.generation;
  return false;
}

/** The keys under which two dictionaries differ. */
export const changedKeys = (
  one: ReadonlyMap<string, PdfValue> | undefined,
  other: ReadonlyMap<string, PdfValue> | undefined,
): readonly string[] =>
  [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])].filter(
    (key) => !sameValue(one?.get(key), other?.get(key)),
  );
