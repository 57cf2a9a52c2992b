import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { nameOf, type PdfDictionary, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";

/** What a signature field's value is: by its `/SubFilter`, which every later check holds it to. */
export async function valueKind(
  document: PdfDocument,
  value: PdfValue | undefined,
): Promise<"signature" | "timestamp" | undefined> {
  const dictionary = await document.dictionary(value, "a signature");
  if (!dictionary) return undefined;
  return nameOf(dictionary.get("SubFilter")) === TIMESTAMP ? "timestamp" : "signature";
}

const TIMESTAMP = "ETSI.RFC3161";
/** SHA-1, by their very definition (ISO 32000-1, 12.8.3.2 and 12.8.3.3). */
const WEAK = ["adbe.pkcs7.sha1", "adbe.x509.rsa_sha1"];

/** The formats that a signature in a PDF can have (ISO 32000-2, table 260). */
export type SubFilter = "adbe.pkcs7.detached" | "ETSI.CAdES.detached" | typeof TIMESTAMP;
const SUB_FILTERS: readonly SubFilter[] = ["adbe.pkcs7.detached", "ETSI.CAdES.detached", TIMESTAMP];

/** Reads `/Type` and `/SubFilter`. Refused: `algorithm-weak` for those of SHA-1, `file-unsupported` for all others. */
export function readSubFilter(dictionary: PdfDictionary): SubFilter {
  const name = nameOf(dictionary.get("SubFilter")) ?? "";
  refuseUnless(!WEAK.includes(name), "algorithm-weak", `/SubFilter ${name}`);
  const known = SUB_FILTERS.find((one) => one === name);
  if (!known) throw new Refusal("file-unsupported", "an unknown /SubFilter");
  const type = dictionary.get("Type") ?? null;
  const expected = known === TIMESTAMP ? "DocTimeStamp" : "Sig";
  refuseUnless(type === null || nameOf(type) === expected, "file-broken", `/Type is not /${expected}`);
  return known;
}
