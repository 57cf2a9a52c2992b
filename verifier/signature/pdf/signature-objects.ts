import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { PdfParser } from "../../../formats/pdf/pdf-parser.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import {
  isArray,
  isDictionary,
  isKind,
  nameOf,
  type PdfDictionary,
  type PdfObject,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { objectOf } from "./object-differences.ts";

/** Whether a dictionary is a signature's or a document timestamp's (ISO 32000-2, table 255), or poses as one. */
const isSignature = (dictionary: PdfDictionary): boolean =>
  dictionary.has("ByteRange") ||
  (dictionary.has("Contents") && ["Sig", "DocTimeStamp"].includes(nameOf(dictionary.get("Type")) ?? ""));

/**
 * Reads every object of the newest revision, reachable or not. Refused: a signature dictionary that is not among `named`, or that is no object of its own
 * (`file-ambiguous`), and a stream whose octets are in another file (`not-wholly-signed`).
 */
export async function refuseStraySignatures(document: PdfDocument, named: ReadonlySet<number>): Promise<void> {
  for (const number of document.references.entries.keys()) {
    const object = await objectOf(document, number);
    const elsewhere = isKind(object, "stream") && object.dictionary.has("F");
    refuseUnless(!elsewhere, "not-wholly-signed", `stream ${number} is in another file`);
    if (isDictionary(object) && isSignature(object))
      refuseUnless(named.has(number), "file-ambiguous", `no field has the signature ${number}`);
    for (const value of valuesOf(object))
      refuseUnless(!holdsSignature(value), "file-ambiguous", `a signature inside of object ${number}`);
  }
}

/**
 * A signature that an earlier revision had and the newest one has not any more (replaced or freed) is refused as `file-ambiguous`: readers of the newest
 * revision do not see it, but it is signed.
 */
export function refuseReplacedSignatures({ file, references }: PdfDocument, budget: WorkBudget): void {
  const seen = new Set<number>();
  for (const { entries } of references.sections)
    for (const [number, entry] of entries) {
      if (entry.kind !== "offset" || seen.has(entry.offset)) continue;
      seen.add(entry.offset);
      const newest = references.entries.get(number);
      if (newest?.kind === "offset" && newest.offset === entry.offset) continue;
      if (isSignatureAt(file, entry.offset, budget))
        throw new Refusal("file-ambiguous", `signature ${number} was replaced`);
    }
}

function isSignatureAt(file: Uint8Array, offset: number, budget: WorkBudget): boolean {
  try {
    const { value } = new PdfParser(file, budget, offset).indirectObject();
    return isDictionary(value) && isSignature(value);
  } catch (thrown) {
    if (!(thrown instanceof DocumentFault)) throw thrown;
    // what nobody reads any more may be broken; as nobody knows how far it was read, all of it is paid for
    budget.spend("parsed", file.length - offset);
    return false;
  }
}

function holdsSignature(value: PdfValue): boolean {
  if (isDictionary(value)) return isSignature(value) || [...value.values()].some(holdsSignature);
  return isArray(value) && value.some(holdsSignature);
}

function valuesOf(object: PdfObject): readonly PdfValue[] {
  if (isKind(object, "stream")) return [...object.dictionary.values()];
  if (isDictionary(object)) return [...object.values()];
  return isArray(object) ? object : [];
}
