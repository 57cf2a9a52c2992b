import type { PlacedSection } from "../../../formats/pdf/cross-reference.ts";
import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { isSpace } from "../../../formats/pdf/pdf-octets.ts";
import { PdfParser } from "../../../formats/pdf/pdf-parser.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { SIGNED_PDF_LIMITS } from "./pdf-limits.ts";

/** One revision of a file (ISO 32000-1, 7.5.6). */
export interface FileRevision {
  /** What its `startxref` says: where its newest cross-reference section stands. */
  readonly start: number;
  /** One; two where the file is linearised. */
  readonly sections: readonly PlacedSection[];
  /** Behind its `%%EOF`. */
  readonly end: number;
}

const END_MARK = [0x25, 0x25, 0x45, 0x4f, 0x46];
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The revisions of a file, oldest first, by the chain of its cross-references. Each must end as the standard says, with the `startxref` that leads to
 * it, behind the revision before it. The chain runs backwards; forwards only once, at its beginning, where a file is linearised (annex F).
 */
export function readRevisions({ file, references }: PdfDocument, budget: WorkBudget): readonly FileRevision[] {
  const { sections } = references;
  const revisions: FileRevision[] = [];
  for (let at = 0; at < sections.length; at++) {
    const [section, next] = sections.slice(at, at + 2);
    if (!section) break;
    refuseTwice(section);
    const linearised = next !== undefined && next.offset > section.offset;
    refuseUnless(!linearised || at + 2 === sections.length, "file-ambiguous", "the revisions are out of order");
    const end = endOf(file, linearised ? next : section, section.offset, budget);
    const newer = revisions.at(-1);
    refuseUnless(!newer || newer.start > end, "file-ambiguous", "the revisions are out of order");
    revisions.push({ start: section.offset, sections: linearised ? [section, next] : [section], end });
    refuseUnless(revisions.length <= SIGNED_PDF_LIMITS.revisions, "too-large", "too many revisions");
    if (linearised) break;
  }
  return revisions.toReversed();
}

/** Where a revision that is `end` octets long may be cut: behind `%%EOF`, or behind the one line end that follows. */
export function revisionEnds(file: Uint8Array, { end }: FileRevision): readonly number[] {
  if (file[end] === LINE_FEED) return [end, end + 1];
  if (file[end] !== CARRIAGE_RETURN) return [end];
  return file[end + 1] === LINE_FEED ? [end, end + 1, end + 2] : [end, end + 1];
}

/** `startxref`, the offset, and `%%EOF` behind a section. */
function endOf(file: Uint8Array, section: PlacedSection, start: number, budget: WorkBudget): number {
  const parser = new PdfParser(file, budget, section.end);
  if (parser.peek() === "endobj") parser.keyword("endobj");
  parser.keyword("startxref");
  refuseUnless(parser.integer() === start, "file-ambiguous", "startxref leads to another revision");
  while (isSpace(file[parser.position])) parser.position++;
  if (END_MARK.some((octet, at) => file[parser.position + at] !== octet))
    throw new Refusal("file-broken", "a revision has no %%EOF");
  parser.position += END_MARK.length;
  parser.settle(section.end);
  return parser.position;
}

/** Of two entries for one object, some readers take the first and some the last. Where a stream stands beside a table, what one of them has is free in the other. */
function refuseTwice({ entries, hidden }: PlacedSection): void {
  const counted = hidden === undefined ? entries : entries.filter(([, { kind }]) => kind !== "free");
  const numbers = new Set(counted.map(([number]) => number));
  refuseUnless(numbers.size === counted.length, "file-ambiguous", "a section has two entries for one object");
}
