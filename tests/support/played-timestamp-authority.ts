import { constants, createHash, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import {
  element,
  nothing,
  objectIdentifier,
  octetString,
  readElement,
  sequence,
  setOf,
  smallInteger,
  time,
  unsignedInteger,
  yes,
  type Bytes,
} from "../../formats/der/der.ts";
import type { ExpectedTimestamp } from "../../extension/signature/timestamp/timestamp-response.ts";

const text = (value: string): Bytes => new TextEncoder().encode(value);
const oid = objectIdentifier;
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const HASH_IDS = { sha1: "1.3.14.3.2.26", sha256: "2.16.840.1.101.3.4.2.1", sha384: "2.16.840.1.101.3.4.2.2" } as const;
/** A hash function that the played authority knows. */
type Hash = keyof typeof HASH_IDS;

/** What a played authority's certificate is made of; without anything it is as RFC 3161 wants it. */
export interface PlayedAuthorityOptions {
  readonly key?: KeyObject;
  readonly purposes?: readonly string[];
  readonly critical?: boolean;
  /** The octets of the keyUsage BIT STRING, unused bits first. */
  readonly keyUsage?: Uint8Array;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** How an answer departs from the right one. */
export interface PlayedAnswer {
  readonly status?: Bytes;
  readonly imprint?: Uint8Array;
  readonly imprintHash?: Hash;
  readonly nonce?: Bytes | undefined;
  readonly version?: number;
  readonly genTime?: string;
  readonly contentType?: string;
  readonly attributeContentType?: string;
  readonly messageDigest?: Uint8Array;
  /** SHA-1 makes an ESS signing-certificate of version 1. */
  readonly essHash?: Hash | "none";
  readonly essDigest?: Uint8Array;
  readonly essIssuer?: boolean;
  readonly essSerial?: number;
  readonly byKeyIdentifier?: boolean;
  readonly signerSerial?: number;
  readonly certificates?: (own: Bytes) => Bytes[];
  /** Changes the certificate and the TSTInfo before they are named, digested and signed. */
  readonly certificate?: (own: Bytes) => Bytes;
  readonly statement?: (own: Bytes) => Bytes;
  readonly signedAttributes?: (attributes: Bytes[]) => Uint8Array[];
  readonly digestHash?: Hash;
  readonly signatureAlgorithm?: Bytes;
  readonly pss?: boolean;
  readonly signature?: (signature: Bytes) => Bytes;
  /** Behind everything. */
  readonly trailing?: Uint8Array;
}

/** An authority whose key is in the test. */
export interface PlayedTimestampAuthority {
  readonly certificate: Bytes;
  /** A TimeStampResp to a question, DER. */
  readonly respond: (question: ExpectedTimestamp, answer?: PlayedAnswer) => Bytes;
}

const digest = (hash: Hash, octets: Uint8Array): Bytes => Uint8Array.from(createHash(hash).update(octets).digest());
const algorithm = (hash: Hash): Bytes => sequence(oid(HASH_IDS[hash]), nothing);
const attribute = (type: string, value: Uint8Array): Bytes => sequence(oid(type), setOf(value));
const KEY_IDENTIFIER = octetString(text("played key"));
const ISSUER = sequence(setOf(sequence(oid("2.5.4.10"), element(0x0c, text("played timestamps")))));

/** RSASSA-PSS with SHA-256 twice and so many octets of salt (RFC 4055, 3.1). */
export const pssSha256 = (salt: number): Bytes =>
  sequence(
    oid("1.2.840.113549.1.1.10"),
    sequence(
      element(0xa0, algorithm("sha256")),
      element(0xa1, sequence(oid("1.2.840.113549.1.1.8"), algorithm("sha256"))),
      element(0xa2, unsignedInteger(Uint8Array.of(salt))),
    ),
  );
const SIGNATURE_ALGORITHMS: Readonly<Record<string, Bytes>> = {
  rsa: sequence(oid("1.2.840.113549.1.1.1"), nothing),
  "rsa-pss": pssSha256(32),
  ec: sequence(oid("1.2.840.10045.4.3.2")),
};

/** A timestamping authority with a certificate of its own making (not signed by anybody: nobody here asks), on P-256 unless a key is given. */
export function playTimestampAuthority(options: PlayedAuthorityOptions = {}): PlayedTimestampAuthority {
  const key = options.key ?? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const certificate = playCertificate(key, options);
  return { certificate, respond: (question, answer = {}) => respond(key, certificate, question, answer) };
}

function playCertificate(key: KeyObject, options: PlayedAuthorityOptions): Bytes {
  const purposes = (options.purposes ?? ["1.3.6.1.5.5.7.3.8"]).map(oid);
  const extension = (type: string, critical: boolean, value: Uint8Array): Bytes =>
    sequence(oid(type), ...(critical ? [yes] : []), octetString(value));
  const extensions = [
    extension("2.5.29.14", false, KEY_IDENTIFIER),
    ...(options.keyUsage ? [extension("2.5.29.15", true, element(0x03, options.keyUsage))] : []),
    ...(purposes.length > 0 ? [extension("2.5.29.37", options.critical ?? true, sequence(...purposes))] : []),
  ];
  const signatureAlgorithm = sequence(oid("1.2.840.10045.4.3.2"));
  const { notBefore = new Date("2020-01-01T00:00:00Z"), notAfter = new Date("2049-01-01T00:00:00Z") } = options;
  const tbsCertificate = sequence(
    element(0xa0, smallInteger(2)),
    smallInteger(7),
    signatureAlgorithm,
    ISSUER,
    sequence(time(notBefore), time(notAfter)),
    ISSUER,
    Uint8Array.from(publicKeyOf(key)),
    element(0xa3, sequence(...extensions)),
  );
  return sequence(tbsCertificate, signatureAlgorithm, element(0x03, Uint8Array.of(0, 1)));
}

function publicKeyOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: "spki", format: "der" });
}

function respond(key: KeyObject, own: Bytes, question: ExpectedTimestamp, answer: PlayedAnswer): Bytes {
  const certificate = answer.certificate?.(own) ?? own;
  const nonce = "nonce" in answer ? answer.nonce : question.nonce;
  const statement = sequence(
    smallInteger(answer.version ?? 1),
    oid("1.2.3.4.1"),
    sequence(algorithm(answer.imprintHash ?? "sha256"), octetString(answer.imprint ?? question.imprint)),
    smallInteger(42),
    element(0x18, text(answer.genTime ?? "20261124010203.5Z")),
    sequence(smallInteger(1)),
    ...(nonce ? [unsignedInteger(nonce)] : []),
  );
  const content = answer.statement?.(statement) ?? statement;
  const signedData = sequence(
    smallInteger(3),
    setOf(algorithm("sha256")),
    sequence(oid(answer.contentType ?? TST_INFO), element(0xa0, octetString(content))),
    element(0xa0, ...(answer.certificates?.(certificate) ?? [certificate])),
    setOf(signerInfo(key, certificate, content, answer)),
  );
  return sequence(
    sequence(answer.status ?? smallInteger(0)),
    sequence(oid("1.2.840.113549.1.7.2"), element(0xa0, signedData)),
    ...(answer.trailing ? [answer.trailing] : []),
  );
}

function signerInfo(key: KeyObject, certificate: Bytes, content: Bytes, answer: PlayedAnswer): Bytes {
  const hash = answer.digestHash ?? "sha256";
  const attributes = [
    attribute("1.2.840.113549.1.9.3", oid(answer.attributeContentType ?? TST_INFO)),
    attribute("1.2.840.113549.1.9.4", octetString(answer.messageDigest ?? digest(hash, content))),
    ...essAttribute(certificate, answer),
  ];
  const set = answer.signedAttributes ? element(0x31, ...answer.signedAttributes(attributes)) : setOf(...attributes);
  const pss = answer.pss ?? key.asymmetricKeyType === "rsa-pss";
  const padding = pss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {};
  const signature = Uint8Array.from(sign(hash, set, { key, ...padding }));
  return sequence(
    smallInteger(1),
    answer.byKeyIdentifier
      ? element(0x80, text("played key"))
      : sequence(ISSUER, smallInteger(answer.signerSerial ?? 7)),
    algorithm(hash),
    element(0xa0, readElement(set).contents),
    answer.signatureAlgorithm ??
      (pss ? pssSha256(32) : (SIGNATURE_ALGORITHMS[key.asymmetricKeyType ?? ""] ?? new Uint8Array())),
    octetString(answer.signature?.(signature) ?? signature),
  );
}

function essAttribute(certificate: Bytes, answer: PlayedAnswer): Bytes[] {
  const { essHash = "sha256", essIssuer = false } = answer;
  if (essHash === "none") return [];
  const named = octetString(answer.essDigest ?? digest(essHash, certificate));
  // RFC 5035, 5
  const issuer = essIssuer ? [sequence(sequence(element(0xa4, ISSUER)), smallInteger(answer.essSerial ?? 7))] : [];
  const type = `1.2.840.113549.1.9.16.2.${essHash === "sha1" ? 12 : 47}`;
  const explicit = essHash === "sha384" ? [algorithm(essHash)] : [];
  return [attribute(type, sequence(sequence(sequence(...explicit, named, ...issuer))))];
}
