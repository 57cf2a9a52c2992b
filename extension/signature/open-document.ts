import type { SigningFormat } from "../../shared/protocol/signing-formats.ts";
import { openCmsSignature } from "./cms/cms-signature.ts";
import { openJwsSignature } from "./jws/jws-signature.ts";
import { openPdfSignature } from "./pdf/pdf-signature.ts";
import { openPkcs1Signature } from "./pkcs1/pkcs1-signature.ts";
import type { OpenDocument } from "./signature-builder.ts";
import { openXmlSignature } from "./xml/open-xml-signature.ts";

/** The format of every name; a format without a row does not compile. */
const FORMATS: Readonly<Record<SigningFormat, OpenDocument>> = {
  pkcs1: openPkcs1Signature,
  cms: openCmsSignature,
  cades: openCmsSignature,
  jws: openJwsSignature,
  xmldsig: openXmlSignature,
  xades: openXmlSignature,
  pdf: openPdfSignature,
  pades: openPdfSignature,
};

/** Opens a document for the signature that was asked for; see the step **open** of `signature-builder.ts`. */
export const openDocument: OpenDocument = (source) => FORMATS[source.format](source);
