import { openCertificate, readCertificate } from "../../formats/x509/certificate.ts";
import { readElement } from "../../formats/der/der.ts";
import { DerFields } from "../../formats/der/der-fields.ts";
import { refuseUnless } from "../verdict/failure.ts";

/** A certificate that stands in a CMS file, by what a signer may name it by. Nothing of it is believed. */
export interface CertificateInFile {
  /** As it stands there, DER. */
  readonly der: Uint8Array;
  /** `Name` of the issuer, DER. */
  readonly issuer: Uint8Array;
  /** The INTEGER, DER. */
  readonly serialNumber: Uint8Array;
}

const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

/** Reads as much as names the certificate. Throws `RangeError` when it is none. */
export function readCertificateInFile(der: Uint8Array): CertificateInFile {
  const { issuer, serialNumber } = openCertificate(der);
  return { der, issuer, serialNumber };
}

/** Each once: some software writes the same certificate twice. */
export function distinct(certificates: readonly CertificateInFile[]): CertificateInFile[] {
  const seen = new Set<string>();
  return certificates.filter(({ der }) => {
    const text = Buffer.from(der.buffer, der.byteOffset, der.length).toString("latin1");
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

/**
 * The one certificate that a SignerIdentifier (DER) names. Refused: `certificate-missing`, `file-ambiguous` where several have the name. Throws
 * `RangeError` when it is no SignerIdentifier.
 */
export function findCertificate(certificates: readonly CertificateInFile[], signer: Uint8Array): CertificateInFile {
  const { identifier, contents } = readElement(signer);
  const [certificate, ...more] = certificates.filter((candidate) =>
    identifier === 0x30
      ? Buffer.compare(contents, Buffer.concat([candidate.issuer, candidate.serialNumber])) === 0
      : hasKeyIdentifier(candidate, contents),
  );
  refuseUnless(certificate !== undefined, "certificate-missing", "the signer's certificate is not in the file");
  refuseUnless(more.length === 0, "file-ambiguous", "several certificates by the name that the signer gives");
  return certificate;
}

/** Whether the certificate has this subjectKeyIdentifier (RFC 5652, 5.3). One that can't be read to its end has none. */
function hasKeyIdentifier({ der }: CertificateInFile, identifier: Uint8Array): boolean {
  try {
    const value = readCertificate(der).extensions.get(SUBJECT_KEY_IDENTIFIER)?.value;
    return value !== undefined && Buffer.compare(new DerFields(value).next(0x04).contents, identifier) === 0;
  } catch (fault) {
    if (fault instanceof RangeError) return false;
    throw fault;
  }
}
