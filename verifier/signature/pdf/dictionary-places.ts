import { PdfParser } from "../../../formats/pdf/pdf-parser.ts";
import { nameOf, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import { Refusal } from "../../verdict/failure.ts";

/** A value of a dictionary, and the octets of the file that it stands in. */
export interface PlacedValue {
  readonly value: PdfValue;
  readonly start: number;
  /** Behind its last octet. */
  readonly end: number;
}

/** The entries of the dictionary that is the object at `offset`, each with its place; read by the same parser as all else. */
export function readPlaces(file: Uint8Array, offset: number, budget: WorkBudget): ReadonlyMap<string, PlacedValue> {
  const parser = new PdfParser(file, budget, offset);
  parser.integer();
  parser.integer();
  parser.keyword("obj");
  parser.skipSpace();
  const places = new Map<string, PlacedValue>();
  if (file[parser.position] !== 0x3c || file[parser.position + 1] !== 0x3c)
    throw new Refusal("file-broken", "a signature is no dictionary");
  parser.position += 2;
  for (;;) {
    parser.skipSpace();
    if (file[parser.position] === 0x3e) break;
    const key = nameOf(parser.value());
    if (key === undefined || places.has(key)) throw new Refusal("file-broken", "a signature's dictionary");
    parser.skipSpace();
    const start = parser.position;
    places.set(key, { value: parser.value(), start, end: parser.position });
  }
  parser.settle(offset);
  return places;
}
