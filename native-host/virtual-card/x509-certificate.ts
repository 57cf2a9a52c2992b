import { createHash, sign, type KeyObject } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import * as x509 from "@peculiar/asn1-x509";
import type { CertificateDates } from "./certificate-validity.ts";

const SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
const ATTRIBUTES = { C: "2.5.4.6", L: "2.5.4.7", O: "2.5.4.10", OU: "2.5.4.11", CN: "2.5.4.3" } as const;

/** One attribute of a distinguished name. */
export type Attribute = readonly [type: keyof typeof ATTRIBUTES, value: string];

/** A distinguished name: the country as PrintableString, everything else UTF-8 (RFC 5280, appendix A.1). */
export function distinguishedName(attributes: readonly Attribute[]): x509.Name {
  return new x509.Name(
    attributes.map(([type, value]) => {
      const text = type === "C" ? { printableString: value } : { utf8String: value };
      const attribute = { type: ATTRIBUTES[type], value: new x509.AttributeValue(text) };
      return new x509.RelativeDistinguishedName([new x509.AttributeTypeAndValue(attribute)]);
    }),
  );
}

/** A general name that holds a distinguished name. */
export function directoryName(...attributes: readonly Attribute[]): x509.GeneralName {
  return new x509.GeneralName({ directoryName: distinguishedName(attributes) });
}

/** An extension; `value` is an object of the ASN.1 schema. */
export function extension(extnID: string, value: unknown, critical = false): x509.Extension {
  return new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** Where the revocation list is: a directory name, not an address, as in JPKI certificates. */
export function distributionPoint(...attributes: readonly Attribute[]): x509.Extension {
  const distributionPoint = new x509.DistributionPointName({ fullName: [directoryName(...attributes)] });
  return extension(
    x509.id_ce_cRLDistributionPoints,
    new x509.CRLDistributionPoints([new x509.DistributionPoint({ distributionPoint })]),
  );
}

/** SHA-1 of the public key's bits (RFC 5280, 4.2.1.2, method 1). */
export function keyIdentifier(publicKey: KeyObject): Uint8Array {
  const { subjectPublicKey } = subjectPublicKeyInfo(publicKey);
  return createHash("sha1").update(new Uint8Array(subjectPublicKey)).digest();
}

function subjectPublicKeyInfo(publicKey: KeyObject): x509.SubjectPublicKeyInfo {
  return AsnConvert.parse(publicKey.export({ type: "spki", format: "der" }), x509.SubjectPublicKeyInfo);
}

/** What a certificate says. */
export interface CertificateFields {
  /** Four octets, the first between 01 and 7F. */
  readonly serialNumber: Uint8Array;
  readonly dates: CertificateDates;
  readonly issuer: readonly Attribute[];
  readonly subject: readonly Attribute[];
  readonly subjectKey: KeyObject;
  readonly extensions: readonly x509.Extension[];
}

/** An X.509 v3 certificate (RFC 5280) signed with RSA and SHA-256 by `issuerKey`, DER. */
export function certify(fields: CertificateFields, issuerKey: KeyObject): Uint8Array {
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: SHA256_WITH_RSA, parameters: null });
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: Uint8Array.from(fields.serialNumber).buffer,
    signature: algorithm,
    issuer: distinguishedName(fields.issuer),
    validity: new x509.Validity(fields.dates),
    subject: distinguishedName(fields.subject),
    subjectPublicKeyInfo: subjectPublicKeyInfo(fields.subjectKey),
    extensions: new x509.Extensions([...fields.extensions]),
  });
  const signature = sign("sha256", new Uint8Array(AsnConvert.serialize(tbsCertificate)), issuerKey);
  const signatureValue = Uint8Array.from(signature).buffer;
  const certificate = new x509.Certificate({ tbsCertificate, signatureAlgorithm: algorithm, signatureValue });
  return new Uint8Array(AsnConvert.serialize(certificate));
}
