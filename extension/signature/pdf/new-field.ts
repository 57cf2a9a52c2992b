import type { PdfStamp } from "../signature-builder.ts";
import { checkPermissions } from "./change-permissions.ts";
import type { FormContext, PlannedField } from "./field-plan.ts";
import { placeStamp, type Rectangle } from "./page-geometry.ts";
import { findPage } from "./page-tree.ts";
import { textString } from "../../../formats/pdf/pdf-text.ts";
import { pdfDictionary, pdfName, pdfNumber } from "../../../formats/pdf/pdf-value.ts";

/** Print and Locked (ISO 32000-1, table 165): PDF/A asks for the first, and nobody should move it. */
const WIDGET_FLAGS = pdfNumber(132);

const NOWHERE: Rectangle = { left: 0, bottom: 0, right: 0, top: 0 };

/**
 * A new signature field, merged with its widget, under the first free name of `Signature1`, `Signature2` …; on the stamp's page, or
 * invisible on the first one.
 */
export async function addField(context: FormContext, stamp: PdfStamp | undefined): Promise<PlannedField> {
  const { revision, catalog, form } = context;
  let count = 1;
  while (form.names.has(`Signature${count}`)) count++;
  const name = `Signature${count}`;
  checkPermissions(context.permissions, name, stamp ? "visible" : "invisible");
  const page = await findPage(revision.document, catalog.get("Pages"), stamp?.page ?? 1);
  const place = stamp ? await placeStamp(revision.document, page, stamp) : undefined;
  const { left, bottom, right, top } = place?.rectangle ?? NOWHERE;
  const field = revision.allocate();
  revision.set(
    field,
    pdfDictionary({
      Type: pdfName("Annot"),
      Subtype: pdfName("Widget"),
      FT: pdfName("Sig"),
      T: textString(name),
      F: WIDGET_FLAGS,
      Rect: [left, bottom, right, top].map(pdfNumber),
      P: page.reference,
      V: context.signature,
      MK: place?.rotation ? pdfDictionary({ R: pdfNumber(place.rotation) }) : undefined,
      AP: stamp && pdfDictionary({ N: context.appearance }),
    }),
  );
  const changed = await revision.append(page.dictionary, "Annots", field);
  if (changed !== page.dictionary) revision.set(page.reference, changed);
  return {
    added: field,
    stamp: stamp && place && { width: stamp.width, height: stamp.height, rotation: place.rotation },
    lock: undefined,
  };
}
