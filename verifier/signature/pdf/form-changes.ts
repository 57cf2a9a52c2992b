import { integerOf, isKind, type PdfDictionary, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import { compareAddedField } from "./added-fields.ts";
import { addedItems } from "./added-items.ts";
import type { Comparison } from "./comparison.ts";
import { compareField } from "./field-changes.ts";
import { changedKeys } from "./object-differences.ts";

/** What a form that was not there may say: without fields, its resources are nobody's. */
const NEW_FORM_KEYS = new Set(["Fields", "SigFlags", "DA", "DR"]);

/** Compares the interactive form: `/AcroForm` and all fields. Returns the widgets of the signature fields that were added. */
export async function compareForms(comparison: Comparison): Promise<ReadonlySet<number>> {
  const { before, after } = comparison.differences;
  const { form } = after;
  compareForm(comparison, before.form, form);
  const roots = await lists(comparison, before.form?.get("Fields"), form?.get("Fields"));
  const number = numberOf(after.catalog.get("AcroForm"));
  const holder = number === undefined ? `${after.catalogNumber}/AcroForm` : `${number}/Fields`;
  const list = numberOf(form?.get("Fields"));
  if (list !== undefined) comparison.explainHeldBy(list, (one) => one === holder);
  if (number !== undefined && comparison.isChanged(number)) comparison.explain(number);
  const widgets = await compareAdded(comparison, roots, undefined);
  for (const field of before.fields.values()) {
    await compareField(comparison, field);
    const now = after.fields.get(field.number)?.dictionary;
    const kids = numberOf(now?.get("Kids"));
    if (!comparison.isChanged(field.number) && (kids === undefined || !comparison.isChanged(kids))) continue;
    const added = await lists(comparison, field.dictionary.get("Kids"), now?.get("Kids"));
    if (kids !== undefined) comparison.explainHeldBy(kids, (one) => one === `${field.number}/Kids`);
    widgets.push(...(await compareAdded(comparison, added, field.number)));
  }
  return new Set(widgets);
}

const numberOf = (value: PdfValue | undefined): number | undefined =>
  isKind(value, "reference") ? value.number : undefined;

/** What was added to a list of fields. */
async function lists(
  comparison: Comparison,
  old: PdfValue | undefined,
  now: PdfValue | undefined,
): Promise<readonly PdfValue[]> {
  const { before, after } = comparison.differences;
  const [was, is] = [await before.document.array(old, "fields"), await after.document.array(now, "fields")];
  const added = addedItems(was ?? [], is ?? []);
  if (!added) comparison.refuse("fields were removed or moved");
  return added ?? [];
}

async function compareAdded(
  comparison: Comparison,
  added: readonly PdfValue[],
  parent: number | undefined,
): Promise<number[]> {
  const widgets: number[] = [];
  for (const item of added) {
    if (isKind(item, "reference")) widgets.push(...(await compareAddedField(comparison, item.number, parent)));
    else comparison.refuse("a field that is no object was added");
  }
  return widgets;
}

function compareForm(comparison: Comparison, old: PdfDictionary | undefined, now: PdfDictionary | undefined): void {
  if (old && !now) comparison.refuse("the form was removed");
  for (const key of changedKeys(old, now)) {
    const value = now?.get(key);
    if (key === "Fields" || (!old && NEW_FORM_KEYS.has(key))) continue;
    if (!old && key === "NeedAppearances" && value === false) continue;
    const [flags, more] = [integerOf(old?.get(key)) ?? 0, integerOf(value)];
    // once set, a flag stays (ISO 32000-1, table 219)
    if (key === "SigFlags" && more !== undefined && (flags & more) === flags) continue;
    comparison.refuse(`/AcroForm: /${key.slice(0, 40)} changed`);
  }
}
