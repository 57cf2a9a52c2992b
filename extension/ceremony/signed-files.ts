import { decodeHex } from "../../shared/encoding/hex.ts";
import type { SignResult } from "../../shared/protocol/page-messages.ts";
import type { Bytes } from "../../formats/der/der.ts";
import type { SignatureFile } from "../signature/signature-builder.ts";
import { readTimestampResponse } from "../signature/timestamp/timestamp-response.ts";
import { timestampRequest } from "../signature/timestamp/timestamp-request.ts";
import type { SignedFile, WindowDocument } from "./ceremony-state.ts";
import type { CardWork, SignedDocument } from "./sign-documents.ts";

/** Sends a DER TimeStampReq to the page's function and resolves to what it gave; rejects when it gave nothing in time. */
export type AskTimestamp = (request: Bytes) => Promise<Bytes>;

/** Finished files, and what is said of every document, in the order of the documents. */
export interface SignedFiles {
  readonly files: readonly SignedFile[];
  readonly result: SignResult;
  /** Chosen documents that the card was not asked for any more. */
  readonly unsigned: readonly number[];
}

/** The page's function gave no timestamp that fits: it can be asked again, without the card. */
export class TimestampLacking extends Error {
  override readonly name = "TimestampLacking";
}

/** RFC 3161, 2.4.1: a large random number that no answer to another request carries. */
const newNonce = (): Bytes => crypto.getRandomValues(new Uint8Array(16));

async function timestampOf(signed: SignedDocument, ask: AskTimestamp | undefined): Promise<Bytes | undefined> {
  const imprint = await signed.prepared.timestampImprint?.(signed.signature);
  if (!imprint || !ask) return undefined;
  const nonce = newNonce();
  try {
    return await readTimestampResponse(await ask(timestampRequest(imprint, nonce)), { imprint, nonce });
  } catch (cause) {
    throw new TimestampLacking("no timestamp", { cause });
  }
}

/** Puts signatures and timestamps in; rejects with {@link TimestampLacking}. Files that are finished already are kept in `finished`, so that a second try asks for the rest only. */
export async function finishFiles(
  { signed }: CardWork,
  finished: Map<number, SignatureFile>,
  ask: AskTimestamp | undefined,
): Promise<void> {
  for (const one of signed) {
    if (finished.has(one.index)) continue;
    const token = await timestampOf(one, ask);
    const file = await one.prepared.finish(one.signature, token).catch((cause: unknown) => {
      // a token that there is no room for: the signature itself is good, and is kept for another
      throw token ? new TimestampLacking("no place for the timestamp", { cause }) : cause;
    });
    finished.set(one.index, file);
  }
}

/** The result for the page, and the resident's own copies. */
export function describeResult(
  documents: readonly WindowDocument[],
  chosen: readonly number[],
  { signed }: CardWork,
  finished: ReadonlyMap<number, SignatureFile>,
  certificate: Bytes,
): SignedFiles {
  const files: SignedFile[] = [];
  const signatures: SignResult["signatures"] = [];
  documents.forEach(({ name, partOf, format: { format }, received }, document) => {
    if (partOf !== undefined) return;
    const file = finished.get(document);
    const work = signed.find(({ index }) => index === document);
    if (!file || !work) {
      signatures.push({ status: "not-signed", name, format });
      return;
    }
    files.push({ ...file, document });
    signatures.push({
      status: "signed",
      name,
      format,
      algorithm: "RS256",
      bytes: file.file.length,
      type: file.type,
      digest: decodeHex(received?.digest ?? "").buffer,
      signature: work.signature.slice().buffer,
    });
  });
  const unsigned = chosen.filter((index) => !finished.has(index));
  return { files, unsigned, result: { signatures, certificate: certificate.slice().buffer } };
}
