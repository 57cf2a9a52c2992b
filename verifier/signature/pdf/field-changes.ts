import { isDictionary, isKind } from "../../../formats/pdf/pdf-value.ts";
import { readAppearance } from "./appearances.ts";
import type { Comparison } from "./comparison.ts";
import type { FormField } from "./form-tree.ts";
import { changedKeys, dictionaryOf, sameValue } from "./object-differences.ts";
import { holderNumber } from "./object-graph.ts";
import { valueKind } from "./signature-dictionary.ts";
import { hasRoom, isVisible } from "./stamp-room.ts";

/** What changes when an empty signature field is signed. Never its place. */
const SIGNED_KEYS = new Set(["V", "F", "Ff", "AP", "AS", "MK", "M", "DA", "BS"]);
/** What changes when somebody fills in a field. */
const ENTRY_KEYS = new Set(["V", "AP", "AS", "I", "RV", "M"]);
const ENTRY_TYPES = new Set<string | undefined>(["Tx", "Btn", "Ch"]);

interface DrawnWidget {
  readonly widget: number;
  /** The objects of its appearance. */
  readonly numbers: readonly number[];
}

/** What says something else than before: field and widgets, and widgets of which the appearance was written anew in its place. */
interface ChangedObjects {
  readonly objects: readonly number[];
  readonly drawn: readonly DrawnWidget[];
}

/** Compares one field of the signed revision, and its widgets, with what became of them. */
export async function compareField(comparison: Comparison, field: FormField): Promise<void> {
  const { before, after } = comparison.differences;
  const objects = [...new Set([field.number, ...field.widgets])].filter((number) => comparison.isChanged(number));
  const drawn = await changedAppearances(comparison, field);
  if (objects.length === 0 && drawn.length === 0) return;
  const now = after.fields.get(field.number);
  if (!now) comparison.refuse(`field ${field.number} was removed`);
  else if (field.fields.length > 0) compareKeys(comparison, objects, new Set(["Kids"]));
  else {
    const changed = { objects, drawn };
    const wasEmpty = field.type === "Sig" && (await before.document.resolve(field.value)) === null;
    if (wasEmpty && (await after.document.resolve(now.value)) !== null) await compareSigned(comparison, now, changed);
    else if (ENTRY_TYPES.has(field.type)) compareEntry(comparison, field, now, changed);
    else comparison.refuse(`field ${field.number} changed`);
  }
}

/** An empty signature field that was signed. */
async function compareSigned(
  comparison: Comparison,
  now: FormField,
  { objects, drawn }: ChangedObjects,
): Promise<void> {
  const { after, permissions } = comparison.differences;
  const { number, value } = now;
  if (!isKind(value, "reference") || !comparison.isNew(value.number))
    comparison.refuse(`field ${number} was given an old signature`);
  const kind = (await valueKind(after.document, value)) ?? "signature";
  const open = permissions.certified !== 1 && !permissions.isLocked(now.name);
  const visible = await isVisible(comparison, now);
  const fits = !visible || (await hasRoom(comparison, now));
  const what = `${visible ? "visible " : ""}field ${number} was signed`;
  comparison.note(kind, what, (kind === "timestamp" || open) && fits);
  compareKeys(comparison, objects, SIGNED_KEYS);
  explainAppearances(comparison, drawn);
}

/** A field that was filled in: only where somebody certified the document and left that open, and never its looks without its value. */
function compareEntry(
  comparison: Comparison,
  { number, name, value }: FormField,
  now: FormField,
  { objects, drawn }: ChangedObjects,
): void {
  const { certified, isLocked } = comparison.differences.permissions;
  const open = (certified === 2 || certified === 3) && !isLocked(name);
  const hasNewValue = !sameValue(value, now.value);
  const what = hasNewValue ? `field ${number} was filled in` : `field ${number} looks different, its value is the same`;
  comparison.note("form-entry", what, open && hasNewValue);
  compareKeys(comparison, objects, ENTRY_KEYS);
  explainAppearances(comparison, drawn);
}

function compareKeys(comparison: Comparison, objects: readonly number[], known: ReadonlySet<string>): void {
  for (const number of objects) {
    const difference = comparison.differences.objects.get(number);
    comparison.explain(number);
    if (!difference || !isDictionary(difference.before) || !isDictionary(difference.after))
      comparison.refuse(`field ${number} is another object`);
    else
      for (const key of changedKeys(difference.before, difference.after))
        if (!known.has(key)) comparison.refuse(`field ${number}: /${key.slice(0, 40)} changed`);
  }
}

/** The objects of a field's appearances, as they are now, that were there before and say something else. */
async function changedAppearances(comparison: Comparison, { widgets }: FormField): Promise<readonly DrawnWidget[]> {
  const { document } = comparison.differences.after;
  const found: DrawnWidget[] = [];
  for (const widget of widgets) {
    const numbers = await readAppearance(document, await dictionaryOf(document, widget));
    if (!numbers && comparison.isChanged(widget)) comparison.refuse(`widget ${widget} has no valid appearance`);
    if (numbers?.some((number) => comparison.isChanged(number))) found.push({ widget, numbers });
  }
  return found;
}

/** A widget's appearance may be written anew in its place, where it is nobody else's. */
function explainAppearances(comparison: Comparison, drawn: readonly DrawnWidget[]): void {
  for (const { widget, numbers } of drawn) {
    const own = new Set(numbers);
    for (const number of own)
      comparison.explainHeldBy(number, (holder) => holder === `${widget}/AP` || own.has(holderNumber(holder)));
  }
}
