import { checkPermissions } from "./change-permissions.ts";
import type { FormContext, PlannedField } from "./field-plan.ts";
import type { SignatureField } from "../../../formats/pdf/form-fields.ts";
import { readRectangle } from "./page-geometry.ts";
import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { broken, locked, unsupported } from "../../../formats/pdf/pdf-fault.ts";
import { integerOf, pdfDictionary, type PdfDictionary } from "../../../formats/pdf/pdf-value.ts";
import { withEntries } from "./revision.ts";
import { checkSeedValues, type PlannedSignature } from "./seed-values.ts";
import type { StampBox } from "./stamp-appearance.ts";

/** Bit 1 of `/Ff` (ISO 32000-1, table 221). */
const READ_ONLY = 1;

/** Fills the empty signature field of that full name; where the form gave it room on a page, the stamp is drawn there. */
export async function fillField(context: FormContext, name: string, planned: PlannedSignature): Promise<PlannedField> {
  const { revision, signature, appearance } = context;
  const { document } = revision;
  const field = findField(context, name);
  checkPermissions(context.permissions, name);
  if ((field.flags & READ_ONLY) !== 0) throw locked("the signature field is read-only");
  const seed = await document.dictionary(field.dictionary.get("SV"), "/SV");
  if (seed) await checkSeedValues(document, seed, planned);
  const [reference, ...others] = field.widgets;
  if (!reference || others.length > 0) throw unsupported("the signature field shows in several places");
  const widget = await document.dictionary(reference, "a widget");
  if (!widget) throw broken("a widget is missing");
  const stamp = await stampBox(document, widget);
  const shown = stamp ? withEntries(widget, { AP: pdfDictionary({ N: appearance }) }) : widget;
  if (reference.number === field.reference.number) revision.set(reference, withEntries(shown, { V: signature }));
  else {
    revision.set(field.reference, withEntries(field.dictionary, { V: signature }));
    if (stamp) revision.set(reference, shown);
  }
  return { added: undefined, stamp, lock: await document.dictionary(field.dictionary.get("Lock"), "a field lock") };
}

function findField({ form }: FormContext, name: string): SignatureField {
  const [field, ...others] = form.signatures.filter((one) => one.name === name);
  if (!field) throw unsupported("there is no signature field of that name");
  if (others.length > 0) throw unsupported("several signature fields have that name");
  if (field.signature) throw unsupported("the signature field is signed already");
  return field;
}

/** The room that a widget has, turned as its `/MK` says; `undefined` for an invisible one. */
async function stampBox(document: PdfDocument, widget: PdfDictionary): Promise<StampBox | undefined> {
  const rectangle = await readRectangle(document, widget.get("Rect"));
  if (!rectangle) return undefined;
  const width = rectangle.right - rectangle.left;
  const height = rectangle.top - rectangle.bottom;
  if (width <= 0 || height <= 0) return undefined;
  const looks = await document.dictionary(widget.get("MK"), "/MK");
  const angle = (integerOf(await document.resolve(looks?.get("R"))) ?? 0) % 360;
  const rotation = ([0, 90, 180, 270] as const).find((one) => one === (angle + 360) % 360) ?? 0;
  return rotation % 180 === 0 ? { width, height, rotation } : { width: height, height: width, rotation };
}
