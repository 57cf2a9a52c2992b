import type { KeyObject } from "node:crypto";
import { openDer, readTime, type DerFields } from "../../formats/der/der-fields.ts";
import type { DerView } from "../../formats/der/der.ts";
import type { SignatureAlgorithm } from "../cryptography/algorithms.ts";
import type { KeyType } from "../cryptography/public-key.ts";
import { readSignatureAlgorithm } from "../cryptography/signature-algorithm-identifier.ts";
import { verifyEncodedSignature } from "../cryptography/signature-value.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import { readExtensions, type Extension } from "./extensions.ts";

/** Longer certificates are not read: JPKI's have about 2,000 octets. */
export const CERTIFICATE_OCTETS = 16_384;

/** The fields of an X.509 certificate (RFC 5280, 4.1) that are looked at; all views into it. */
export interface X509Certificate {
  readonly der: Uint8Array;
  /** TBSCertificate, DER: what the signature is over. */
  readonly toBeSigned: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** As it stands in the BIT STRING: ECDSA in DER. */
  readonly signatureValue: Uint8Array;
  /** Contents of the INTEGER. */
  readonly serialNumber: Uint8Array;
  /** `Name`, DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Milliseconds since 1970, both included. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** `SubjectPublicKeyInfo`, DER. */
  readonly publicKey: Uint8Array;
  /** By the dotted form of their type. */
  readonly extensions: ReadonlyMap<string, Extension>;
}

/**
 * Reads a certificate of version 3 strictly, one way only: DER throughout, nothing behind anything, a positive serial number of up to 20 octets, both
 * statements of the signature's algorithm equal. Nobody's word is taken for its signature yet. Refused: `certificate-unreadable`, and what
 * {@link readSignatureAlgorithm} refuses.
 */
export function readX509Certificate(der: Uint8Array): X509Certificate {
  refuseUnless(der.length <= CERTIFICATE_OCTETS, "certificate-unreadable", `longer than ${CERTIFICATE_OCTETS} octets`);
  try {
    return readFields(der);
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("certificate-unreadable", fault.message);
    throw fault;
  }
}

function readFields(der: Uint8Array): X509Certificate {
  const outer = openDer(der);
  const toBeSigned = outer.next(0x30).encoding;
  const algorithm = outer.next(0x30).encoding;
  const signatureValue = bitString(outer.next(0x03));
  outer.end();
  const fields = openDer(toBeSigned);
  const [tag, length, ...version] = fields.next(0xa0).contents;
  if (tag !== 0x02 || length !== 1 || version.length !== 1 || version[0] !== 2) throw new RangeError("not version 3");
  const serialNumber = positive(fields.next(0x02));
  if (Buffer.compare(fields.next(0x30).encoding, algorithm) !== 0) throw new RangeError("two algorithms");
  const issuer = fields.next(0x30).encoding;
  const validity = fields.inside(0x30);
  const [notBefore, notAfter] = [certificateTime(validity), certificateTime(validity)];
  validity.end();
  const subject = fields.next(0x30).encoding;
  const publicKey = fields.next(0x30).encoding;
  fields.optional(0x81); // issuerUniqueID
  fields.optional(0x82); // subjectUniqueID
  const list = fields.optional(0xa3);
  fields.end();
  const extensions = readExtensions(list?.contents);
  const signatureAlgorithm = readSignatureAlgorithm(algorithm);
  const names = { issuer, subject, serialNumber };
  return { der, toBeSigned, signatureAlgorithm, signatureValue, ...names, notBefore, notAfter, publicKey, extensions };
}

/** Whether the certificate's signature is that of this key. An algorithm that is not for such a key is no: `false`. */
export function isSignedBy(certificate: X509Certificate, key: KeyObject, keyType: KeyType): boolean {
  const { signatureAlgorithm, toBeSigned, signatureValue } = certificate;
  try {
    return verifyEncodedSignature(signatureAlgorithm, key, keyType, toBeSigned, signatureValue);
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

function bitString({ contents }: DerView): Uint8Array {
  if (contents[0] !== 0) throw new RangeError("unused bits in the signature");
  return contents.subarray(1);
}

function positive({ contents }: DerView): Uint8Array {
  const [first = 0x80, second = 0x80] = contents;
  const zero = contents.length === 1 && first === 0;
  const padded = contents.length > 1 && first === 0 && second < 0x80;
  if (first >= 0x80 || zero || padded || contents.length > 20) throw new RangeError("serial number");
  return contents;
}

/** RFC 5280, 4.1.2.5: no fractions of seconds. */
function certificateTime(validity: DerFields): number {
  const view = validity.any();
  if (view.contents.length !== (view.identifier === 0x17 ? 13 : 15)) throw new RangeError("time");
  return readTime(view);
}
