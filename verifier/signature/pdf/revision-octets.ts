import { isKind, integerOf } from "../../../formats/pdf/pdf-value.ts";
import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { PdfParser } from "../../../formats/pdf/pdf-parser.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import type { FileRevision } from "./file-revisions.ts";

/**
 * Whether a revision that was added to a file consists of what its cross-references name, and of nothing else but white space and comments: what no
 * cross-reference names is shown by readers that search a file for its objects. `from`: where the revision before it ended.
 */
export async function isAccountedFor(
  document: PdfDocument,
  { sections, end }: FileRevision,
  from: number,
  budget: WorkBudget,
): Promise<boolean> {
  const starts = new Map<number, number>();
  for (const section of sections) {
    // of a table and the stream beside it, old readers know the table alone
    if (section.hidden !== undefined) return false;
    for (const [, entry] of section.entries) if (entry.kind === "offset") starts.set(entry.offset, 0);
    starts.set(section.offset, section.end);
  }
  let at = from;
  for (const start of [...starts.keys()].toSorted((one, other) => one - other)) {
    // an object of an earlier revision that is named again: the comparison of the objects sees it
    if (start < from) continue;
    if (start < at || !isBlank(document.file, at, start, budget)) return false;
    const known = starts.get(start);
    at = known ? Math.max(known, start) : await objectEnd(document, start, budget);
  }
  return at <= end;
}

/** Behind `endobj`. */
async function objectEnd(document: PdfDocument, offset: number, budget: WorkBudget): Promise<number> {
  const parser = new PdfParser(document.file, budget, offset);
  const { value } = parser.indirectObject();
  if (!isKind(value, "stream")) return parser.position;
  const length = integerOf(await document.resolve(value.dictionary.get("Length"))) ?? 0;
  parser.position = value.start + Math.max(0, length);
  parser.keyword("endstream");
  parser.keyword("endobj");
  return parser.position;
}

function isBlank(file: Uint8Array, from: number, to: number, budget: WorkBudget): boolean {
  const parser = new PdfParser(file.subarray(0, to), budget, from);
  parser.skipSpace();
  parser.settle(from);
  return parser.position === to;
}
