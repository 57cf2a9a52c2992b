import type { PdfDocument } from "./pdf-document.ts";
import { broken } from "./pdf-fault.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { integerOf, isKind, nameOf, type PdfDictionary, type PdfReference, type PdfValue } from "./pdf-value.ts";

/** A signature field (ISO 32000-1, 12.7.4.5). */
export interface SignatureField {
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
  /** Fully qualified: the partial names from the root down, with full stops between. */
  readonly name: string;
  /** `/Ff`, its own or inherited. */
  readonly flags: number;
  /** The signature dictionary; `undefined` while it is empty. */
  readonly signature: PdfDictionary | undefined;
  /** Its widget annotations: itself where the two are merged. */
  readonly widgets: readonly PdfReference[];
}

/** What an interactive form's field tree holds for us. */
export interface FormFields {
  readonly signatures: readonly SignatureField[];
  /** The full names of all fields of whatever type, inner ones as well. */
  readonly names: ReadonlySet<string>;
}

interface Node {
  readonly reference: PdfReference;
  readonly parentName: string | undefined;
  readonly inherited: ReadonlyMap<string, PdfValue>;
  readonly depth: number;
}

/** Reads the field tree below `/Fields` (ISO 32000-1, 12.7.3). A field that is its own ancestor is `document-broken`. */
export async function readFormFields(document: PdfDocument, fields: readonly PdfValue[]): Promise<FormFields> {
  const signatures: SignatureField[] = [];
  const names = new Set<string>();
  const seen = new Set<number>();
  const open: Node[] = [];
  const add = (kids: readonly PdfValue[], node: Omit<Node, "reference">): void => {
    for (const kid of kids.toReversed()) {
      if (!isKind(kid, "reference")) throw broken("a form field is no indirect object");
      open.push({ ...node, reference: kid });
    }
  };
  add(fields, { parentName: undefined, inherited: new Map(), depth: 0 });
  for (let node = open.pop(); node; node = open.pop()) {
    const { reference, depth } = node;
    // the same field listed twice is a common slip and harmless
    if (seen.has(reference.number)) continue;
    seen.add(reference.number);
    if (depth > PDF_LIMITS.treeDepth || seen.size > PDF_LIMITS.treeNodes) throw broken("the form has too many fields");
    const dictionary = await document.dictionary(reference, "a form field");
    if (!dictionary) continue;
    const inherited = inheritedBy(dictionary, node.inherited);
    const name = await fullName(document, dictionary, node.parentName);
    names.add(name);
    const { fields: kids, widgets } = await sortKids(document, dictionary);
    add(kids, { parentName: name, inherited, depth: depth + 1 });
    if (nameOf(inherited.get("FT")) !== "Sig" || kids.length > 0) continue;
    signatures.push({
      reference,
      dictionary,
      name,
      flags: integerOf(inherited.get("Ff")) ?? 0,
      signature: await document.dictionary(inherited.get("V"), "a signature"),
      widgets: widgets.length === 0 ? [reference] : widgets,
    });
  }
  return { signatures, names };
}

function inheritedBy(dictionary: PdfDictionary, above: ReadonlyMap<string, PdfValue>): ReadonlyMap<string, PdfValue> {
  const inherited = new Map(above);
  for (const key of ["FT", "Ff", "V"]) {
    const own = dictionary.get(key);
    if (own !== undefined && own !== null) inherited.set(key, own);
  }
  return inherited;
}

async function fullName(document: PdfDocument, dictionary: PdfDictionary, above: string | undefined): Promise<string> {
  const own = (await document.text(dictionary.get("T"))) ?? "";
  const name = above === undefined ? own : `${above}.${own}`;
  if (name.length > PDF_LIMITS.fieldName) throw broken("a form field has too long a name");
  return name;
}

/** Kids with a partial name are fields, the others are where this field shows. */
async function sortKids(
  document: PdfDocument,
  dictionary: PdfDictionary,
): Promise<{ fields: PdfValue[]; widgets: PdfReference[] }> {
  const sorted: { fields: PdfValue[]; widgets: PdfReference[] } = { fields: [], widgets: [] };
  for (const kid of (await document.array(dictionary.get("Kids"), "/Kids")) ?? []) {
    const child = await document.dictionary(kid, "a form field");
    if (child?.has("T")) sorted.fields.push(kid);
    else if (isKind(kid, "reference")) sorted.widgets.push(kid);
  }
  return sorted;
}
