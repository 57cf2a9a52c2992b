import { isLocked, readFieldLock, type FieldLock } from "./field-lock.ts";
import type { SignatureField } from "../../../formats/pdf/form-fields.ts";
import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { broken, locked } from "../../../formats/pdf/pdf-fault.ts";
import { integerOf, nameOf, type PdfDictionary } from "../../../formats/pdf/pdf-value.ts";

/** What the earlier signers of a document left open. */
export interface ChangePermissions {
  /** DocMDP: 1 nothing, 2 forms and signatures, 3 annotations too; `undefined` for everything. */
  readonly document: 1 | 2 | 3 | undefined;
  readonly locks: readonly FieldLock[];
}

/**
 * Reads the permissions out of the certification (`/Perms`) and of every signature's references; a lock on a signed field counts even where its
 * signature forgot to repeat it. Of several DocMDP the strictest counts.
 */
export async function readPermissions(
  document: PdfDocument,
  catalog: PdfDictionary,
  fields: readonly SignatureField[],
): Promise<ChangePermissions> {
  const perms = await document.dictionary(catalog.get("Perms"), "/Perms");
  const certification = await document.dictionary(perms?.get("DocMDP"), "the certification");
  const found: { strictest: number; locks: FieldLock[] } = { strictest: 4, locks: [] };
  const limit = (level: number): void => {
    if (![1, 2, 3].includes(level)) throw broken("DocMDP has no such permission");
    found.strictest = Math.min(found.strictest, level);
  };
  if (certification) limit((await certifiedLevel(document, certification)) ?? 2);
  for (const { signature, dictionary } of fields) {
    if (!signature) continue;
    const lock = await document.dictionary(dictionary.get("Lock"), "a field lock");
    if (lock) found.locks.push(await readFieldLock(document, lock));
    const level = await certifiedLevel(document, signature);
    if (level !== undefined) limit(level);
    for (const [method, parameters] of await transforms(document, signature))
      if (method === "FieldMDP") found.locks.push(await readFieldLock(document, parameters));
  }
  for (const { permissions } of found.locks) if (permissions !== undefined) limit(permissions);
  return { document: ([1, 2, 3] as const).find((level) => level === found.strictest), locks: found.locks };
}

async function certifiedLevel(document: PdfDocument, signature: PdfDictionary): Promise<number | undefined> {
  for (const [method, parameters] of await transforms(document, signature))
    if (method === "DocMDP") return integerOf(await document.resolve(parameters.get("P"))) ?? 2;
  return undefined;
}

async function transforms(
  document: PdfDocument,
  signature: PdfDictionary,
): Promise<(readonly [method: string | undefined, parameters: PdfDictionary])[]> {
  const found: [string | undefined, PdfDictionary][] = [];
  for (const item of (await document.array(signature.get("Reference"), "/Reference")) ?? []) {
    const reference = await document.dictionary(item, "a signature reference");
    const parameters = await document.dictionary(reference?.get("TransformParams"), "the transform parameters");
    found.push([nameOf(await document.resolve(reference?.get("TransformMethod"))), parameters ?? new Map()]);
  }
  return found;
}

/**
 * Throws `document-locked` unless a signature may be added. Under DocMDP 2 and 3 (ISO 32000-1, table 254: "signing" is permitted) an existing
 * field may be filled and an invisible one added; a new visible one would change what the certifier's pages look like.
 */
export function checkPermissions(permissions: ChangePermissions, field: string, added?: "invisible" | "visible"): void {
  if (permissions.document === 1) throw locked("the document is certified against any change");
  if (permissions.document !== undefined && added === "visible")
    throw locked("the document is certified against new visible fields");
  if (permissions.locks.some((lock) => isLocked(lock, field))) throw locked("an earlier signature locked this field");
}
