import { isKind, type PdfDictionary } from "../../../formats/pdf/pdf-value.ts";
import type { Comparison } from "./comparison.ts";
import type { FormField } from "./form-tree.ts";
import { dictionaryOf } from "./object-differences.ts";
import { valueKind } from "./signature-dictionary.ts";
import { hasRoom, isVisible } from "./stamp-room.ts";

/** What a new signature field and its widgets may say; an action or a script is not among it. */
const FIELD_KEYS = new Set(
  "Type Subtype FT T TU TM F Ff Rect P V MK AP Parent Kids Lock SV DA DR Q BS Border NM M H AS".split(" "),
);
const INNER_FIELD_KEYS = new Set("Type FT T TU TM Ff Kids Parent".split(" "));

/** Judges a field that later revisions added; returns its widgets. Only signature fields may be added, all of their objects new. */
export async function compareAddedField(
  comparison: Comparison,
  number: number,
  parent: number | undefined,
): Promise<readonly number[]> {
  const { after, permissions } = comparison.differences;
  const field = after.fields.get(number);
  if (!field || !comparison.isNew(number) || field.parent !== parent) {
    comparison.refuse(`field ${number} was added`);
    return [];
  }
  const above = field.dictionary.get("Parent");
  if ((isKind(above, "reference") ? above.number : undefined) !== parent)
    comparison.refuse(`field ${number} has another parent`);
  if (field.fields.length > 0) {
    refuseKeys(comparison, number, field.dictionary, INNER_FIELD_KEYS);
    const below = [];
    for (const kid of field.fields) below.push(...(await compareAddedField(comparison, kid, number)));
    return below;
  }
  if (field.type !== "Sig") {
    comparison.refuse(`field ${number} was added`);
    return [];
  }
  refuseKeys(comparison, number, field.dictionary, FIELD_KEYS);
  const signedAs = await valueKind(after.document, field.value);
  const kind = signedAs ?? "signature";
  await compareWidgets(comparison, field);
  const visible = await isVisible(comparison, field);
  const open = permissions.certified !== 1 && !permissions.isLocked(field.name);
  // a certified document keeps its looks, no timestamp has to be seen, and whoever draws on a page has to sign for it
  const stamps = signedAs === "signature" && permissions.certified === undefined;
  const fits = !visible || (stamps && (await hasRoom(comparison, field)));
  const what = `${visible ? "visible " : ""}field ${number} was added`;
  comparison.note(kind, what, (kind === "timestamp" || open) && fits);
  return field.widgets;
}

function refuseKeys(
  comparison: Comparison,
  number: number,
  dictionary: PdfDictionary,
  known: ReadonlySet<string>,
): void {
  for (const key of dictionary.keys())
    if (!known.has(key)) comparison.refuse(`new field ${number} has /${key.slice(0, 40)}`);
}

async function compareWidgets(comparison: Comparison, { number, widgets }: FormField): Promise<void> {
  for (const widget of widgets) {
    const dictionary = await dictionaryOf(comparison.differences.after.document, widget);
    if (!dictionary || !comparison.isNew(widget))
      comparison.refuse(`widget ${widget} of new field ${number} is not new`);
    else if (widget !== number) refuseKeys(comparison, widget, dictionary, FIELD_KEYS);
  }
}
