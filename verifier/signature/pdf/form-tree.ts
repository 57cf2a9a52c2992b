import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { PDF_LIMITS } from "../../../formats/pdf/pdf-limits.ts";
import {
  isKind,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";

/** A field of whatever type (ISO 32000-1, 12.7.3). */
export interface FormField {
  readonly number: number;
  readonly dictionary: PdfDictionary;
  /** Fully qualified. */
  readonly name: string;
  /** `/FT`, its own or inherited. */
  readonly type: string | undefined;
  /** `/V`, its own or inherited; `undefined` for null. */
  readonly value: PdfValue | undefined;
  /** The field that it hangs on. */
  readonly parent: number | undefined;
  /** Fields below it. */
  readonly fields: readonly number[];
  /** Where it shows: itself where field and widget are one. */
  readonly widgets: readonly number[];
}

/** All fields by object number, in the order of the tree. */
export type FormTree = ReadonlyMap<number, FormField>;

interface Open {
  readonly reference: PdfReference;
  readonly above: FormField | undefined;
  readonly depth: number;
}

/**
 * Reads the field tree below `/Fields`. Refused as `file-ambiguous`: a field with two parents, a signature field that shares its full name, a widget with a
 * signature of its own.
 */
export async function readFormTree(document: PdfDocument, roots: readonly PdfValue[]): Promise<FormTree> {
  const tree = new Map<number, FormField>();
  const open: Open[] = [];
  const add = (kids: readonly PdfValue[], above: FormField | undefined, depth: number): void => {
    for (const kid of kids.toReversed()) {
      refuseUnless(isKind(kid, "reference"), "file-unsupported", "a form field is no indirect object");
      open.push({ reference: kid, above, depth });
    }
  };
  add(roots, undefined, 0);
  for (let next = open.pop(); next; next = open.pop()) {
    const { reference, above, depth } = next;
    const known = tree.get(reference.number);
    if (known) {
      // listed twice in one place is a common slip, and harmless
      refuseUnless(known.parent === above?.number, "file-ambiguous", "a form field has two parents");
      continue;
    }
    refuseUnless(depth <= PDF_LIMITS.treeDepth, "too-large", "the form is too deep");
    const dictionary = await document.dictionary(reference, "a form field");
    if (!dictionary) continue;
    const kids = await sortKids(document, dictionary);
    const field = await readField(document, {
      reference,
      above,
      dictionary,
      widgets: kids.widgets,
      fields: kids.fields,
    });
    tree.set(field.number, field);
    add(kids.fields, field, depth + 1);
  }
  refuseSharedNames(tree);
  return tree;
}

async function readField(
  document: PdfDocument,
  found: {
    readonly reference: PdfReference;
    readonly above: FormField | undefined;
    readonly dictionary: PdfDictionary;
    readonly widgets: readonly PdfReference[];
    readonly fields: readonly PdfReference[];
  },
): Promise<FormField> {
  const { reference, above, dictionary, widgets, fields } = found;
  const own = (await document.text(dictionary.get("T"))) ?? "";
  const name = above ? `${above.name}.${own}` : own;
  refuseUnless(name.length <= PDF_LIMITS.fieldName, "too-large", "a form field has too long a name");
  const type = nameOf(await document.resolve(dictionary.get("FT"))) ?? above?.type;
  for (const widget of type === "Sig" ? widgets : [])
    refuseUnless(!(await document.dictionary(widget, "a widget"))?.has("V"), "file-ambiguous", "a widget is signed");
  return {
    number: reference.number,
    dictionary,
    name,
    type,
    value: dictionary.get("V") ?? above?.value ?? undefined,
    parent: above?.number,
    fields: fields.map(({ number }) => number),
    widgets: widgets.length === 0 ? [reference.number] : widgets.map(({ number }) => number),
  };
}

/** Kids with a partial name are fields, the others are where this field shows. */
async function sortKids(
  document: PdfDocument,
  dictionary: PdfDictionary,
): Promise<{ fields: PdfReference[]; widgets: PdfReference[] }> {
  const sorted: { fields: PdfReference[]; widgets: PdfReference[] } = { fields: [], widgets: [] };
  for (const kid of (await document.array(dictionary.get("Kids"), "/Kids")) ?? []) {
    const child = await document.dictionary(kid, "a form field");
    if (!isKind(kid, "reference")) throw new Refusal("file-unsupported", "a form field is no indirect object");
    sorted[child?.has("T") ? "fields" : "widgets"].push(kid);
  }
  return sorted;
}

function refuseSharedNames(tree: FormTree): void {
  const names = new Map<string, FormField>();
  for (const field of tree.values()) {
    const other = names.get(field.name);
    names.set(field.name, field);
    const signature = field.type === "Sig" || other?.type === "Sig";
    refuseUnless(!other || !signature, "file-ambiguous", "two fields of one name, one of them for a signature");
  }
}

/** Fields for a signature, with none below them. */
export const signatureFields = (tree: FormTree): readonly FormField[] =>
  [...tree.values()].filter(({ type, fields }) => type === "Sig" && fields.length === 0);
