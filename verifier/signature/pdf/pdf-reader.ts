import type { Bytes } from "../../../formats/der/der.ts";
import { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import type { FoundSignature, RefusedSignature, SignatureReader } from "../found-signature.ts";
import { readShape } from "./document-shape.ts";
import { readRevisions } from "./file-revisions.ts";
import { pdfRefusal } from "./pdf-fault.ts";
import { SIGNED_PDF_LIMITS } from "./pdf-limits.ts";
import { readSignatures } from "./read-signatures.ts";
import { readSignedFields } from "./signature-fields.ts";
import { refuseReplacedSignatures, refuseStraySignatures } from "./signature-objects.ts";

/**
 * Reads the signatures of a PDF: `adbe.pkcs7.detached` (format `pdf`) and `ETSI.CAdES.detached` (`pades`); document timestamps come as timestamps of the
 * signatures whose revisions they cover. A signature is refused unless later revisions did only what its signers allowed.
 *
 * The file as a whole is refused when it is encrypted or would have to be repaired, has an XFA form, has signatures that readers could assign in
 * two ways, or costs too much to read.
 */
export const readPdf: SignatureReader = async (file, { content }) => {
  try {
    refuseUnless(content === undefined, "content-unexpected", "a PDF holds what is signed");
    return await read(ownOctets(file));
  } catch (thrown) {
    throw pdfRefusal(thrown);
  }
};

async function read(file: Bytes): Promise<readonly (FoundSignature | RefusedSignature)[]> {
  const budget = new WorkBudget(SIGNED_PDF_LIMITS.readings);
  const document = await PdfDocument.open(file, budget);
  const revisions = readRevisions(document, budget);
  const shape = await readShape(document);
  const fields = await readSignedFields(shape, budget);
  await refuseStraySignatures(document, new Set(fields.map(({ number }) => number)));
  refuseReplacedSignatures(document, budget);
  refuseUnless(
    fields.some(({ isTimestamp }) => !isTimestamp),
    "no-signature",
    fields.length > 0 ? "there are timestamps alone" : "no field is signed",
  );
  return readSignatures({ shape, revisions, budget, spent: { compared: 0, moved: 0 } }, fields);
}

/** The reader of PDF wants memory that nobody shares; what is shared could change while it is read. */
const ownOctets = (file: Uint8Array): Bytes =>
  file.buffer instanceof ArrayBuffer ? (file as Bytes) : Uint8Array.from(file);
