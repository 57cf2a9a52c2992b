import { element, objectIdentifier, octetString, sequence, time, type Bytes } from "../../../formats/der/der.ts";
import { attribute, CMS, essV2, hashed, type PlayedSigner } from "../cms/played-signed-data.ts";
import { pssIdentifier } from "../cms/played-algorithms.ts";
import { every } from "../cms/cms-outcome.ts";
import { CONTENT } from "./cms-makers.ts";
import { HANAKO, RENEWED, TARO } from "./people.ts";

const OTHER = hashed("sha256", Buffer.from("other"));
const digestOf = (...values: Uint8Array[]): Bytes => attribute(CMS.messageDigest, ...values);
const SHA1_NAMED = (certificate: Uint8Array): Bytes =>
  attribute(CMS.signingCertificate, sequence(sequence(sequence(octetString(hashed("sha1", certificate))))));
const tampered = (value: Bytes): Bytes => value.with(5, (value[5] ?? 0) ^ 1);

/** Signers that sign well what they should not sign so. */
export const ATTRIBUTE_CASES: Readonly<Record<string, Partial<PlayedSigner>>> = {
  "message-digest left out": { attributes: (a) => [a.contentType, a.signingCertificate] },
  "content-type left out": { attributes: (a) => [a.messageDigest, a.signingCertificate] },
  "no signing certificate": { attributes: (a) => [a.contentType, a.messageDigest] },
  "no signing time": { attributes: (a) => [a.contentType, a.messageDigest, a.signingCertificate] },
  "no attribute": { attributes: () => [] },
  "not sorted": { attributes: (a) => [a.signingCertificate, a.messageDigest, a.contentType], unsorted: true },
  "one attribute twice": { attributes: (a) => [...every(a), a.contentType] },
  "one type twice": { attributes: (a) => [...every(a), attribute(CMS.signingTime, time(new Date(0)))] },
  "two digests": {
    attributes: (a) => [
      a.contentType,
      a.signingCertificate,
      digestOf(octetString(hashed("sha256", CONTENT)), octetString(OTHER)),
    ],
  },
  "a digest of nothing": {
    attributes: (a) => [a.contentType, a.signingCertificate, digestOf()],
  },
  "another digest": { attributes: (a) => [a.contentType, a.signingCertificate, digestOf(octetString(OTHER))] },
  "a digest that is no OCTET STRING": {
    attributes: (a) => [a.contentType, a.signingCertificate, digestOf(element(0x0c, hashed("sha256", CONTENT)))],
  },
  "another content type": {
    attributes: (a) => [
      a.messageDigest,
      a.signingCertificate,
      attribute(CMS.contentType, objectIdentifier(CMS.signedData)),
    ],
  },
  "a time that is none": {
    attributes: (a) => [
      a.contentType,
      a.messageDigest,
      a.signingCertificate,
      attribute(CMS.signingTime, element(0x17, Buffer.from("261324010203Z"))),
    ],
  },
  "another certificate named": { attributes: (a) => [a.contentType, a.messageDigest, essV2(TARO.certificate)] },
  "another certificate of the same key named": {
    attributes: (a) => [a.contentType, a.messageDigest, essV2(RENEWED.certificate)],
  },
  "the certificate named by SHA-1 alone": {
    attributes: (a) => [a.contentType, a.messageDigest, SHA1_NAMED(HANAKO.certificate)],
  },
  "another certificate named by SHA-1": {
    attributes: (a) => [a.contentType, a.messageDigest, SHA1_NAMED(TARO.certificate)],
  },
  "an attribute that nobody knows": {
    attributes: (a) => [...every(a), attribute("1.2.3.4", octetString(OTHER))],
  },
  "signed with SHA-1": { hash: "sha1" },
  "signed with MD5": { hash: "md5" },
  "signed with SHA-384": { hash: "sha384" },
  "signed with SHA-512": { hash: "sha512" },
  "RSA and the hash function named together": { algorithm: "rsa-with" },
  "PSS named without parameters": { signatureAlgorithm: pssIdentifier() },
  "PSS named for a value that is none": { signatureAlgorithm: pssIdentifier("sha256", 32) },
  "ECDSA named for an RSA value": { signatureAlgorithm: sequence(objectIdentifier("1.2.840.10045.4.3.2")) },
  "an algorithm that nobody knows": { signatureAlgorithm: sequence(objectIdentifier("1.2.3.4")) },
  "by key identifier": { byKeyIdentifier: true },
  "without attributes": { bare: true },
  "its value changed": { signature: tampered },
  "an empty value": { signature: () => new Uint8Array() },
};
