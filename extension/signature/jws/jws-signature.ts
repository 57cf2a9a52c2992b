import { DocumentFault } from "../../../formats/document-fault.ts";
import type { OpenedDocument, SignatureSource } from "../signature-builder.ts";
import { encodeBase64url } from "./base64url.ts";
import { prepareCompactJws } from "./compact-jws.ts";

/**
 * A JWS over the document's octets (RFC 7515), in the compact serialization. `enveloping` holds them, base64url; `detached` signs them as they
 * are and leaves their place empty (RFC 7797). `typ` is always `JOSE`, so that no document can be taken for a token of another kind, whatever
 * JSON the site gave to be signed; `cty` is the document's media type. Rejects with {@link DocumentFault} when only a digest is there, because
 * the header is digested together with the payload.
 */
export function openJwsSignature({ file, packaging }: SignatureSource): Promise<OpenedDocument> {
  return Promise.resolve().then(() => {
    const { bytes } = file;
    if (packaging === "enveloped") throw new DocumentFault("document-unsupported", "JWS stands in no document");
    if (bytes === undefined) throw new DocumentFault("document-unsupported", "JWS needs the document, not its digest");
    const unencoded = packaging === "detached";
    const payload = unencoded ? bytes : encodeBase64url(bytes);
    const content = { type: "JOSE", contentType: contentType(file.type), payload, unencoded };
    return {
      prepare: async ({ certificate }) => {
        const { toBeSigned, finish } = await prepareCompactJws(certificate, content);
        return {
          toBeSigned,
          finish: (signature) =>
            Promise.resolve({ file: finish(signature), type: "application/jose", name: `${file.name}.jws` }),
        };
      },
    };
  });
}

/** RFC 7515, 4.1.10: `application/` is left out where no other slash stands behind it. */
function contentType(type: string): string {
  const short = type.replace(/^application\//i, "");
  return short.includes("/") ? type : short;
}
