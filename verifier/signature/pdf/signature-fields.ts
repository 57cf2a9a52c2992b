import { integerOf, isArray, isKind, nameOf, type PdfDictionary } from "../../../formats/pdf/pdf-value.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { readPlaces, type PlacedValue } from "./dictionary-places.ts";
import type { DocumentShape } from "./document-shape.ts";
import { signatureFields, type FormField } from "./form-tree.ts";
import { SIGNED_PDF_LIMITS } from "./pdf-limits.ts";

/** A field that is signed, and its signature dictionary as it stands in the file. */
export interface SignedField {
  readonly field: FormField;
  /** Of the signature dictionary. */
  readonly number: number;
  readonly dictionary: PdfDictionary;
  readonly places: ReadonlyMap<string, PlacedValue>;
  /** By its own word; anything but a timestamp counts as a signature. */
  readonly isTimestamp: boolean;
}

/**
 * All fields with a signature or a timestamp. Refused: `file-ambiguous` for one dictionary in two fields and for one `/ByteRange` in two dictionaries,
 * `file-unsupported` for a dictionary that is no object of its own, `too-large` for too many.
 */
export async function readSignedFields(shape: DocumentShape, budget: WorkBudget): Promise<readonly SignedField[]> {
  const { document } = shape;
  const found: SignedField[] = [];
  const numbers = new Set<number>();
  const ranges = new Set<string>();
  for (const field of signatureFields(shape.fields)) {
    const { value } = field;
    const dictionary = await document.dictionary(value, "a signature");
    if (!dictionary) continue;
    if (!isKind(value, "reference")) throw new Refusal("file-unsupported", "a signature is no indirect object");
    const { number } = value;
    refuseUnless(!numbers.has(number), "file-ambiguous", `signature ${number} is in two fields`);
    numbers.add(number);
    refuseUnless(numbers.size <= SIGNED_PDF_LIMITS.signatures, "too-large", "too many signatures");
    const entry = document.references.entries.get(number);
    if (entry?.kind !== "offset") throw new Refusal("byte-range-wrong", `signature ${number} is compressed`);
    const places = readPlaces(document.file, entry.offset, budget);
    const range = places.get("ByteRange")?.value;
    const text = isArray(range) ? range.map(integerOf).join(" ") : undefined;
    refuseUnless(text === undefined || !ranges.has(text), "file-ambiguous", "two signatures have one /ByteRange");
    if (text !== undefined) ranges.add(text);
    const isTimestamp = nameOf(dictionary.get("SubFilter")) === "ETSI.RFC3161";
    found.push({ field, number, dictionary, places, isTimestamp });
  }
  return found;
}
