import { createHash } from "node:crypto";
import { element, nothing, objectIdentifier, octetString, sequence, type Bytes } from "../../../formats/der/der.ts";
import { openDer } from "../../../formats/der/der-fields.ts";
import type { Authority } from "../../certificate/authority.ts";

/** By which hash function a certificate is named in a question; says nothing of signatures. */
export type CertificateIdHash = "sha1" | "sha256";

const HASHES: Readonly<Record<CertificateIdHash, string>> = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
};

/** What a CertID says (RFC 6960, 4.1.1). */
export interface CertificateId {
  readonly hash: CertificateIdHash;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Contents of the INTEGER. */
  readonly serialNumber: Uint8Array;
}

/** The CertID of a certificate of this authority; `serialNumber`: contents of the INTEGER, hexadecimal. */
export const certificateId = (authority: Authority, serialNumber: string, hash: CertificateIdHash): CertificateId => ({
  hash,
  issuerNameHash: digest(hash, authority.name),
  issuerKeyHash: digest(hash, keyBits(authority.publicKey)),
  serialNumber: Buffer.from(serialNumber, "hex"),
});

/** CertID, DER. */
export const encodeCertificateId = ({ hash, issuerNameHash, issuerKeyHash, serialNumber }: CertificateId): Bytes =>
  sequence(
    sequence(objectIdentifier(HASHES[hash]), nothing),
    octetString(issuerNameHash),
    octetString(issuerKeyHash),
    element(0x02, serialNumber),
  );

/** Whether a CertID (DER) is this one; the NULL behind the hash function may be missing. Throws `RangeError` for what is none. */
export function isCertificateId(encoding: Uint8Array, wanted: CertificateId): boolean {
  const fields = openDer(encoding);
  const algorithm = fields.inside(0x30);
  const hash = algorithm.objectIdentifier();
  if (algorithm.optional(0x05)?.contents.length) throw new RangeError("CertID");
  algorithm.end();
  const [name, key] = [fields.next(0x04).contents, fields.next(0x04).contents];
  const serial = fields.next(0x02).contents;
  fields.end();
  return (
    hash === HASHES[wanted.hash] &&
    Buffer.compare(name, wanted.issuerNameHash) === 0 &&
    Buffer.compare(key, wanted.issuerKeyHash) === 0 &&
    Buffer.compare(serial, wanted.serialNumber) === 0
  );
}

/** SHA-1 of a `SubjectPublicKeyInfo`'s key: how a responder names itself (RFC 6960, 4.2.1, KeyHash). */
export const keyHash = (publicKey: Uint8Array): Uint8Array => digest("sha1", keyBits(publicKey));

/** subjectPublicKey without tag, length and number of unused bits. */
function keyBits(publicKey: Uint8Array): Uint8Array {
  const fields = openDer(publicKey);
  fields.next(0x30);
  return fields.next(0x03).contents.subarray(1);
}

const digest = (hash: CertificateIdHash, octets: Uint8Array): Uint8Array => createHash(hash).update(octets).digest();
