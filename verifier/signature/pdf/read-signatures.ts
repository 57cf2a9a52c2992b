import { concatBytes } from "../../../shared/encoding/bytes.ts";
import { nameOf } from "../../../formats/pdf/pdf-value.ts";
import { toDefiniteLengths } from "../../cms/ber.ts";
import type { CheckedSigner } from "../../cms/check-signer-info.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import type { FoundSignature, FoundTimestamp, RefusedSignature } from "../found-signature.ts";
import { coveredPieces, readByteRange, readContents, type ByteRange } from "./byte-range.ts";
import { readClaimedTime } from "./claimed-time.ts";
import { LaterRevisions } from "./later-revisions.ts";
import { pdfRefusal } from "./pdf-fault.ts";
import { SIGNED_PDF_LIMITS } from "./pdf-limits.ts";
import { checkContents } from "./signature-contents.ts";
import { readSubFilter, type SubFilter } from "./signature-dictionary.ts";
import type { SignedField } from "./signature-fields.ts";
import { checkWasThere, openSignedRevision, type NewestRevision, type SignedRevision } from "./signed-revision.ts";

/** A signature or timestamp whose form holds. */
interface Formed extends SignedField {
  readonly subFilter: SubFilter;
  readonly range: ByteRange;
  readonly contents: Uint8Array;
  readonly revision: SignedRevision;
}

type Result = FoundSignature | RefusedSignature;

/** Checks the form of all signatures, then of each whether its content is what it says, then what later revisions did. */
export async function readSignatures(
  newest: NewestRevision,
  fields: readonly SignedField[],
): Promise<readonly Result[]> {
  const formed: (Formed | RefusedSignature)[] = [];
  for (const field of fields) formed.push(await form(newest, field));
  const sound = formed.filter((one): one is Formed => !("refusal" in one));
  const timestamps = sound.filter(({ isTimestamp }) => isTimestamp);
  const signatures = sound.filter(({ isTimestamp }) => !isTimestamp);
  refuseTooMuch(signatures, timestamps);
  const later = new LaterRevisions(
    newest,
    sound.map(({ revision }) => revision),
  );
  const results: Result[] = [];
  for (const one of formed)
    if ("refusal" in one) results.push(one);
    else if (!one.isTimestamp) results.push(await judge(newest, one, later, timestamps));
  return results;
}

async function form(newest: NewestRevision, field: SignedField): Promise<Formed | RefusedSignature> {
  const { file } = newest.shape.document;
  try {
    const subFilter = readSubFilter(field.dictionary);
    const placed = field.places.get("Contents");
    const range = readByteRange(file, field.places.get("ByteRange"), placed);
    const contents = readContents(file, placed);
    const revision = await openSignedRevision(newest, range.end);
    checkWasThere(revision, field);
    return { ...field, subFilter, range, contents, revision };
  } catch (thrown) {
    return refused(field, "form", pdfRefusal(thrown));
  }
}

async function judge(
  { shape, revisions }: NewestRevision,
  formed: Formed,
  later: LaterRevisions,
  timestamps: readonly Formed[],
): Promise<Result> {
  const { file } = shape.document;
  const { subFilter, range, contents, revision, dictionary } = formed;
  let check: RefusedSignature["check"] = "form";
  try {
    if (subFilter === "ETSI.RFC3161") throw new Refusal("file-unsupported", "a timestamp is no signature");
    const signer = checkContents(subFilter, contents, coveredPieces(file, range));
    check = "coverage";
    const laterChanges = await later.changesSince(revision);
    const { certificate, algorithm, signed, value } = signer;
    return {
      ...{ format: formatOf(formed), certificate, algorithm, signed, value },
      claimedTime:
        (subFilter === "adbe.pkcs7.detached" ? signer.claimedTime : undefined) ?? readClaimedTime(dictionary.get("M")),
      coverage: {
        ...{ kind: "revision", whole: true, octets: range.end, laterChanges },
        ...{ revision: revision.index + 1, revisions: revisions.length },
      },
      timestamps: [...signatureTimestamps(signer), ...documentTimestamps(file, formed, timestamps)],
      label: formed.field.name,
    };
  } catch (thrown) {
    const refusal = pdfRefusal(thrown);
    return refused(formed, refusal.code === "content-differs" ? "content" : check, refusal);
  }
}

const signatureTimestamps = ({ timestamps, rawValue }: CheckedSigner): readonly FoundTimestamp[] =>
  timestamps.map((token) => ({ token, over: rawValue }));

/** Timestamps of this revision's octets and more. One that can't be read counts as none. */
function documentTimestamps(file: Uint8Array, { revision }: Formed, all: readonly Formed[]): readonly FoundTimestamp[] {
  return all
    .filter((timestamp) => timestamp.revision.index > revision.index)
    .flatMap(({ contents, range }) => {
      const token = tokenIn(contents);
      // put together when it is asked for: each is as long as the file
      return token
        ? [
            {
              token,
              get over() {
                return concatBytes(...coveredPieces(file, range));
              },
            },
          ]
        : [];
    });
}

function tokenIn(contents: Uint8Array): Uint8Array | undefined {
  try {
    return toDefiniteLengths(contents, "zeros");
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

function refuseTooMuch(signatures: readonly Formed[], timestamps: readonly Formed[]): void {
  let octets = 0;
  for (const { range, revision } of signatures) {
    octets += range.end;
    for (const timestamp of timestamps) if (timestamp.revision.index > revision.index) octets += timestamp.range.end;
  }
  refuseUnless(octets <= SIGNED_PDF_LIMITS.hashed, "too-large", "its signatures cover too much, too often");
}

const formatOf = ({ dictionary }: SignedField): "pdf" | "pades" =>
  nameOf(dictionary.get("SubFilter"))?.startsWith("ETSI.") === true ? "pades" : "pdf";

function refused(signed: SignedField, check: RefusedSignature["check"], refusal: Refusal): RefusedSignature {
  const claimedTime = readClaimedTime(signed.dictionary.get("M"));
  return { refusal, check, label: signed.field.name, format: formatOf(signed), ...(claimedTime && { claimedTime }) };
}
