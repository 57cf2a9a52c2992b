import { isDictionary, isKind, nameOf, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import { addedItems } from "./added-items.ts";
import type { Comparison } from "./comparison.ts";
import type { ShapedPage } from "./document-shape.ts";
import { changedKeys } from "./object-differences.ts";

/** Keys of a page that do not show, and `/Annots`, which is compared by itself. */
const KNOWN_KEYS = new Set(["Annots", "LastModified"]);
/** Annotations that a reader draws in its own way, beside the page rather than over it. */
const NOTES = new Set<string | undefined>(["Text", "Popup"]);
/** What makes a note more than one. */
const ACTIVE_KEYS = ["AP", "A", "AA", "OC", "AF", "RichMedia"];

/** Compares the pages: nothing but their annotations may change. `widgets`: those of added signature fields. */
export async function comparePages(comparison: Comparison, widgets: ReadonlySet<number>): Promise<void> {
  const { before, after } = comparison.differences;
  const fieldWidgets = new Set([...before.fields.values()].flatMap((field) => [field.number, ...field.widgets]));
  for (const [number, page] of before.pages) {
    const now = after.pages.get(number);
    if (!now) {
      comparison.refuse(`page ${number} was removed`);
      continue;
    }
    if (comparison.isChanged(number)) {
      comparison.explain(number);
      for (const key of changedKeys(page.dictionary, now.dictionary))
        if (!KNOWN_KEYS.has(key)) comparison.refuse(`page ${number}: /${key.slice(0, 40)} changed`);
    }
    await compareAnnotations(comparison, number, [page, now], { widgets, fieldWidgets });
  }
}

async function compareAnnotations(
  comparison: Comparison,
  number: number,
  [page, now]: readonly [ShapedPage, ShapedPage],
  known: { readonly widgets: ReadonlySet<number>; readonly fieldWidgets: ReadonlySet<number> },
): Promise<void> {
  const list = now.dictionary.get("Annots");
  if (isKind(list, "reference")) comparison.explainHeldBy(list.number, (holder) => holder === `${number}/Annots`);
  const added = addedItems(page.annotations, now.annotations);
  if (!added) comparison.note("annotation", `page ${number}: annotations were removed or moved`, false);
  for (const item of added ?? [])
    if (!isKind(item, "reference") || !known.widgets.has(item.number)) await compareAdded(comparison, number, item);
  for (const item of page.annotations) {
    if (!isKind(item, "reference") || known.fieldWidgets.has(item.number) || !comparison.isChanged(item.number))
      continue;
    comparison.explain(item.number);
    comparison.note("annotation", `annotation ${item.number} changed`, false);
  }
}

/** Notes alone may be added, and only where the certifier allowed annotations: what draws over a page says what the page says. */
async function compareAdded(comparison: Comparison, page: number, item: PdfValue): Promise<void> {
  const { after, permissions } = comparison.differences;
  const annotation = await after.document.resolve(item);
  const isNew = isKind(item, "reference") && comparison.isNew(item.number);
  const isNote =
    isDictionary(annotation) &&
    NOTES.has(nameOf(annotation.get("Subtype"))) &&
    ACTIVE_KEYS.every((key) => !annotation.has(key));
  comparison.note("annotation", `page ${page}: annotation added`, permissions.certified === 3 && isNew && isNote);
}
