import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { integerOf, nameOf, type PdfDictionary } from "../../../formats/pdf/pdf-value.ts";
import { Refusal } from "../../verdict/failure.ts";
import type { DocumentShape } from "./document-shape.ts";
import { signatureFields } from "./form-tree.ts";

const ACTIONS = ["All", "Include", "Exclude"] as const;

interface FieldLock {
  readonly action: (typeof ACTIONS)[number];
  readonly names: readonly string[];
}

/** What the signers of a revision, all of them, left open to later ones. */
export interface Permissions {
  /** DocMDP (ISO 32000-1, table 254): 1 nothing, 2 forms and signatures, 3 annotations too; `undefined`: nobody certified the document. */
  readonly certified: 1 | 2 | 3 | undefined;
  /** Whether a signer closed the field of that full name (FieldMDP, and the lock of a field that is signed). */
  readonly isLocked: (name: string) => boolean;
}

/** Reads them out of a revision; of several words the strictest counts. One that can't be read is refused as `file-unsupported`. */
export async function readPermissions({ document, catalog, fields }: DocumentShape): Promise<Permissions> {
  const levels: number[] = [];
  const locks: FieldLock[] = [];
  const takeTransforms = async (signature: PdfDictionary): Promise<void> => {
    for (const item of (await document.array(signature.get("Reference"), "/Reference")) ?? []) {
      const reference = await document.dictionary(item, "a signature reference");
      const given = await document.dictionary(reference?.get("TransformParams"), "parameters");
      const parameters: PdfDictionary = given ?? new Map<string, never>();
      const method = nameOf(await document.resolve(reference?.get("TransformMethod")));
      if (method === "DocMDP") levels.push(integerOf(await document.resolve(parameters.get("P"))) ?? 2);
      if (method === "FieldMDP") locks.push(await readLock(document, parameters));
    }
  };
  const rights = await document.dictionary(catalog.get("Perms"), "/Perms");
  const certification = await document.dictionary(rights?.get("DocMDP"), "the certification");
  if (certification) {
    const known = levels.length;
    await takeTransforms(certification);
    if (levels.length === known) levels.push(2);
  }
  for (const { dictionary, value } of signatureFields(fields)) {
    const signature = await document.dictionary(value, "a signature");
    if (!signature) continue;
    await takeTransforms(signature);
    const lock = await document.dictionary(dictionary.get("Lock"), "a field lock");
    if (!lock) continue;
    locks.push(await readLock(document, lock));
    const level = integerOf(await document.resolve(lock.get("P")));
    if (level !== undefined) levels.push(level);
  }
  if (levels.some((level) => ![1, 2, 3].includes(level))) throw new Refusal("file-unsupported", "an unknown DocMDP");
  const strictest = Math.min(...levels);
  return {
    certified: ([1, 2, 3] as const).find((level) => level === strictest),
    isLocked: (name) => locks.some((lock) => closes(lock, name)),
  };
}

async function readLock(document: PdfDocument, lock: PdfDictionary): Promise<FieldLock> {
  const action = nameOf(await document.resolve(lock.get("Action")));
  const known = ACTIONS.find((one) => one === action);
  if (!known) throw new Refusal("file-unsupported", "an unknown field lock");
  const names: string[] = [];
  for (const field of (await document.array(lock.get("Fields"), "/Fields of a lock")) ?? []) {
    const name = await document.text(field);
    if (name === undefined) throw new Refusal("file-unsupported", "a field lock names no field");
    names.push(name);
  }
  return { action: known, names };
}

/** A name stands for all fields below it (ISO 32000-1, table 256). */
function closes({ action, names }: FieldLock, name: string): boolean {
  const named = names.some((one) => name === one || name.startsWith(`${one}.`));
  return action === "All" || (action === "Include" ? named : !named);
}
