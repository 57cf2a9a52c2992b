import { concatBytes } from "../../../shared/encoding/bytes.ts";
import {
  element,
  elementPieces,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  time,
  type Bytes,
} from "../../../formats/der/der.ts";
import { sha256 } from "../sha256.ts";
import type { Signer } from "../signature-builder.ts";
import { signerIdentity } from "../signer-certificate.ts";

const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  signatureTimeStampToken: "1.2.840.113549.1.9.16.2.14",
  sha256: "2.16.840.1.101.3.4.2.1",
  rsaEncryption: "1.2.840.113549.1.1.1",
} as const;

const digestAlgorithm = sequence(objectIdentifier(OID.sha256), nothing);

const attribute = (type: string, value: Uint8Array): Bytes => sequence(objectIdentifier(type), setOf(value));

/** What a CMS signature says, and about what. */
export interface SignedDataInput {
  /** SHA-256 of the content. */
  readonly digest: Bytes;
  readonly signer: Signer;
  /** The content itself, to stand inside (enveloping); absent when it stays outside. */
  readonly content?: Bytes | undefined;
  /** A signing-time attribute (RFC 5652, 11.3). PAdES has none: there the claimed time is the dictionary's /M. */
  readonly signingTime: boolean;
  /** An ESS signing-certificate-v2 attribute (RFC 5035), which makes CAdES baseline B of CMS. */
  readonly signingCertificate: boolean;
}

/** A CMS signature that lacks nothing but the signature value. */
export interface PreparedSignedData {
  /** SHA-256 of the signed attributes, for the card. */
  readonly toBeSigned: Bytes;
  /** The whole ContentInfo, DER; a timestamp token goes into the unsigned attributes (RFC 3161, appendix A). */
  readonly finish: (signature: Bytes, timestampToken?: Bytes) => Bytes;
}

/**
 * A CMS SignedData with one signer (RFC 5652, 5; with {@link SignedDataInput.signingCertificate} also ETSI EN 319 122-1, 6.3): content
 * type and message digest are signed, and what else is asked for; the signer's certificate goes along.
 */
export async function prepareSignedData(input: SignedDataInput): Promise<PreparedSignedData> {
  const { certificate } = input.signer;
  const attributes = setOf(...(await signedAttributes(input)));
  const { issuer, serialNumber } = signerIdentity(certificate);
  // pieces all the way up: a document of 64 MB is copied once, not once for each level
  const content = input.content ? elementPieces(0xa0, elementPieces(0x04, [input.content])) : [];
  return {
    toBeSigned: await sha256(attributes),
    finish(signature, timestampToken) {
      const unsigned = timestampToken ? [attribute(OID.signatureTimeStampToken, timestampToken)] : [];
      const signerInfo = sequence(
        smallInteger(1),
        sequence(issuer, serialNumber),
        digestAlgorithm,
        // RFC 5652, 5.4: digested as a SET OF, stored under the implicit tag [0]
        Uint8Array.of(0xa0, ...attributes.subarray(1)),
        sequence(objectIdentifier(OID.rsaEncryption), nothing),
        octetString(signature),
        ...(unsigned.length > 0 ? [element(0xa1, ...unsigned)] : []),
      );
      const signedData = elementPieces(0x30, [
        smallInteger(1),
        setOf(digestAlgorithm),
        ...elementPieces(0x30, [objectIdentifier(OID.data), ...content]),
        element(0xa0, certificate),
        setOf(signerInfo),
      ]);
      return concatBytes(
        ...elementPieces(0x30, [objectIdentifier(OID.signedData), ...elementPieces(0xa0, signedData)]),
      );
    },
  };
}

async function signedAttributes({
  digest,
  signer,
  signingTime,
  signingCertificate,
}: SignedDataInput): Promise<Bytes[]> {
  return [
    attribute(OID.contentType, objectIdentifier(OID.data)),
    attribute(OID.messageDigest, octetString(digest)),
    ...(signingTime ? [attribute(OID.signingTime, time(signer.signingTime))] : []),
    ...(signingCertificate
      ? [attribute(OID.signingCertificateV2, sequence(sequence(await essCertificate(signer.certificate))))]
      : []),
  ];
}

/** RFC 5035, 4: the hash algorithm is left out because SHA-256 is its DEFAULT; [4] directoryName is explicit, as Name is a CHOICE. */
async function essCertificate(certificate: Bytes): Promise<Bytes> {
  const { issuer, serialNumber } = signerIdentity(certificate);
  return sequence(octetString(await sha256(certificate)), sequence(sequence(element(0xa4, issuer)), serialNumber));
}
