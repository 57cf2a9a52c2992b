import { openDer, readObjectIdentifier, readTime } from "../../formats/der/der-fields.ts";
import { readCertificate } from "../../formats/x509/certificate.ts";
import { isSigningInput } from "../../formats/signing-input.ts";
import type { HashAlgorithm, SignatureAlgorithm } from "../cryptography/algorithms.ts";
import { readHashAlgorithm } from "../cryptography/hash.ts";
import { readPublicKey } from "../cryptography/public-key.ts";
import { readSignatureAlgorithm } from "../cryptography/signature-algorithm-identifier.ts";
import { ecdsaValueFromDer, requireFittingKey } from "../cryptography/signature-value.ts";
import type { FailureCode } from "../verdict/failure-codes.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import { checkAlgorithmProtection } from "./algorithm-protection.ts";
import { onlyValue, readSignedAttributes, valuesOf, type Attributes } from "./attributes.ts";
import { findCertificate } from "./certificate-in-file.ts";
import type { SignedContent } from "./signed-content.ts";
import { ID_DATA, type SignedData, type SignerInfo } from "./signed-data.ts";
import { checkSigningCertificate } from "./signing-certificate.ts";

const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_TIME = "1.2.840.113549.1.9.5";
const SIGNATURE_TIMESTAMP = "1.2.840.113549.1.9.16.2.14";
/** Anybody can add timestamps, and each costs a few signatures to check. */
const MOST_TIMESTAMPS = 16;

/** What the caller's format wants of a signer, beyond CMS. */
export interface SignerDemands {
  /** Signed attributes are there: PDF and timestamps. */
  readonly signedAttributes?: boolean;
  /** An ESS signing-certificate attribute is there (CAdES, PAdES, RFC 3161): `v2` alone, or also that of SHA-1. */
  readonly signingCertificate?: "v2" | "any";
}

/** A signer whose form holds, and who signed this content; whether the value is right under the key is not checked yet. */
export interface CheckedSigner {
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  /** What the value is over: the signed attributes as a SET (RFC 5652, 5.4), or the content. */
  readonly signed: Uint8Array;
  /** RSA as it is; ECDSA as r‖s. */
  readonly value: Uint8Array;
  /** As it stands in the file: what signature timestamps are over. */
  readonly rawValue: Uint8Array;
  /** signingTime, where there is one. */
  readonly claimedTime: Date | undefined;
  /** Which ESS attribute names the certificate; `v2` where both do. */
  readonly signingCertificate: "v2" | "v1" | undefined;
  /** Signature timestamp tokens (DER) among the unsigned attributes, each over {@link CheckedSigner.rawValue}. */
  readonly timestamps: readonly Uint8Array[];
}

/**
 * Checks a signer of `signedData` against the content. Refused: `certificate-missing`, `file-ambiguous`, `certificate-not-the-signers`,
 * `signed-attributes-missing`, `signed-attributes-malformed`, `content-differs`, `content-missing`, `algorithm-unsupported`, `algorithm-weak`,
 * `algorithm-mismatch`, `signature-wrong` (an ECDSA value that is no DER), `certificate-unreadable`, `certificate-key`, `file-broken`, `too-large` (more than 16 timestamps).
 */
export function checkSignerInfo(
  signedData: SignedData,
  signer: SignerInfo,
  content: SignedContent,
  demands: SignerDemands = {},
): CheckedSigner {
  const digestAlgorithm = broken("file-broken", () => readDigestAlgorithm(signedData, signer));
  const algorithm = readSignatureAlgorithm(signer.signatureAlgorithm, digestAlgorithm);
  const rawValue = signer.signature;
  const certificate = broken("file-broken", () => findCertificate(signedData.certificates, signer.signer));
  const value = algorithm.startsWith("ES") ? ecdsaValue(algorithm, rawValue, certificate.der) : rawValue;
  const timestamps = broken("file-broken", () => timestampsOf(signer.unsignedAttributes));
  const common = { certificate: certificate.der, algorithm, value, rawValue, timestamps };
  if (signer.signedAttributes === undefined) {
    const absent = demands.signedAttributes !== true && demands.signingCertificate === undefined;
    refuseUnless(absent, "signed-attributes-missing", "the format wants signed attributes");
    const signed = bareContent(signedData.contentType, content);
    return { ...common, signed, claimedTime: undefined, signingCertificate: undefined };
  }
  const signed = Uint8Array.from(signer.signedAttributes);
  // RFC 5652, 5.4: digested as a SET OF, stored under an implicit tag
  signed[0] = 0x31;
  return broken("signed-attributes-malformed", () => {
    const attributes = readSignedAttributes(signed);
    checkContent(attributes, signedData.contentType, content.digest.bind(content), digestAlgorithm);
    checkAlgorithmProtection(attributes, digestAlgorithm, algorithm);
    const signingCertificate = checkSigningCertificate(attributes, certificate);
    const isNamed =
      signingCertificate === "v2" || (signingCertificate === "v1" && demands.signingCertificate === "any");
    refuseUnless(
      demands.signingCertificate === undefined || isNamed,
      "signed-attributes-missing",
      "no ESS signing-certificate attribute",
    );
    const time = onlyValue(attributes, SIGNING_TIME);
    const claimedTime = time && new Date(readTime(time));
    return { ...common, signed, claimedTime, signingCertificate };
  });
}

/** RFC 5652, 5.1, lets verifiers refuse a hash function that digestAlgorithms doesn't announce; openssl does so too. */
function readDigestAlgorithm({ digestAlgorithms }: SignedData, { digestAlgorithm }: SignerInfo): HashAlgorithm {
  const hash = readHashAlgorithm(digestAlgorithm);
  const isAnnounced = digestAlgorithms.has(openDer(digestAlgorithm).objectIdentifier());
  refuseUnless(isAnnounced, "algorithm-mismatch", `${hash} is not among the file's hash functions`);
  return hash;
}

function ecdsaValue(algorithm: SignatureAlgorithm, rawValue: Uint8Array, certificate: Uint8Array): Uint8Array {
  try {
    return ecdsaValueFromDer(algorithm, rawValue);
  } catch (fault) {
    // a value that is too long is one under a key on another curve, for instance P-384 with SHA-256: that is no forgery
    const info = broken("certificate-unreadable", () => readCertificate(certificate).publicKey);
    requireFittingKey(algorithm, readPublicKey(info).keyType);
    throw fault;
  }
}

/**
 * RFC 5652, 5.3: signed attributes may be left out for id-data alone. Content that is itself what a signature would be over is refused: somebody took
 * the signed attributes out of a file and put them in the place of its content, and the value is still right.
 */
function bareContent(contentType: string, { octets }: SignedContent): Uint8Array {
  refuseUnless(contentType === ID_DATA, "signed-attributes-missing", `content of type ${contentType} without them`);
  refuseUnless(octets !== undefined, "content-missing", "without signed attributes, all of the content is needed");
  refuseUnless(!isSigningInput(octets), "file-ambiguous", "the content is what another signature would be over");
  return octets;
}

function checkContent(
  attributes: Attributes,
  contentType: string,
  digestOf: SignedContent["digest"],
  digestAlgorithm: HashAlgorithm,
): void {
  const stated = onlyValue(attributes, CONTENT_TYPE);
  const messageDigest = onlyValue(attributes, MESSAGE_DIGEST);
  refuseUnless(stated !== undefined && messageDigest !== undefined, "signed-attributes-missing", "type or digest");
  const isThisType = stated.identifier === 0x06 && readObjectIdentifier(stated.contents) === contentType;
  refuseUnless(isThisType, "signed-attributes-malformed", "the content-type attribute is not that of the content");
  refuseUnless(messageDigest.identifier === 0x04, "signed-attributes-malformed", "the digest is no OCTET STRING");
  const isSame = Buffer.compare(messageDigest.contents, digestOf(digestAlgorithm)) === 0;
  refuseUnless(isSame, "content-differs", "the message-digest attribute is not that of the content");
}

function timestampsOf(unsignedAttributes: Uint8Array | undefined): Uint8Array[] {
  if (unsignedAttributes === undefined) return [];
  const tokens = valuesOf(unsignedAttributes, SIGNATURE_TIMESTAMP).map(({ encoding }) => encoding);
  refuseUnless(tokens.length <= MOST_TIMESTAMPS, "too-large", `more than ${MOST_TIMESTAMPS} timestamps`);
  return tokens;
}

/** Runs a reader of DER, whose `RangeError` is refused under this code. */
function broken<T>(code: FailureCode, read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal(code, fault.message);
    throw fault;
  }
}
