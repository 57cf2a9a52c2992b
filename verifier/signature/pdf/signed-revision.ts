import { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { isKind } from "../../../formats/pdf/pdf-value.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import { readShape, type DocumentShape } from "./document-shape.ts";
import { revisionEnds, type FileRevision } from "./file-revisions.ts";
import { movedObjects } from "./object-differences.ts";
import { SIGNED_PDF_LIMITS } from "./pdf-limits.ts";
import type { SignedField } from "./signature-fields.ts";

/** A file as it is now. */
export interface NewestRevision {
  readonly shape: DocumentShape;
  readonly revisions: readonly FileRevision[];
  readonly budget: WorkBudget;
  /** What was compared with it so far. */
  readonly spent: { compared: number; moved: number };
}

/** A revision that a signature covers, as it was then. */
export interface SignedRevision {
  /** From 0, of the oldest. */
  readonly index: number;
  readonly shape: DocumentShape;
  /** Objects that do not stand any more where they stood. */
  readonly moved: ReadonlySet<number>;
}

/**
 * Opens the revision that ends where a byte range does. Refused as `byte-range-wrong`: an end that is no revision's, and a revision in which this field does
 * not have this very signature.
 */
export async function openSignedRevision(
  { shape, revisions, budget, spent }: NewestRevision,
  end: number,
): Promise<SignedRevision> {
  const { document } = shape;
  const index = revisions.findIndex((revision) => revisionEnds(document.file, revision).includes(end));
  refuseUnless(index >= 0, "byte-range-wrong", "it does not end where a revision ends");
  if (index === revisions.length - 1) return { index, shape, moved: new Set() };
  const signed = await PdfDocument.open(document.file.subarray(0, end), budget);
  const isThis = signed.references.newest.offset === revisions[index]?.start;
  refuseUnless(isThis, "byte-range-wrong", "the signed revision is another one");
  spent.compared += signed.references.entries.size + document.references.entries.size;
  refuseUnless(spent.compared <= SIGNED_PDF_LIMITS.compared, "too-large", "too many objects for so many signatures");
  const moved = await movedObjects(signed, document);
  spent.moved += moved.size;
  refuseUnless(spent.moved <= SIGNED_PDF_LIMITS.moved, "too-large", "too many new objects for so many signatures");
  return { index, shape: await readShape(signed), moved };
}

/** Refuses unless this very signature was this field's value already. */
export function checkWasThere({ shape, moved }: SignedRevision, { field, number }: SignedField): void {
  const was = shape.fields.get(field.number);
  const isSame = was?.name === field.name && isKind(was.value, "reference") && was.value.number === number;
  refuseUnless(isSame && !moved.has(number), "byte-range-wrong", "the signed revision does not have this signature");
}
