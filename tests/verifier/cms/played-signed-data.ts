import { constants, createHash, sign } from "node:crypto";
import {
  element,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  time,
  type Bytes,
} from "../../../formats/der/der.ts";
import { openCertificate } from "../../../formats/x509/certificate.ts";
import { keyIdentifier, type IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import {
  hashIdentifier,
  signatureAlgorithmIdentifier,
  type PlayedAlgorithm,
  type PlayedHash,
} from "./played-algorithms.ts";

const oid = objectIdentifier;

/** Object identifiers of what a SignerInfo is made of. */
export const CMS = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  algorithmProtection: "1.2.840.113549.1.9.52",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  signatureTimestamp: "1.2.840.113549.1.9.16.2.14",
} as const;

/** An attribute with these values. */
export const attribute = (type: string, ...values: readonly Uint8Array[]): Bytes =>
  sequence(oid(type), setOf(...values));
/** A digest. */
export const hashed = (hash: PlayedHash, octets: Uint8Array): Bytes =>
  new Uint8Array(createHash(hash).update(octets).digest());

/** How a signer departs from the sound one. */
export interface PlayedSigner {
  readonly by: IssuedCertificate;
  readonly hash?: PlayedHash;
  readonly algorithm?: PlayedAlgorithm;
  /** AlgorithmIdentifier, in place of the one that fits. */
  readonly signatureAlgorithm?: Bytes;
  readonly byKeyIdentifier?: boolean;
  readonly sid?: Uint8Array;
  /** Attributes in place of the sound ones. */
  readonly attributes?: (sound: PlayedAttributes) => readonly Uint8Array[];
  /** Attributes as they stand there, unsorted. */
  readonly unsorted?: boolean;
  /** The content itself is signed. */
  readonly bare?: boolean;
  readonly signature?: (sound: Bytes) => Uint8Array;
  readonly unsigned?: readonly Uint8Array[];
}

/** The attributes of a sound CAdES signer, each by its name. */
export interface PlayedAttributes {
  readonly contentType: Bytes;
  readonly messageDigest: Bytes;
  readonly signingTime: Bytes;
  readonly signingCertificate: Bytes;
}

/** How a file departs from the sound one: enveloping, one signer, his certificate. */
export interface PlayedSignedData {
  readonly content: Uint8Array;
  readonly detached?: boolean;
  readonly contentType?: string;
  readonly signers: readonly PlayedSigner[];
  readonly certificates?: readonly Uint8Array[];
  /** AlgorithmIdentifiers in place of those of the signers. */
  readonly digestAlgorithms?: readonly Uint8Array[];
  /** Behind everything that is in a SignedData. */
  readonly more?: readonly Uint8Array[];
}

/** Claimed by every signer. */
export const PLAYED_SIGNING_TIME = new Date("2026-11-24T01:02:03Z");

/** A ContentInfo with SignedData, DER unless asked otherwise. */
export function playSignedData(plan: PlayedSignedData): Bytes {
  const { content, contentType = CMS.data, signers } = plan;
  const certificates = plan.certificates ?? signers.map(({ by }) => by.certificate);
  const signedData = sequence(
    smallInteger(1),
    setOf(...(plan.digestAlgorithms ?? signers.map(({ hash }) => hashIdentifier(hash ?? "sha256")))),
    sequence(oid(contentType), ...(plan.detached ? [] : [element(0xa0, octetString(content))])),
    ...(certificates.length > 0 ? [element(0xa0, ...certificates)] : []),
    setOf(...signers.map((signer) => playSignerInfo(signer, content, contentType))),
    ...(plan.more ?? []),
  );
  return sequence(oid(CMS.signedData), element(0xa0, signedData));
}

/** ESS signing-certificate-v2 of SHA-256, no issuer named. */
export const essV2 = (certificate: Uint8Array): Bytes =>
  attribute(CMS.signingCertificateV2, sequence(sequence(sequence(octetString(hashed("sha256", certificate))))));

function playSignerInfo(plan: PlayedSigner, content: Uint8Array, contentType: string): Bytes {
  const { by, hash = "sha256" } = plan;
  const sound = {
    contentType: attribute(CMS.contentType, oid(contentType)),
    messageDigest: attribute(CMS.messageDigest, octetString(hashed(hash, content))),
    signingTime: attribute(CMS.signingTime, time(PLAYED_SIGNING_TIME)),
    signingCertificate: essV2(by.certificate),
  };
  const attributes = plan.attributes?.(sound) ?? Object.values(sound);
  const set = plan.unsorted ? element(0x31, ...attributes) : setOf(...attributes);
  const algorithm = plan.algorithm ?? (by.key.privateKey.asymmetricKeyType === "ec" ? "ecdsa" : "rsa");
  const pss = algorithm === "pss" ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {};
  const value = new Uint8Array(sign(hash, plan.bare ? content : set, { key: by.key.privateKey, ...pss }));
  const { issuer, serialNumber } = openCertificate(by.certificate);
  const sid = plan.byKeyIdentifier ? element(0x80, keyIdentifier(by.key)) : sequence(issuer, serialNumber);
  return sequence(
    smallInteger(plan.byKeyIdentifier ? 3 : 1),
    plan.sid ?? sid,
    hashIdentifier(hash),
    ...(plan.bare ? [] : [Uint8Array.of(0xa0, ...set.subarray(1))]),
    plan.signatureAlgorithm ?? signatureAlgorithmIdentifier(algorithm, hash),
    octetString(plan.signature?.(value) ?? value),
    ...(plan.unsigned ? [element(0xa1, ...plan.unsigned)] : []),
  );
}
