import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { PDF_LIMITS } from "../../../formats/pdf/pdf-limits.ts";
import { integerOf, isKind, type PdfDictionary, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { readFormTree, type FormTree } from "./form-tree.ts";

/** A page, and what stands on it beside its contents. */
export interface ShapedPage {
  readonly dictionary: PdfDictionary;
  readonly annotations: readonly PdfValue[];
  /** `/CropBox` or `/MediaBox`, its own or inherited. */
  readonly box: PdfValue | undefined;
}

/** The parts of a revision that a later one may touch. */
export interface DocumentShape {
  readonly document: PdfDocument;
  readonly catalogNumber: number;
  readonly catalog: PdfDictionary;
  /** `/AcroForm`. */
  readonly form: PdfDictionary | undefined;
  readonly fields: FormTree;
  /** By object number. */
  readonly pages: ReadonlyMap<number, ShapedPage>;
}

/** Reads them. XFA is refused as `file-ambiguous`: whoever knows it shows another document than whoever doesn't. */
export async function readShape(document: PdfDocument): Promise<DocumentShape> {
  requireSize(document);
  const root = document.references.trailer.get("Root");
  const catalog = await document.dictionary(root, "the catalog");
  if (!catalog || !isKind(root, "reference")) throw new Refusal("file-broken", "there is no catalog");
  const form = await document.dictionary(catalog.get("AcroForm"), "/AcroForm");
  const dynamic = (await document.resolve(form?.get("XFA"))) !== null;
  refuseUnless(!dynamic, "file-ambiguous", "it has an XFA form");
  const fields = await readFormTree(document, (await document.array(form?.get("Fields"), "/Fields")) ?? []);
  const pages = await readPages(document, catalog.get("Pages"));
  return { document, catalogNumber: root.number, catalog, form, fields, pages };
}

/** Objects from `/Size` on count as missing (ISO 32000-1, 7.5.4): some readers leave them out, and others show them. */
function requireSize({ references: { entries, trailer } }: PdfDocument): void {
  const size = integerOf(trailer.get("Size")) ?? 0;
  for (const [number, { kind }] of entries)
    refuseUnless(kind === "free" || number < size, "file-ambiguous", `object ${number} is behind /Size`);
}

async function readPages(document: PdfDocument, root: PdfValue | undefined): Promise<ReadonlyMap<number, ShapedPage>> {
  const pages = new Map<number, ShapedPage>();
  const seen = new Set<number>();
  const open: { readonly node: PdfValue | undefined; readonly box: PdfValue | undefined }[] = [
    { node: root, box: undefined },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node } = next;
    const dictionary = await document.dictionary(node, "a page");
    if (!dictionary || !isKind(node, "reference")) throw new Refusal("file-broken", "a page is missing");
    refuseUnless(!seen.has(node.number), "file-ambiguous", "a page has two places");
    seen.add(node.number);
    refuseUnless(seen.size <= PDF_LIMITS.treeNodes, "too-large", "too many pages");
    const box = dictionary.get("CropBox") ?? dictionary.get("MediaBox") ?? next.box;
    const kids = await document.array(dictionary.get("Kids"), "/Kids");
    if (kids) for (const kid of kids.toReversed()) open.push({ node: kid, box });
    else {
      const annotations = (await document.array(dictionary.get("Annots"), "/Annots")) ?? [];
      pages.set(node.number, { dictionary, annotations, box });
    }
  }
  return pages;
}
