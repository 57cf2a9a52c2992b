import { createPublicKey, type KeyObject } from "node:crypto";
import { AsnIA5StringConverter, AsnUtf8StringConverter, OctetString } from "@peculiar/asn1-schema";
import * as x509 from "@peculiar/asn1-x509";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CertificateDates } from "./certificate-validity.ts";
import type { Person } from "./people.ts";
import {
  certify,
  directoryName,
  distributionPoint,
  extension,
  keyIdentifier,
  type Attribute,
} from "./x509-certificate.ts";

const PROFILES = {
  authentication: { unit: "JPKI for user authentication", policy: "1.2.392.200149.8.5.1.3.30", responder: "ocspauth" },
  signing: { unit: "JPKI for digital signature", policy: "1.2.392.200149.8.5.1.0.20", responder: "ocspsign" },
} as const;
/** The arc of the resident's data in subjectAltName. */
const RESIDENT_DATA = "1.2.392.200149.8.5.5";
/** Under ITU-T X.660's arc for examples: an extension that only makes a certificate longer. */
const PADDING = "2.999.1";
const COUNTRY: Attribute = ["C", "JP"];
// never `JPKI`: no chain of the test authority may be taken for a real one
const ORGANISATION: Attribute = ["O", "JPKI-TEST"];
const SERVICE: readonly Attribute[] = [COUNTRY, ["O", "公的個人認証サービス"]];

/** One name for both generations: only the signature and the key identifier tell them apart. */
function authorityName(key: KeyName): readonly Attribute[] {
  const operator: Attribute = ["OU", "Japan Agency for Local Authority Information Systems"];
  return [COUNTRY, ORGANISATION, ["OU", PROFILES[key].unit], operator];
}

function keyUsage(flags: number): x509.Extension {
  return extension(x509.id_ce_keyUsage, new x509.KeyUsage(flags), true);
}

function subjectKeyIdentifier(publicKey: KeyObject): x509.Extension {
  return extension(x509.id_ce_subjectKeyIdentifier, new x509.SubjectKeyIdentifier(keyIdentifier(publicKey)));
}

/** What every certificate of the authority needs beside its profile. */
export interface CertificateIdentity {
  /** Four octets, the first between 01 and 7F. */
  readonly serialNumber: Uint8Array;
  readonly dates: CertificateDates;
}

/** A self-signed certificate of the test authority for one kind of key, DER: the profile of the real authority certificates. */
export function authorityCertificate(key: KeyName, authorityKey: KeyObject, identity: CertificateIdentity): Uint8Array {
  const name = authorityName(key);
  const publicKey = createPublicKey(authorityKey);
  const extensions = [
    keyUsage(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign),
    extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName([directoryName(...SERVICE)])),
    extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: true }), true),
    distributionPoint(...name),
    subjectKeyIdentifier(publicKey),
  ];
  return certify({ ...identity, issuer: name, subject: name, subjectKey: publicKey, extensions }, authorityKey);
}

/** A certificate for a resident. */
export interface ResidentCertificate extends CertificateIdentity {
  readonly key: KeyName;
  readonly person: Person;
  /** 21 to 24 letters and digits, another one for every certificate. */
  readonly commonName: string;
  readonly subjectKey: KeyObject;
  readonly authorityKey: KeyObject;
  /** The certificate is padded to so many octets if it is shorter. */
  readonly octets: number;
}

/** A resident's certificate, DER: the profile of the signing or the authentication certificate. */
export function residentCertificate(resident: ResidentCertificate): Uint8Array {
  const { key, person, authorityKey } = resident;
  const place: readonly Attribute[] = [
    ["L", person.prefecture],
    ["L", person.city],
  ];
  const fields = {
    serialNumber: resident.serialNumber,
    dates: resident.dates,
    issuer: authorityName(key),
    subject: [COUNTRY, ...(key === "signing" ? place : []), ["CN", resident.commonName]] as const,
    subjectKey: resident.subjectKey,
    extensions: residentExtensions(resident),
  };
  const padded = (octets: number): Uint8Array =>
    certify({ ...fields, extensions: [...fields.extensions, padding(octets)] }, authorityKey);
  const plain = certify(fields, authorityKey);
  const missing = resident.octets - plain.length;
  if (missing <= 0) return plain;
  // the extension's own headers come on top: what they make too long is taken away again
  const tooMuch = padded(missing).length - resident.octets;
  return tooMuch < missing ? padded(missing - tooMuch) : plain;
}

function padding(octets: number): x509.Extension {
  return extension(PADDING, new OctetString(new Uint8Array(octets)));
}

function residentExtensions({ key, person, subjectKey, authorityKey }: ResidentCertificate): x509.Extension[] {
  const { unit, responder } = PROFILES[key];
  const { digitalSignature, nonRepudiation } = x509.KeyUsageFlags;
  const host = `http://${responder}.jpki.test/`;
  const access = new x509.AccessDescription({
    accessMethod: x509.id_ad_ocsp,
    accessLocation: new x509.GeneralName({ uniformResourceIdentifier: host }),
  });
  const authorityKeyId = new x509.KeyIdentifier(keyIdentifier(createPublicKey(authorityKey)));
  return [
    keyUsage(key === "signing" ? digitalSignature | nonRepudiation : digitalSignature),
    ...(key === "authentication"
      ? [extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([x509.id_kp_clientAuth]))]
      : [extension(x509.id_ce_subjectAltName, residentData(person))]),
    certificatePolicies(PROFILES[key].policy),
    extension(x509.id_ce_issuerAltName, new x509.IssueAlternativeName([directoryName(...SERVICE)])),
    distributionPoint(
      COUNTRY,
      ORGANISATION,
      ["OU", unit],
      ["OU", "CRL Distribution Points"],
      ["OU", person.prefecture],
      ["CN", `${person.city} CRL DP`],
    ),
    extension(x509.id_pe_authorityInfoAccess, new x509.AuthorityInfoAccessSyntax([access])),
    extension(x509.id_ce_authorityKeyIdentifier, new x509.AuthorityKeyIdentifier({ keyIdentifier: authorityKeyId })),
    subjectKeyIdentifier(subjectKey),
  ];
}

function residentData(person: Person): x509.SubjectAlternativeName {
  const texts = [
    person.name,
    person.nameSubstituted,
    person.sex,
    person.birth,
    person.address,
    person.addressSubstituted,
  ];
  return new x509.SubjectAlternativeName(
    texts.map((text, index) => {
      const typeId = `${RESIDENT_DATA}.${index + 1}`;
      const value = AsnUtf8StringConverter.toASN(text).toBER();
      return new x509.GeneralName({ otherName: new x509.OtherName({ typeId, value }) });
    }),
  );
}

function certificatePolicies(policyIdentifier: string): x509.Extension {
  const statement = new x509.PolicyQualifierInfo({
    // id-qt-cps (RFC 5280, 4.2.1.4)
    policyQualifierId: "1.3.6.1.5.5.7.2.1",
    qualifier: AsnIA5StringConverter.toASN("http://www.jpki.test/cps.html").toBER(),
  });
  const policy = new x509.PolicyInformation({ policyIdentifier, policyQualifiers: [statement] });
  return extension(x509.id_ce_certificatePolicies, new x509.CertificatePolicies([policy]), true);
}
