import { encodeBase64 } from "../../../shared/encoding/base64.ts";
import { element, sequence, type Bytes } from "../../../formats/der/der.ts";
import { sha256 } from "../sha256.ts";
import type { Signer } from "../signature-builder.ts";
import { signerIdentity } from "../signer-certificate.ts";
import { attributeText, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import type { SignatureMarkup } from "./signature-markup.ts";

const XADES = "http://uri.etsi.org/01903/v1.3.2#";
/** What the Reference to the signed properties says it refers to (ETSI EN 319 132-1, 4.4.2). */
export const SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties";

/** What XAdES says of one signed file or element. */
export interface DataObject {
  /** ID of its Reference. */
  readonly referenceId: string;
  readonly mimeType: string;
}

/** What the signed properties say. */
export interface SignedProperties {
  readonly id: string;
  readonly signer: Signer;
  readonly objects: readonly DataObject[];
}

/**
 * The Object with the QualifyingProperties of XAdES baseline B (ETSI EN 319 132-1, 6.3): signing time, certificate with issuer and serial
 * number, and the media type of each signed object; behind them `unsigned`, the markup of {@link signatureTimestamp} or nothing.
 */
export async function qualifyingProperties(
  markup: SignatureMarkup,
  signatureId: string,
  { id, signer, objects }: SignedProperties,
  unsigned: string,
): Promise<string> {
  const { issuer, serialNumber } = signerIdentity(signer.certificate);
  // IssuerSerial of RFC 5035: directoryName [4] is explicit, as Name is a CHOICE
  const issuerSerial = sequence(sequence(element(0xa4, issuer)), serialNumber);
  const certificate = tag("CertDigest", markup.digest(await sha256(signer.certificate)));
  const signingCertificate = tag("Cert", certificate + tag("IssuerSerialV2", encodeBase64(issuerSerial)));
  const signature =
    tag("SigningTime", `${signer.signingTime.toISOString().slice(0, 19)}Z`) +
    tag("SigningCertificateV2", signingCertificate);
  const formats = objects.map(({ referenceId, mimeType }) =>
    tag("DataObjectFormat", tag("MimeType", attributeText(mimeType)), ` ObjectReference="#${referenceId}"`),
  );
  const signed = tag(
    "SignedProperties",
    tag("SignedSignatureProperties", signature) + tag("SignedDataObjectProperties", formats.join("")),
    ` Id="${id}"`,
  );
  const properties = tag("QualifyingProperties", signed + unsigned, ` xmlns:xades="${XADES}" Target="#${signatureId}"`);
  return markup.element("Object", {}, properties);
}

/** UnsignedProperties with a SignatureTimeStamp, which makes baseline T (ETSI EN 319 132-1, 5.3). */
export function signatureTimestamp(markup: SignatureMarkup, method: Canonicalization, token: Bytes): string {
  const timestamp = markup.canonicalizationMethod(method) + tag("EncapsulatedTimeStamp", encodeBase64(token));
  return tag("UnsignedProperties", tag("UnsignedSignatureProperties", tag("SignatureTimeStamp", timestamp)));
}

const tag = (name: string, contents: string, attributes = ""): string =>
  `<xades:${name}${attributes}>${contents}</xades:${name}>`;
