import { createHash, verify } from "node:crypto";
import * as cms from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import type { Authorities } from "./authorities.ts";
import {
  id_contentType,
  id_signingCertificateV2,
  ContentType,
  SignedAttributes,
  SigningCertificateV2,
} from "./cms-attributes.ts";
import { parsing, require } from "./refusal.ts";
import { checkResidentCertificate } from "./resident-certificate.ts";

const SHA256 = "2.16.840.1.101.3.4.2.1";
/** rsaEncryption, as CMS has always written it, and sha256WithRSAEncryption: the same signature. */
/** id-data as an OBJECT IDENTIFIER, DER. */
const DATA = Buffer.from("06092a864886f70d010701", "hex");
/** rsaEncryption, sha256WithRSAEncryption: both are written for RSASSA-PKCS1-v1_5 with SHA-256 (RFC 3370, 3.2). */
const RSA = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"];

/** What a signature is checked against. `document` is what this server made and kept, never what the page sends back. */
export interface ExpectedSignature {
  readonly document: Uint8Array;
  readonly authorities: Authorities;
  readonly now: Date;
}

/** A signature that passed. As with a login, revocation is unknown, so there is no `valid`. */
export interface AcceptedSignature {
  readonly verdict: "accepted-unchecked";
  readonly revocation: "unknown";
  /** The signer's name as the certificate has it. */
  readonly signer: string | undefined;
  /** What the signer's computer says about the time; nobody vouches for it. */
  readonly claimedTime: Date;
}

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/**
 * Checks the file that `navigator.jpki.sign({ format: "cades" })` made: a detached CMS signature (RFC 5652), CAdES baseline B, by one signer
 * whose certificate comes along, over exactly this document. Throws `Refusal`.
 */
export function checkDocumentSignature(file: Uint8Array, expected: ExpectedSignature): AcceptedSignature {
  const signedData = parsing("signature-unreadable", () => {
    const { contentType, content } = AsnConvert.parse(file, cms.ContentInfo);
    require(contentType === cms.id_signedData, "not-signed-data");
    return AsnConvert.parse(content, cms.SignedData);
  });
  const { eContentType, eContent } = signedData.encapContentInfo;
  require(eContentType === cms.id_data && eContent === undefined, "not-detached");
  const [signer, secondSigner] = signedData.signerInfos;
  const [enclosed, secondCertificate] = signedData.certificates ?? [];
  require(signer !== undefined && secondSigner === undefined, "not-one-signer");
  require(enclosed?.certificate !== undefined && secondCertificate === undefined, "not-one-certificate");
  require(signer.digestAlgorithm.algorithm === SHA256, "digest-algorithm");
  require(RSA.includes(signer.signatureAlgorithm.algorithm), "signature-algorithm");

  // encoded again: an octet that came out different would fail against the hash that is signed below, and against its issuer
  const der = new Uint8Array(AsnConvert.serialize(enclosed.certificate));
  const resident = checkResidentCertificate(der, "signing", expected.authorities, expected.now);

  const attributes = signer.signedAttrs ?? [];
  const read = <T>(type: string, parse: (value: ArrayBuffer) => T): T => {
    const [found, twice] = attributes.filter(({ attrType }) => attrType === type);
    const [value, second] = found?.attrValues ?? [];
    require(value !== undefined && second === undefined && twice === undefined, "signed-attributes");
    return parsing("signed-attributes", () => parse(value));
  };
  const contentType = read(id_contentType, (value) => AsnConvert.parse(value, ContentType).value);
  const digest = read(cms.id_messageDigest, (value) => AsnConvert.parse(value, cms.MessageDigest));
  const claimedTime = read(cms.id_signingTime, (value) => AsnConvert.parse(value, cms.SigningTime).getTime());
  const bound = read(id_signingCertificateV2, (value) => AsnConvert.parse(value, SigningCertificateV2).certs[0]);
  require(contentType === cms.id_data, "signed-attributes");
  require(sha256(expected.document).equals(new Uint8Array(digest.buffer)), "another-document");
  require(bound !== undefined && bound.hashAlgorithm === undefined, "signed-attributes");
  require(sha256(der).equals(new Uint8Array(bound.certHash.buffer)), "another-certificate");

  const signed = new Uint8Array(AsnConvert.serialize(new SignedAttributes(attributes)));
  const signature = new Uint8Array(signer.signature.buffer);
  require(verify("sha256", signed, resident.certificate.publicKey, signature), "signature-wrong");
  return { verdict: "accepted-unchecked", revocation: "unknown", signer: resident.name, claimedTime };
}

/**
 * Checks a detached CMS signature (DER; RFC 5652, CAdES baseline B) over exactly the octets of `document`, which must be the server's own copy:
 * what the browser sends along is never what was agreed on. One signer, SHA-256 and RSA; the signed attributes name the content type, the digest and
 * the signer's certificate by its hash; the certificate is judged as in {@link checkResidentCertificate}. Throws `Refusal`.
 */
export function checkDocumentSignature(
  file: Uint8Array,
  document: Uint8Array,
  authorities: Authorities,
  now: Date,
): AcceptedSignature {
  const { signedData, signer } = parsing("signature-unreadable", () => readSignature(file));
  refuseUnless(signedData.encapContentInfo.eContentType === id_data, "content-type");
  refuseUnless(signedData.encapContentInfo.eContent === undefined, "not-detached");
  refuseUnless(signer.digestAlgorithm.algorithm === SHA256, "digest-algorithm");
  refuseUnless(RSA.includes(signer.signatureAlgorithm.algorithm), "signature-algorithm");

  refuseUnless(DATA.equals(attribute(signer, id_contentType)), "content-type");
  const digest = parsing("attribute-unreadable", () =>
    AsnConvert.parse(attribute(signer, id_messageDigest), OctetString),
  );
  refuseUnless(sha256(document).equals(new Uint8Array(digest.buffer)), "document-differs");

  const value = attribute(signer, id_signingCertificateV2);
  const ess = parsing("attribute-unreadable", () => AsnConvert.parse(value, SigningCertificateV2)).certs[0];
  refuseUnless(ess !== undefined && (ess.hashAlgorithm?.algorithm ?? SHA256) === SHA256, "certificate-hash");
  const hash = new Uint8Array(ess.certHash.buffer);
  // the hash under the signature says which certificate is the signer's, not its place in the file
  const der = certificatesIn(signedData).find((each) => sha256(each).equals(hash));
  refuseUnless(der !== undefined, "certificate-hash");
  const { certificate, name } = checkResidentCertificate(der, "signing", authorities, now);

  const signature = new Uint8Array(signer.signature.buffer);
  refuseUnless(verify("sha256", signedOctets(signer), certificate.publicKey, signature), "signature-wrong");
  return {
    verdict: "accepted-unchecked",
    revocation: "unknown",
    signer: name,
    claimedTime: parsing("attribute-unreadable", () =>
      AsnConvert.parse(attribute(signer, id_signingTime), SigningTime).getTime(),
    ),
  };
}

/** One `SignedData` with one signer, and nothing behind it. */
function readSignature(file: Uint8Array): { signedData: SignedData; signer: SignerInfo } {
  const { contentType, content } = AsnConvert.parse(file, ContentInfo);
  if (contentType !== id_signedData) throw new RangeError("not SignedData");
  const signedData = AsnConvert.parse(content, SignedData);
  const [signer, ...others] = signedData.signerInfos;
  if (signer === undefined || others.length > 0) throw new RangeError("not one signer");
  return { signedData, signer };
}

/** The only value of the only attribute of this type, DER. */
function attribute(signer: SignerInfo, type: string): Uint8Array {
  const [found, ...more] = (signer.signedAttrs ?? []).filter(({ attrType }) => attrType === type);
  const [value, ...values] = found?.attrValues ?? [];
  refuseUnless(value !== undefined && more.length + values.length === 0, "attribute-missing");
  return new Uint8Array(value);
}

/** What was signed: the attributes as they stand in the file, under the tag of a SET (RFC 5652, 5.4). */
function signedOctets(signer: SignerInfo): Uint8Array {
  refuseUnless(signer.signedAttrsRaw !== undefined, "attribute-missing");
  return new Uint8Array(signer.signedAttrsRaw).with(0, 0x31);
}

/** The certificates that came along, DER. */
function certificatesIn({ certificates }: SignedData): Uint8Array[] {
  return [...(certificates ?? [])].flatMap(({ certificate }) =>
    certificate === undefined ? [] : [new Uint8Array(AsnConvert.serialize(certificate))],
  );
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
