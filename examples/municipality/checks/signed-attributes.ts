import { Attribute } from "@peculiar/asn1-cms";
import { AsnArray, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";

/** The signed attribute that binds a signature to one certificate (RFC 5035, 3). */
export const id_signingCertificateV2 = "1.2.840.113549.1.9.16.2.47";

/** `ESSCertIDv2`: the hash of a certificate. `issuerSerial` is read over, as the hash says more. */
export class EssCertificateId {
  /** Absent: SHA-256, its DEFAULT. */
  hashAlgorithm?: AlgorithmIdentifier;
  certHash = new OctetString();
  issuerSerial?: ArrayBuffer;
}

/** `SigningCertificateV2`: the signer's certificate comes first. `policies` are read over. */
export class SigningCertificateV2 {
  certs: EssCertificateId[] = [];
  policies?: ArrayBuffer;
}

// decorators, called by hand: this code runs as it stands, and Node only strips types
AsnType({ type: AsnTypeTypes.Sequence })(EssCertificateId);
AsnProp({ type: AlgorithmIdentifier, optional: true })(EssCertificateId.prototype, "hashAlgorithm");
AsnProp({ type: OctetString })(EssCertificateId.prototype, "certHash");
AsnProp({ type: AsnPropTypes.Any, optional: true })(EssCertificateId.prototype, "issuerSerial");
AsnType({ type: AsnTypeTypes.Sequence })(SigningCertificateV2);
AsnProp({ type: EssCertificateId, repeated: "sequence" })(SigningCertificateV2.prototype, "certs");
AsnProp({ type: AsnPropTypes.Any, optional: true })(SigningCertificateV2.prototype, "policies");

/** The signed attributes as they are signed: under the tag of a SET OF, not the one that they are stored with (RFC 5652, 5.4). */
export class SignedAttributes extends AsnArray<Attribute> {}
AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })(SignedAttributes);
