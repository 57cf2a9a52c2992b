import { prepareSignedData } from "../cms/signed-data.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import { sha256 } from "../sha256.ts";
import type { OpenedDocument, PreparedSignature, SignatureSource, Signer } from "../signature-builder.ts";
import { planField, type FieldPlan } from "./field-plan.ts";
import { writeUpdate, type UpdatedFile } from "./incremental-update.ts";
import { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { unsupported } from "../../../formats/pdf/pdf-fault.ts";
import { dateString, japaneseTime, textString } from "../../../formats/pdf/pdf-text.ts";
import { pdfDictionary, pdfName, type PdfDictionary, type PdfReference } from "../../../formats/pdf/pdf-value.ts";
import { writeValue } from "./pdf-writer.ts";
import { Revision, type WrittenObject } from "./revision.ts";
import { writeContents, writeSignatureDictionary } from "./signature-dictionary.ts";
import { signerName } from "./signer-name.ts";
import { stampObjects, type StampLine } from "./stamp-appearance.ts";

/** `/SubFilter` of each format (ISO 32000-1, table 252; ETSI EN 319 142-1, 6.2.1). */
const SUB_FILTERS = { pades: "ETSI.CAdES.detached", pdf: "adbe.pkcs7.detached" } as const;

interface PdfPlan {
  readonly source: SignatureSource;
  readonly file: Bytes;
  readonly format: keyof typeof SUB_FILTERS;
  readonly revision: Revision;
  readonly field: FieldPlan;
}

/**
 * Opens a PDF for the formats `pades` (baseline B; T with a timestamp) and `pdf`, and so for the profile `moj-pdf`, which takes no options.
 * The signed file is the given one, octet for octet, and one more revision behind it; its signature covers everything but its own
 * `/Contents`.
 *
 * Rejects with `document-broken` what is no PDF, or one whose structure readers would have to guess; with `document-locked` an encrypted one
 * and one that an earlier signature closed; with `document-unsupported` XFA forms, a `field` that can't be filled and a `stamp` that is not on
 * its page.
 */
export async function openPdfSignature(source: SignatureSource): Promise<OpenedDocument> {
  const { format, file } = source;
  if (format !== "pades" && format !== "pdf") throw unsupported("this format is none for PDF");
  if (!file.bytes) throw unsupported("a PDF is signed with its octets at hand only");
  checkOptions(source);
  const revision = new Revision(await PdfDocument.open(file.bytes));
  const field = await planField(revision, source, SUB_FILTERS[format]);
  const plan: PdfPlan = { source, file: file.bytes, format, revision, field };
  return { prepare: (signer) => prepare(plan, signer) };
}

function checkOptions({ profile, pdf }: SignatureSource): void {
  const given = Object.values(pdf ?? {}).some((option) => option !== undefined);
  if (profile !== undefined && given) throw unsupported("this profile takes no options");
  if (pdf?.field !== undefined && pdf.stamp) throw unsupported("a field has its own place for a stamp");
}

async function prepare(plan: PdfPlan, signer: Signer): Promise<PreparedSignature> {
  const { source, format } = plan;
  const room = contentsRoom(signer, source.timestamped);
  const { covered, hole } = update(plan, signer, room);
  const signedData = await prepareSignedData({
    digest: new Uint8Array(await crypto.subtle.digest("SHA-256", covered)),
    signer,
    signingTime: format === "pdf",
    signingCertificate: format === "pades",
  });
  return {
    toBeSigned: signedData.toBeSigned,
    ...(format === "pades" && { timestampImprint: sha256 }),
    finish: (signature, timestampToken) => {
      const contents = writeContents(signedData.finish(signature, timestampToken), room);
      const file = new Uint8Array(covered.length + contents.length);
      file.set(covered.subarray(0, hole));
      file.set(contents, hole);
      file.set(covered.subarray(hole), hole + contents.length);
      const name = source.file.name.replace(/(?:\.pdf)?$/i, ".signed.pdf");
      return Promise.resolve({ file, type: "application/pdf", name });
    },
  };
}

/** The certificate goes in once, its issuer twice more; a timestamp brings certificates of its own. */
function contentsRoom({ certificate }: Signer, timestamped: boolean): number {
  return 2048 + 3 * certificate.length + (timestamped ? 16_384 : 0);
}

function update({ file, source, format, revision, field }: PdfPlan, signer: Signer, room: number): UpdatedFile {
  let size = revision.size;
  const allocate = (): PdfReference => ({ kind: "reference", number: size++, generation: 0 });
  const name = signerName(signer.certificate);
  const written: WrittenObject[] = [...revision.objects.values()].map(({ reference, value }) => ({
    reference,
    body: writeValue(value),
  }));
  if (field.stamp)
    written.push(...stampObjects(field.appearance, field.stamp, stampLines(name, signer.signingTime), allocate));
  return writeUpdate({
    file,
    previous: revision.document.references,
    objects: written,
    signature: {
      reference: field.signature,
      ...writeSignatureDictionary(signatureEntries({ source, format, field }, signer, name)),
    },
    room,
    size,
    identifier: source.file.digest.slice(0, 16),
  });
}

/** PAdES says who signed by the certificate alone; the registry offices also want the name here. */
function signatureEntries(
  { source, format, field }: Pick<PdfPlan, "source" | "format" | "field">,
  { signingTime }: Signer,
  name: string | undefined,
): PdfDictionary {
  const { reason, location } = source.pdf ?? {};
  return pdfDictionary({
    Type: pdfName("Sig"),
    Filter: pdfName("Adobe.PPKLite"),
    SubFilter: pdfName(SUB_FILTERS[format]),
    Name: format === "pdf" && name !== undefined ? textString(name, "always") : undefined,
    M: dateString(signingTime),
    Reason: reason === undefined ? undefined : textString(reason),
    Location: location === undefined ? undefined : textString(location),
    Reference: field.references.length > 0 ? field.references : undefined,
  });
}

function stampLines(name: string | undefined, signingTime: Date): readonly StampLine[] {
  const [year = "", month = "", day = "", hour = "", minute = "", second = ""] = japaneseTime(signingTime);
  return [
    { text: "電子署名", size: 0.8 },
    { text: name ?? "", size: 1.4 },
    { text: `${year}-${month}-${day} ${hour}:${minute}:${second} JST`, size: 0.8 },
  ].filter(({ text }) => text !== "");
}
