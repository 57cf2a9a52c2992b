import type { Bytes } from "../der/der.ts";
import type { CrossReferenceEntry, CrossReferenceSection } from "./cross-reference.ts";
import { broken } from "./pdf-fault.ts";
import { PdfParser } from "./pdf-parser.ts";
import { isDictionary } from "./pdf-value.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * A classic cross-reference table and its trailer (ISO 32000-1, 7.5.4 and 7.5.5). Entries are read as tokens, because their line ends are
 * written in many ways. They are paid for before they are read.
 */
export function readCrossReferenceTable(file: Bytes, offset: number, budget: WorkBudget): CrossReferenceSection {
  const parser = new PdfParser(file, budget, offset);
  parser.keyword("xref");
  const entries: [number, CrossReferenceEntry][] = [];
  while (parser.peek() !== "trailer") {
    const first = parser.integer();
    const count = parser.integer();
    budget.spend("entries", count);
    for (let index = 0; index < count; index++) entries.push([first + index, readEntry(parser)]);
  }
  parser.keyword("trailer");
  const trailer = parser.value();
  parser.settle(offset);
  if (!isDictionary(trailer)) throw broken("the trailer is no dictionary");
  return { entries, trailer, end: parser.position };
}

function readEntry(parser: PdfParser): CrossReferenceEntry {
  const offset = parser.integer();
  const generation = parser.integer();
  const type = parser.token();
  if (type === "f") return { kind: "free" };
  if (type !== "n") throw broken("a cross-reference entry is neither in use nor free");
  // some writers leave an unused object "in use" at 0, where the header stands
  return offset === 0 ? { kind: "free" } : { kind: "offset", offset, generation };
}
