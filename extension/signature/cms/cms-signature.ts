import { DocumentFault } from "../../../formats/document-fault.ts";
import { sha256 } from "../sha256.ts";
import type { OpenedDocument, SignatureSource, Signer } from "../signature-builder.ts";
import { prepareSignedData } from "./signed-data.ts";

const TYPES = {
  detached: { type: "application/pkcs7-signature", ending: ".p7s" },
  // RFC 8551, 3.2.1
  enveloping: { type: "application/pkcs7-mime", ending: ".p7m" },
} as const;

/**
 * CMS (RFC 5652), or CAdES baseline B (ETSI EN 319 122-1, 6.3), by `source.format`; both claim the signing time. Detached needs no more of the
 * document than its digest; enveloping holds its octets. `cades` has a place for a timestamp over the signature value, which makes baseline T of
 * it. Rejects with {@link DocumentFault} when the document would have to stand inside and only its digest is there.
 */
export function openCmsSignature(source: SignatureSource): Promise<OpenedDocument> {
  const { file, format, packaging } = source;
  return Promise.resolve().then(() => {
    if (packaging === "enveloped") throw new DocumentFault("document-unsupported", "CMS stands in no document");
    if (packaging === "enveloping" && file.bytes === undefined)
      throw new DocumentFault("document-unsupported", "enveloping needs the document, not its digest");
    const { type, ending } = TYPES[packaging];
    const prepare = async (signer: Signer) => {
      const content = packaging === "enveloping" ? file.bytes : undefined;
      const advanced = format === "cades";
      const { toBeSigned, finish } = await prepareSignedData({
        digest: file.digest,
        signer,
        content,
        signingTime: true,
        signingCertificate: advanced,
      });
      return {
        toBeSigned,
        ...(advanced && { timestampImprint: sha256 }),
        finish: (signature: Uint8Array<ArrayBuffer>, timestampToken?: Uint8Array<ArrayBuffer>) =>
          Promise.resolve({
            file: finish(signature, advanced ? timestampToken : undefined),
            type,
            name: file.name + ending,
          }),
      };
    };
    return { prepare };
  });
}
