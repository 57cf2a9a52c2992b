import { isKind, nameOf, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import type { Comparison } from "./comparison.ts";
import type { FormField } from "./form-tree.ts";
import { dictionaryOf } from "./object-differences.ts";
import { areaOf, overlap, readRectangle } from "./rectangles.ts";

/** All stamps that were added to a page take no more than this part of it: more is a new page. */
const LARGEST = 1 / 4;
/** Annotations that draw nothing of their own on the page. */
const NOT_DRAWN = new Set<string | undefined>(["Link", "Popup"]);

/** Whether a field's widgets take room; whatever their flags say, because readers differ on those. */
export async function isVisible(comparison: Comparison, { widgets }: FormField): Promise<boolean> {
  const { document } = comparison.differences.after;
  for (const widget of widgets) {
    const place = (await dictionaryOf(document, widget))?.get("Rect") ?? null;
    const rectangle = await readRectangle(document, place);
    // who knows where a reader draws what is no rectangle
    if (rectangle ? areaOf(rectangle) > 0 : place !== null) return true;
  }
  return false;
}

/** Whether a visible widget is of a stamp's size, on one page, and over nothing that is known to be drawn there but the page's own contents. */
export async function hasRoom(comparison: Comparison, { widgets }: FormField): Promise<boolean> {
  const { before, after } = comparison.differences;
  const [widget, ...more] = widgets;
  if (widget === undefined || more.length > 0) return false;
  const stands = (annotation: PdfValue): boolean => isKind(annotation, "reference") && annotation.number === widget;
  const [on, ...others] = comparison.pagesWith(widget);
  const page = on === undefined || others.length > 0 ? undefined : before.pages.get(on);
  if (!page) return false;
  const dictionary = await dictionaryOf(after.document, widget);
  const rectangle = await readRectangle(after.document, dictionary?.get("Rect"));
  const box = await readRectangle(before.document, page.box);
  if (!rectangle || !box || on === undefined) return false;
  if (comparison.stamped(on, areaOf(rectangle)) > areaOf(box) * LARGEST) return false;
  for (const annotation of page.annotations) {
    const drawn = await before.document.dictionary(annotation, "an annotation");
    if (!drawn || stands(annotation) || NOT_DRAWN.has(nameOf(drawn.get("Subtype")))) continue;
    const other = await readRectangle(before.document, drawn.get("Rect"));
    if (other && overlap(rectangle, other)) return false;
  }
  return true;
}
