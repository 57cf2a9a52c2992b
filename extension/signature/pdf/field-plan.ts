import type { SignatureSource } from "../signature-builder.ts";
import { readPermissions, type ChangePermissions } from "./change-permissions.ts";
import { lockReferences, readFieldLock } from "./field-lock.ts";
import { readFormFields, type FormFields } from "../../../formats/pdf/form-fields.ts";
import { addField } from "./new-field.ts";
import { broken, unsupported } from "../../../formats/pdf/pdf-fault.ts";
import {
  integerOf,
  isKind,
  pdfNumber,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";
import { fillField } from "./existing-field.ts";
import { withEntries, type Revision } from "./revision.ts";
import type { StampBox } from "./stamp-appearance.ts";

/** The parts of a document that a signature field hangs on. */
export interface FormContext {
  readonly revision: Revision;
  readonly catalog: PdfDictionary;
  readonly form: FormFields;
  readonly permissions: ChangePermissions;
  /** The signature dictionary that the field will refer to. */
  readonly signature: PdfReference;
  /** The appearance that it will refer to where it is visible. */
  readonly appearance: PdfReference;
}

/** A field that is ready for its signature. */
export interface PlannedField {
  /** `undefined` for a field that was filled and so is in the form already. */
  readonly added: PdfReference | undefined;
  /** What it shows; `undefined` where it is invisible. */
  readonly stamp: StampBox | undefined;
  readonly lock: PdfDictionary | undefined;
}

/** What {@link planField} settled. */
export interface FieldPlan {
  readonly signature: PdfReference;
  readonly appearance: PdfReference;
  readonly stamp: StampBox | undefined;
  /** The `/Reference` entries of the signature dictionary. */
  readonly references: readonly PdfValue[];
}

/**
 * Writes into `revision` all that a signature needs around itself: its field, filled or new, and the form. Every reason why an earlier
 * signer, the form or the field itself would not have it is thrown here.
 */
export async function planField(revision: Revision, source: SignatureSource, subFilter: string): Promise<FieldPlan> {
  const { document } = revision;
  const root = document.references.trailer.get("Root");
  const catalog = await document.dictionary(root, "the catalog");
  if (!isKind(root, "reference") || !catalog) throw broken("the catalog is missing");
  const acroForm = await document.dictionary(catalog.get("AcroForm"), "/AcroForm");
  // such a form is drawn by scripts from a template of its own: nobody can say what the resident would see
  if ((acroForm?.get("XFA") ?? null) !== null || catalog.get("NeedsRendering") === true)
    throw unsupported("XFA forms can't be signed");
  const fields = (await document.array(acroForm?.get("Fields"), "/Fields")) ?? [];
  const form = await readFormFields(document, fields);
  const context: FormContext = {
    revision,
    catalog,
    form,
    permissions: await readPermissions(document, catalog, form.signatures),
    signature: revision.allocate(),
    appearance: revision.allocate(),
  };
  const name = source.pdf?.field;
  const planned =
    name === undefined
      ? await addField(context, source.pdf?.stamp)
      : await fillField(context, name, {
          subFilter,
          reason: source.pdf?.reason,
          timestamped: source.timestamped,
        });
  await updateForm(revision, { root, catalog, acroForm }, planned.added);
  const lock = planned.lock ? await readFieldLock(document, planned.lock) : undefined;
  return {
    signature: context.signature,
    appearance: context.appearance,
    stamp: planned.stamp,
    references: lock ? lockReferences(lock, root) : [],
  };
}

/** `/SigFlags` 3: there are signatures, and whoever changes the file must append (ISO 32000-1, table 219). */
async function updateForm(
  revision: Revision,
  {
    root,
    catalog,
    acroForm,
  }: {
    root: PdfReference;
    catalog: PdfDictionary;
    acroForm: PdfDictionary | undefined;
  },
  added: PdfReference | undefined,
): Promise<void> {
  const before: PdfDictionary = acroForm ?? new Map();
  const extended = added ? await revision.append(before, "Fields", added) : before;
  const flags = integerOf(await revision.document.resolve(before.get("SigFlags"))) ?? 0;
  if ((flags & 3) === 3 && extended === acroForm) return;
  const form = withEntries(extended, { SigFlags: pdfNumber(flags | 3) });
  const place = catalog.get("AcroForm");
  if (acroForm && isKind(place, "reference")) revision.set(place, form);
  else revision.set(root, withEntries(catalog, { AcroForm: form }));
}
