import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import {
  isArray,
  isDictionary,
  isKind,
  type PdfObject,
  type PdfReference,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";
import { objectOf } from "./object-differences.ts";

/** Who refers to an object: the number of an object, or `trailer`, and the key of its dictionary; no key for an array. */
export type Holder = `${number | "trailer"}/${string}`;

/** The number of the object that refers; `NaN` for the trailer. */
export const holderNumber = (holder: Holder): number => Number(holder.slice(0, holder.indexOf("/")));

/** The objects that can be reached from the trailer of a revision, and who refers to those that were asked for. */
export interface ObjectGraph {
  readonly reached: ReadonlySet<number>;
  readonly holders: ReadonlyMap<number, ReadonlySet<Holder>>;
}

/** Follows all references from the trailer on, each object once. `watched`: the objects of which the holders are wanted. */
export async function readGraph(document: PdfDocument, watched: ReadonlySet<number>): Promise<ObjectGraph> {
  const reached = new Set<number>();
  const holders = new Map<number, Set<Holder>>();
  const open: number[] = [];
  const follow = (holder: number | "trailer", key: string, value: PdfValue): void => {
    for (const { number } of referencesIn(value)) {
      if (watched.has(number)) {
        const known = holders.get(number) ?? new Set();
        holders.set(number, known.add(`${holder}/${key}`));
      }
      if (reached.has(number)) continue;
      reached.add(number);
      open.push(number);
    }
  };
  for (const [key, value] of document.references.trailer) follow("trailer", key, value);
  for (let number = open.pop(); number !== undefined; number = open.pop())
    for (const [key, value] of entriesOf(await objectOf(document, number))) follow(number, key, value);
  return { reached, holders };
}

/** What an object holds: the entries of a dictionary or a stream, all else under no key. */
function entriesOf(object: PdfObject): Iterable<readonly [string, PdfValue]> {
  if (isKind(object, "stream")) return object.dictionary;
  return isDictionary(object) ? object : [["", object]];
}

/** All references inside of an object, however deep; the parser has bounded the depth. */
export function* referencesIn(object: PdfObject): Generator<PdfReference> {
  if (isKind(object, "reference")) yield object;
  else if (isKind(object, "stream")) yield* referencesIn(object.dictionary);
  else if (isArray(object)) for (const item of object) yield* referencesIn(item);
  else if (isDictionary(object)) for (const item of object.values()) yield* referencesIn(item);
}
