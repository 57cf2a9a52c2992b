import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { broken } from "../../../formats/pdf/pdf-fault.ts";
import { textString } from "../../../formats/pdf/pdf-text.ts";
import {
  integerOf,
  nameOf,
  pdfDictionary,
  pdfName,
  pdfNumber,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";

const ACTIONS = ["All", "Include", "Exclude"] as const;

/** Which fields a signature closes: a FieldMDP transform or a signature field's lock (ISO 32000-1, tables 233 and 256). */
export interface FieldLock {
  readonly action: (typeof ACTIONS)[number];
  /** Fully qualified names, as the file writes them. */
  readonly fields: readonly string[];
  /** The permissions that it leaves to the whole document, 1 to 3 (ISO 32000-2, table 237). */
  readonly permissions: number | undefined;
}

/** Reads a lock or the parameters of a FieldMDP transform. */
export async function readFieldLock(document: PdfDocument, lock: PdfDictionary): Promise<FieldLock> {
  const action = nameOf(await document.resolve(lock.get("Action")));
  const known = ACTIONS.find((one) => one === action);
  if (!known) throw broken("a field lock has no valid action");
  const fields: string[] = [];
  for (const field of (await document.array(lock.get("Fields"), "/Fields of a lock")) ?? []) {
    const name = await document.text(field);
    if (name === undefined) throw broken("a field lock names no field");
    fields.push(name);
  }
  return { action: known, fields, permissions: integerOf(await document.resolve(lock.get("P"))) };
}

/** Whether the lock closes the field of that full name. A name stands for all fields below it. */
export function isLocked({ action, fields }: Pick<FieldLock, "action" | "fields">, name: string): boolean {
  const named = fields.some((field) => name === field || name.startsWith(`${field}.`));
  return action === "All" || (action === "Include" ? named : !named);
}

/**
 * The signature references by which a signature puts its field's lock in force (ISO 32000-1, 12.8.2.4): FieldMDP, and DocMDP where the lock
 * also limits the whole document (ISO 32000-2, 12.8.2.2).
 */
export function lockReferences({ action, fields, permissions }: FieldLock, catalog: PdfReference): readonly PdfValue[] {
  const reference = (method: string, parameters: Record<string, PdfValue | undefined>): PdfDictionary =>
    pdfDictionary({
      Type: pdfName("SigRef"),
      TransformMethod: pdfName(method),
      TransformParams: pdfDictionary({ Type: pdfName("TransformParams"), V: pdfName("1.2"), ...parameters }),
      DigestMethod: pdfName("SHA256"),
      Data: catalog,
    });
  return [
    reference("FieldMDP", {
      Action: pdfName(action),
      Fields: action === "All" ? undefined : fields.map((field) => textString(field)),
    }),
    ...(permissions === undefined ? [] : [reference("DocMDP", { P: pdfNumber(permissions) })]),
  ];
}
