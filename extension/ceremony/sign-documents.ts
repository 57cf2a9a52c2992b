import { decodeHex } from "../../shared/encoding/hex.ts";
import { decodeBase64, encodeBase64 } from "../../shared/encoding/base64.ts";
import type { FaultCode } from "../../shared/errors.ts";
import { SIGNING_FORMATS } from "../../shared/protocol/signing-formats.ts";
import { HostFault, type HostPort } from "../host-port/host-port.ts";
import type { Bytes } from "../../formats/der/der.ts";
import type { PreparedSignature, Signer, SignatureSource, SourceFile } from "../signature/signature-builder.ts";
import type { WindowDocument } from "./ceremony-state.ts";

/** One signature of the card over a SHA-256 digest, with the unlocked signing key. */
export async function signDigest(host: HostPort, digest: Uint8Array): Promise<Bytes> {
  const { signatures } = await host.request("sign", { digests: [encodeBase64(digest)] });
  const signature = decodeBase64(signatures[0] ?? "");
  if (!signature?.length) throw new HostFault({ code: "invalid-message" });
  return signature;
}

function sourceFile({ name, type, received }: WindowDocument): SourceFile {
  if (!received) throw new HostFault({ code: "internal" });
  return { name, type, bytes: received.bytes, digest: decodeHex(received.digest) };
}

/** A document of the window as its format takes it, with the files that its signature covers too. */
export function signatureSource(
  documents: readonly WindowDocument[],
  index: number,
  timestamps: boolean,
): SignatureSource {
  const document = documents[index];
  if (!document) throw new RangeError("no such document");
  const { format, xml, pdf } = document;
  return {
    ...format,
    file: sourceFile(document),
    references: documents.filter(({ partOf }) => partOf === index).map(sourceFile),
    xml,
    pdf,
    timestamped: timestamps && SIGNING_FORMATS[format.format].timestamp,
  };
}

/** A document with the card's signature, its file still to be finished. */
export interface SignedDocument {
  /** Its index in the window. */
  readonly index: number;
  readonly prepared: PreparedSignature;
  readonly signature: Bytes;
}

/** What the card has done. */
export interface CardWork {
  readonly signed: readonly SignedDocument[];
  /** What broke it off behind the first signature. */
  readonly broken: FaultCode | undefined;
}

/**
 * Signs the chosen documents in order with one unlocked card, then lets the card go. One exchange a document. What fails after the
 * first signature breaks the work off and is reported beside what was signed; before it, it rejects with `HostFault`.
 */
export async function signWithCard(
  host: HostPort,
  documents: readonly WindowDocument[],
  chosen: readonly number[],
  signer: Signer,
  onSigned: (count: number) => void,
): Promise<CardWork> {
  const signed: SignedDocument[] = [];
  try {
    for (const index of chosen) {
      const opened = documents[index]?.opened;
      if (!opened) throw new HostFault({ code: "internal" });
      const prepared = await opened.prepare(signer);
      signed.push({ index, prepared, signature: await signDigest(host, prepared.toBeSigned) });
      onSigned(signed.length);
    }
    return { signed, broken: undefined };
  } catch (error) {
    if (signed.length === 0) throw error;
    return { signed, broken: error instanceof HostFault ? error.code : "internal" };
  } finally {
    // also when a file could not be built: the unlocked card must not stay so while somebody reads what went wrong
    await host.request("finish", {}).catch(() => undefined);
  }
}
