import { decodeBase64, encodeBase64 } from "../../shared/encoding/base64.ts";
import type { SignResult } from "../../shared/protocol/page-messages.ts";
import { isSigningFormat } from "../../shared/protocol/signing-formats.ts";
import { HostFault, type HostPort } from "../host-port/host-port.ts";
import type { buildSignature } from "../signature/signing-format.ts";
import type { SignedFile, WindowDocument } from "./ceremony-state.ts";

/** What signing needs besides the unlocked host. */
export interface SigningJob {
  readonly documents: readonly WindowDocument[];
  /** The signing certificate, DER, from the unlocked card. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly signingTime: Date;
  readonly buildSignature: typeof buildSignature;
  /** Called after each document with the number of those that are signed. */
  readonly onSigned: (count: number) => void;
}

/** What comes of it. */
export interface SignedDocuments {
  readonly files: readonly SignedFile[];
  readonly result: SignResult;
}

/** One signature of the card over a SHA-256 digest. */
async function signDigest(host: HostPort, digest: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { signatures } = await host.request("sign", { digests: [encodeBase64(digest)] });
  const signature = decodeBase64(signatures[0] ?? "");
  if (!signature?.length) throw new HostFault({ code: "invalid-message" });
  return signature;
}

/**
 * Signs every document in order with one unlocked card, then lets the card go. Rejects with `HostFault`, and with whatever else
 * went wrong in building a file; nothing is handed on then.
 */
export async function signDocuments(host: HostPort, job: SigningJob): Promise<SignedDocuments> {
  try {
    return await signAll(host, job);
  } finally {
    // also when a file could not be built: the unlocked card must not stay so while somebody reads what went wrong
    await host.request("finish", {}).catch(() => undefined);
  }
}

async function signAll(host: HostPort, job: SigningJob): Promise<SignedDocuments> {
  const files: SignedFile[] = [];
  const signatures: SignResult["signatures"] = [];
  for (const { name, format, received } of job.documents) {
    if (!isSigningFormat(format) || !received) throw new HostFault({ code: "invalid-message" });
    const built = await job.buildSignature({
      format,
      document: received.bytes,
      certificate: job.certificate,
      signingTime: job.signingTime,
      sign: (digest) => signDigest(host, digest),
    });
    files.push({ name: built.fileName(name), type: built.type, file: built.file });
    signatures.push({
      status: "signed",
      name,
      format,
      algorithm: "RS256",
      file: built.file.slice().buffer,
      type: built.type,
      digest: built.digest.slice().buffer,
      signature: built.signature.slice().buffer,
    });
    job.onSigned(files.length);
  }
  return { files, result: { signatures, certificate: job.certificate.slice().buffer } };
}
