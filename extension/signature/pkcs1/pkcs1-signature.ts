import { DocumentFault } from "../../../formats/document-fault.ts";
import { isSigningInput } from "../../../formats/signing-input.ts";
import type { OpenedDocument, SignatureSource } from "../signature-builder.ts";

/**
 * The bare RSASSA-PKCS1-v1_5 signature with SHA-256 over the document (RFC 8017, 8.2), and nothing else: it tells neither who signed nor
 * when. Rejects with {@link DocumentFault} when it shall be packed in any other way, when the octets are what another format digests, and when they
 * are not at hand, for then nobody knows (docs/decisions/0017-bare-signatures.md).
 */
export function openPkcs1Signature({ file, packaging }: SignatureSource): Promise<OpenedDocument> {
  if (packaging !== "detached")
    return Promise.reject(new DocumentFault("document-unsupported", "a bare signature is always detached"));
  if (!file.bytes || isSigningInput(file.bytes))
    return Promise.reject(new DocumentFault("document-unsupported", "octets that another format digests"));
  return Promise.resolve({
    prepare: () =>
      Promise.resolve({
        toBeSigned: file.digest,
        finish: (signature) =>
          Promise.resolve({ file: signature, type: "application/octet-stream", name: `${file.name}.sig` }),
      }),
  });
}
