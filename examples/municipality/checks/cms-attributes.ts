import { Attribute } from "@peculiar/asn1-cms";
import { AsnArray, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";

/** ESS signing-certificate-v2: the attribute that binds a signature to one certificate (RFC 5035, 3). */
export const id_signingCertificateV2 = "1.2.840.113549.1.9.16.2.47";

/** The attribute that says what is signed (RFC 5652, 11.1). */
export const id_contentType = "1.2.840.113549.1.9.3";

/** `ContentType`, an OBJECT IDENTIFIER. */
export class ContentType {
  value = "";
}
AsnType({ type: AsnTypeTypes.Choice })(ContentType);
AsnProp({ type: AsnPropTypes.ObjectIdentifier })(ContentType.prototype, "value");

/** `ESSCertIDv2`; the hash algorithm is SHA-256 when it is left out. */
class EssCertIdV2 {
  hashAlgorithm?: AlgorithmIdentifier;
  certHash: OctetString = new OctetString();
  issuerSerial?: ArrayBuffer;
}
AsnProp({ type: AlgorithmIdentifier, optional: true })(EssCertIdV2.prototype, "hashAlgorithm");
AsnProp({ type: OctetString })(EssCertIdV2.prototype, "certHash");
AsnProp({ type: AsnPropTypes.Any, optional: true })(EssCertIdV2.prototype, "issuerSerial");

/** `SigningCertificateV2`: the signer's certificate comes first. */
export class SigningCertificateV2 {
  certs: EssCertIdV2[] = [];
  policies?: ArrayBuffer;
}
AsnProp({ type: EssCertIdV2, repeated: "sequence" })(SigningCertificateV2.prototype, "certs");
AsnProp({ type: AsnPropTypes.Any, optional: true })(SigningCertificateV2.prototype, "policies");

/** `SignedAttributes` as they are signed: under the tag of a SET OF, not the one that they are stored with (RFC 5652, 5.4). */
export class SignedAttributes extends AsnArray<Attribute> {}
AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })(SignedAttributes);
