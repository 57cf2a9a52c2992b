import type { Bytes } from "../der/der.ts";
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
  /** Behind its trailer; behind `endstream` where it is a stream. */
  readonly end: number;
}

/** A section, and where it stands. */
export interface PlacedSection extends CrossReferenceSection {
  readonly offset: number;
  /** The stream beside a table, in a hybrid file. */
  readonly hidden: number | undefined;
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
  /** All of them, newest first, in the order in which they name each other. */
  readonly sections: readonly PlacedSection[];
}

/**
 * Reads the chain of cross-reference sections from `startxref` on. Nothing is reconstructed: a damaged chain, or one that leads back to
 * itself, is the fault `document-broken`.
 */
export async function readCrossReferences(file: Bytes, budget: WorkBudget): Promise<CrossReferences> {
  const entries = new Map<number, CrossReferenceEntry>();
  const sections = new Map<number, PlacedSection>();
  const offset = findStart(file, budget);
  let newest: { trailer: PdfDictionary; kind: "table" | "stream" } | undefined;
  let encrypted = false;
  let next: number | undefined = offset;
  while (next !== undefined) {
    if (sections.has(next) || sections.size >= PDF_LIMITS.sections)
      throw broken("the cross-reference sections have no end");
    const kind = sectionKind(file, next, budget);
    const section: Omit<PlacedSection, "offset"> =
      kind === "stream"
        ? { ...(await readCrossReferenceStream(file, next, budget)), hidden: undefined }
        : await readTable(file, next, budget);
    sections.set(next, { ...section, offset: next });
    for (const [number, entry] of section.entries) if (!entries.has(number)) entries.set(number, entry);
    newest ??= { trailer: section.trailer, kind };
    encrypted ||= (section.trailer.get("Encrypt") ?? null) !== null;
    next = offsetOf(section.trailer, "Prev");
  }
  if (!newest) throw broken("there is no cross-reference section");
  return {
    entries,
    trailer: newest.trailer,
    encrypted,
    newest: { offset, kind: newest.kind },
    sections: [...sections.values()],
  };
}

/** A table, with the stream beside it that a hybrid file has: that one stands between what the table has and what it calls free. */
async function readTable(file: Bytes, offset: number, budget: WorkBudget): Promise<Omit<PlacedSection, "offset">> {
  const table = readCrossReferenceTable(file, offset, budget);
  const hidden = offsetOf(table.trailer, "XRefStm");
  if (hidden === undefined) return { ...table, hidden };
  const stream = await readCrossReferenceStream(file, hidden, budget);
  const isFree = ([, entry]: CrossReferenceSection["entries"][number]): boolean => entry.kind === "free";
  return {
    ...table,
    hidden,
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
