import type { PdfOptions } from "../../../extension/signature/signature-builder.ts";
import type { Attack } from "./attacks.ts";
import { bodyOf, changed, plan, signed, stream, type Bytes } from "./signed-pdf.ts";

/** The verdict on what nobody may change. */
export const CHANGED = "changed-after-signing coverage";

/** Bodies of objects by number. */
export type Objects = Readonly<Record<number, string>>;

/** A base that is signed (in its own field, where it has one that certifies) and then updated with these objects. */
export function update(
  name: string,
  expected: string,
  objects: Objects | ((file: Bytes) => Objects),
  { base = plan(), pdf, trailer = "" }: { base?: Bytes; pdf?: PdfOptions; trailer?: string } = {},
): Attack {
  return {
    name,
    expected: expected.split(", "),
    make: async () => {
      const file = await signed(base, pdf);
      return changed(file, typeof objects === "function" ? objects(file) : objects, trailer);
    },
  };
}

/** The field of {@link plan} that locks and certifies. */
export const CERTIFIED = { pdf: { field: "seal" } };
/** Signed with a lock that certifies at this level and closes the field `zip`. */
export const certified = (level: 1 | 2 | 3, objects: Objects = {}, lock = "/Action/Include/Fields[(zip)]") => ({
  ...CERTIFIED,
  base: plan(objects, `${lock}/P ${level}`),
});

/** What the page of {@link plan} says, its resources and annotations left out. */
export const PAGE = "/Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R";
/** The page of a signed file. */
export const page = (file: Bytes): string => bodyOf(file, 3);
/** The page with one more annotation. */
export const withAnnotation = (file: Bytes, number: number): string =>
  page(file).replace("8 0 R", `8 0 R ${number} 0 R`);
/** The catalog of a signed file. */
export const catalog = (file: Bytes): string => bodyOf(file, 1);
/** The catalog with more in it. */
export const catalogWith = (file: Bytes, more: string): string => catalog(file).replace(/>>$/, `${more}>>`);
/** Other contents for the page. */
export const EVIL = stream("BT /F 24 Tf 72 700 Td (9,000 yen) Tj ET");
/** The text field with another value. */
export const NEW_VALUE = "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(9000)/Rect[72 600 200 620]/AP<</N 91 0 R>>>>";
/** What shows it. */
export const NEW_LOOK = stream("/Tx BMC EMC ", "/Type/XObject/Subtype/Form/BBox[0 0 128 20]");
/** Both, as a form filler writes them. */
export const ENTRY = { 6: NEW_VALUE, 91: NEW_LOOK };
/** The old appearance written over in its place. */
export const OLD_LOOK = { 7: NEW_LOOK };
