import { DerFields, openDer, readTime } from "../der/der-fields.ts";

/** What a signature file needs of the signer's certificate, as it stands in it: never decoded and encoded again. */
export interface SignerIdentity {
  /** `Name` of the issuer, DER. */
  readonly issuer: Uint8Array;
  /** `CertificateSerialNumber`, an INTEGER, DER. */
  readonly serialNumber: Uint8Array;
}

/** An extension of a certificate. */
export interface CertificateExtension {
  readonly critical: boolean;
  /** The DER that stands inside of extnValue. */
  readonly value: Uint8Array;
}

/** The fields of an X.509 certificate (RFC 5280, 4.1) that are looked at here; all views into it. */
export interface Certificate extends SignerIdentity {
  /** Milliseconds since 1970, both included. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** `Name` of the subject, DER. */
  readonly subject: Uint8Array;
  /** `SubjectPublicKeyInfo`, DER. */
  readonly publicKey: Uint8Array;
  /** By the dotted form of their type. */
  readonly extensions: ReadonlyMap<string, CertificateExtension>;
}

/**
 * Reads a certificate strictly; nobody's word is taken for its signature, which is the relying party's to check. Throws `RangeError` when it
 * is none, and when an extension comes twice.
 */
export function readCertificate(certificate: Uint8Array): Certificate {
  const { serialNumber, issuer, rest } = openCertificate(certificate);
  const validity = rest.inside(0x30);
  const [notBefore, notAfter] = [readTime(validity.any()), readTime(validity.any())];
  validity.end();
  const subject = rest.next(0x30).encoding;
  const publicKey = rest.next(0x30).encoding;
  rest.optional(0x81); // issuerUniqueID
  rest.optional(0x82); // subjectUniqueID
  const list = rest.optional(0xa3);
  rest.end();
  return { serialNumber, issuer, notBefore, notAfter, subject, publicKey, extensions: readExtensions(list?.contents) };
}

/** The beginning of a certificate, and what stands behind the issuer. Throws `RangeError` when it is none. */
export function openCertificate(certificate: Uint8Array): SignerIdentity & { readonly rest: DerFields } {
  const rest = openDer(certificate).inside(0x30);
  rest.optional(0xa0); // version
  const serialNumber = rest.next(0x02).encoding;
  rest.next(0x30); // signature
  return { serialNumber, issuer: rest.next(0x30).encoding, rest };
}

function readExtensions(contents: Uint8Array | undefined): Map<string, CertificateExtension> {
  const found = new Map<string, CertificateExtension>();
  if (contents === undefined) return found;
  for (const list = openDer(contents); !list.done;) {
    const extension = list.inside(0x30);
    const type = extension.objectIdentifier();
    const critical = extension.optional(0x01)?.contents[0] === 0xff;
    const value = extension.next(0x04).contents;
    extension.end();
    if (found.has(type)) throw new RangeError(`two extensions ${type}`);
    found.set(type, { critical, value });
  }
  return found;
}
