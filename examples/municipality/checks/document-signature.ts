import { createHash, verify } from "node:crypto";
import {
  CertificateSet,
  ContentInfo,
  id_contentType,
  id_data,
  id_messageDigest,
  id_signedData,
  id_signingTime,
  SignedData,
  SigningTime,
  type SignerInfo,
} from "@peculiar/asn1-cms";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import type { Authorities } from "./authorities.ts";
import { parsing, refuseUnless } from "./refusal.ts";
import { checkResidentCertificate } from "./resident-certificate.ts";
import { id_signingCertificateV2, SignedAttributes, SigningCertificateV2 } from "./signed-attributes.ts";

const SHA256 = "2.16.840.1.101.3.4.2.1";
/** id-data as an OBJECT IDENTIFIER, DER. */
const DATA = Buffer.from("06092a864886f70d010701", "hex");
/** rsaEncryption and sha256WithRSAEncryption: in CMS both stand for RSASSA-PKCS1-v1_5 (RFC 3370, 3.2). */
const RSA = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"];

/** What a signature is checked against. */
export interface ExpectedSignature {
  /** What this server made and kept, never what the page sends back. */
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

/**
 * Checks a detached CMS signature (DER; RFC 5652, CAdES baseline B) over exactly this document. One signer, SHA-256 and RSA; the signed attributes name the content type, the digest and
 * the signer's certificate by its hash; the certificate is judged as in {@link checkResidentCertificate}. Throws `Refusal`.
 */
export function checkDocumentSignature(
  file: Uint8Array,
  { document, authorities, now }: ExpectedSignature,
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

  const set = new SignedAttributes(signer.signedAttrs ?? []);
  const signed = parsing("attribute-unreadable", () => new Uint8Array(AsnConvert.serialize(set)));
  // encoded again for this check: in the file they must stand octet for octet like that, under the tag [0]
  refuseUnless(Buffer.from(file).includes(Buffer.from(signed.with(0, 0xa0))), "not-der");
  const signature = new Uint8Array(signer.signature.buffer);
  refuseUnless(verify("sha256", signed, certificate.publicKey, signature), "signature-wrong");
  return {
    verdict: "accepted-unchecked",
    revocation: "unknown",
    signer: name,
    claimedTime: parsing("attribute-unreadable", () =>
      AsnConvert.parse(attribute(signer, id_signingTime), SigningTime).getTime(),
    ),
  };
}

/** How long the outermost DER element says that it is, head included; 0 for a length that DER does not write so. */
function derLength([, first = 0, ...rest]: Uint8Array): number {
  if (first < 0x80) return 2 + first;
  const digits = rest.slice(0, first & 0x7f);
  if (first === 0x80 || digits.length > 4 || digits[0] === 0) return 0;
  return 2 + digits.length + digits.reduce((length, octet) => length * 256 + octet, 0);
}

/** One `SignedData` with one signer, and nothing behind it. */
function readSignature(file: Uint8Array): { signedData: SignedData; signer: SignerInfo } {
  refuseUnless(derLength(file) === file.length, "not-der");
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

/** The certificates that came along, DER. */
function certificatesIn({ certificates }: SignedData): Uint8Array[] {
  return Array.from(certificates ?? new CertificateSet()).flatMap(({ certificate }) =>
    certificate === undefined ? [] : [new Uint8Array(AsnConvert.serialize(certificate))],
  );
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
