import type { Bytes } from "../der.ts";
import { readCrossReferenceStream } from "./cross-reference-stream.ts";
import { readCrossReferenceTable } from "./cross-reference-table.ts";
import { broken } from "./pdf-fault.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { latin1 } from "./pdf-octets.ts";
import { PdfParser } from "./pdf-parser.ts";
import { integerOf, type PdfDictionary } from "./pdf-value.ts";
import type { WorkBudget } from "./work-budget.ts";

/** Where an object stands: nowhere, in the file, or in an object stream. */
export type CrossReferenceEntry =
  | { readonly kind: "free" }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "compressed"; readonly stream: number; readonly index: number };

/** One section, newest entries first: an object's first entry counts. */
export interface CrossReferenceSection {
  readonly entries: readonly (readonly [number, CrossReferenceEntry])[];
  readonly trailer: PdfDictionary;
}

/** All sections of a file as one (ISO 32000-1, 7.5.4, 7.5.6 and 7.5.8). */
export interface CrossReferences {
  readonly entries: ReadonlyMap<number, CrossReferenceEntry>;
  /** What the newest section says. */
  readonly trailer: PdfDictionary;
  /** Whether any section says that the file is encrypted. */
  readonly encrypted: boolean;
  /** Where the newest section stands, and how it is written: the next one must be written alike. */
  readonly newest: { readonly offset: number; readonly kind: "table" | "stream" };
}

/**
 * Reads the chain of cross-reference sections from `startxref` on. Nothing is reconstructed: a damaged chain, or one that leads back to
 * itself, is the fault `document-broken`.
 */
export async function readCrossReferences(file: Bytes, budget: WorkBudget): Promise<CrossReferences> {
  const entries = new Map<number, CrossReferenceEntry>();
  const seen = new Set<number>();
  const offset = findStart(file, budget);
  let newest: { trailer: PdfDictionary; kind: "table" | "stream" } | undefined;
  let encrypted = false;
  let next: number | undefined = offset;
  while (next !== undefined) {
    if (seen.has(next) || seen.size >= PDF_LIMITS.sections) throw broken("the cross-reference sections have no end");
    seen.add(next);
    const kind = sectionKind(file, next, budget);
    const section: CrossReferenceSection =
      kind === "stream" ? await readCrossReferenceStream(file, next, budget) : await readTable(file, next, budget);
    for (const [number, entry] of section.entries) if (!entries.has(number)) entries.set(number, entry);
    newest ??= { trailer: section.trailer, kind };
    encrypted ||= (section.trailer.get("Encrypt") ?? null) !== null;
    next = offsetOf(section.trailer, "Prev");
  }
  if (!newest) throw broken("there is no cross-reference section");
  return { entries, trailer: newest.trailer, encrypted, newest: { offset, kind: newest.kind } };
}

/** A table, with the stream beside it that a hybrid file has: that one stands between what the table has and what it calls free. */
async function readTable(file: Bytes, offset: number, budget: WorkBudget): Promise<CrossReferenceSection> {
  const table = readCrossReferenceTable(file, offset, budget);
  const hidden = offsetOf(table.trailer, "XRefStm");
  if (hidden === undefined) return table;
  const stream = await readCrossReferenceStream(file, hidden, budget);
  const isFree = ([, entry]: CrossReferenceSection["entries"][number]): boolean => entry.kind === "free";
  return {
    trailer: table.trailer,
    entries: [...table.entries.filter((entry) => !isFree(entry)), ...stream.entries, ...table.entries.filter(isFree)],
  };
}

function sectionKind(file: Bytes, offset: number, budget: WorkBudget): "table" | "stream" {
  return new PdfParser(file, budget, offset).peek() === "xref" ? "table" : "stream";
}

function offsetOf(trailer: PdfDictionary, key: string): number | undefined {
  const value = trailer.get(key);
  if (value === undefined || value === null) return undefined;
  const offset = integerOf(value);
  if (offset === undefined || offset <= 0) throw broken(`/${key} is no offset`);
  return offset;
}

/** The number behind the last `startxref` (ISO 32000-1, 7.5.5); what stands behind `%%EOF` is let pass, as every reader does. */
function findStart(file: Bytes, budget: WorkBudget): number {
  const from = Math.max(0, file.length - PDF_LIMITS.tail);
  const at = latin1(file.subarray(from)).lastIndexOf("startxref");
  if (at < 0) throw broken("startxref is missing");
  return new PdfParser(file, budget, from + at + "startxref".length).integer();
}
