import type { Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import type { OpenedDocument, SignatureSource } from "../signature-builder.ts";
import { SIGNING_FORMATS } from "../../../shared/protocol/signing-formats.ts";
import { openKousei } from "./egov-kousei.ts";
import { openDetached } from "./detached.ts";
import { openEnveloped } from "./enveloped.ts";
import { openEnveloping } from "./enveloping.ts";
import { chooseCanonicalization } from "./canonicalization-choice.ts";
import { NO_CHARACTER } from "../../../formats/xml/xml-characters.ts";

/**
 * XML signatures (W3C XML Signature 1.1; XAdES baseline B and T of ETSI EN 319 132-1): RSA with SHA-256, the signer's certificate in KeyInfo.
 * `enveloped` puts the signature into the document, as the last child of its root, and leaves every other octet as it is; `enveloping` puts
 * the document into the signature; `detached` names it. `references` are named beside it. The profile `egov-kousei` has a layout of its own.
 *
 * What is digested is the tree of `parseXml`, the one that the window shows, or the file's octets. Comments are shown but no reference to
 * the document or a part of it covers them: XML Signature 1.1, 4.4.3.3, leaves them out.
 *
 * Rejects with `DocumentFault`; after that nothing is refused any more.
 */
export async function openXmlSignature(source: SignatureSource): Promise<OpenedDocument> {
  const { file, format, packaging, profile, timestamped, xml } = source;
  if ((format !== "xmldsig" && format !== "xades") || (timestamped && !SIGNING_FORMATS[format].timestamp))
    throw new DocumentFault("document-unsupported", `${format} by XML signature, or with a timestamp`);
  if ([file, ...source.references].some(({ type }) => NO_CHARACTER.test(type)))
    throw new DocumentFault("document-unsupported", "a media type that XML can't hold");
  if (profile === "egov-kousei") return openKousei(source, octetsOf(source));
  const canonicalization = chooseCanonicalization(xml?.canonicalization);
  if (packaging === "enveloped") return openEnveloped(source, octetsOf(source), canonicalization);
  if (xml?.target !== undefined)
    throw new DocumentFault("document-unsupported", `a part of a document by ${packaging} signature`);
  return packaging === "detached"
    ? openDetached(source, canonicalization)
    : openEnveloping(source, octetsOf(source), file.type, canonicalization);
}

function octetsOf({ file }: SignatureSource): Bytes {
  if (!file.bytes) throw new DocumentFault("document-unsupported", "a document of which only the digest is known");
  return file.bytes;
}
