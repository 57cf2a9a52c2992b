import {
  element,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  time,
  type Bytes,
} from "./der.ts";
import { sha256 } from "./sha256.ts";
import { signerIdentity } from "./signer-certificate.ts";

const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  sha256: "2.16.840.1.101.3.4.2.1",
  rsaEncryption: "1.2.840.113549.1.1.1",
} as const;

const digestAlgorithm = sequence(objectIdentifier(OID.sha256), nothing);

const attribute = (type: string, value: Uint8Array): Bytes => sequence(objectIdentifier(type), setOf(value));

/** What a detached signature is made of. `sign` gets the SHA-256 digest of the signed attributes and returns RSASSA-PKCS1-v1_5. */
export interface CadesInput {
  readonly document: Uint8Array;
  readonly certificate: Uint8Array;
  readonly signingTime: Date;
  readonly sign: (digest: Uint8Array) => Promise<Uint8Array>;
}

/**
 * A detached CMS signature, CAdES baseline B (ETSI EN 319 122-1, 6.3; RFC 5652, 5): content type, message digest, signing time and ESS
 * signing-certificate-v2 (RFC 5035) are signed, the signer's certificate goes along, the document stays outside. One DER file.
 */
export async function buildCades(input: CadesInput): Promise<{ file: Bytes; digest: Bytes; signature: Bytes }> {
  const digest = await sha256(input.document);
  const attributes = await signedAttributes(input, digest);
  const signature = Uint8Array.from(await input.sign(await sha256(setOf(...attributes))));
  const { issuer, serialNumber } = signerIdentity(input.certificate);
  const signerInfo = sequence(
    smallInteger(1),
    sequence(issuer, serialNumber),
    digestAlgorithm,
    // RFC 5652, 5.4: digested as a SET OF, stored under the implicit tag [0]
    Uint8Array.of(0xa0, ...setOf(...attributes).subarray(1)),
    sequence(objectIdentifier(OID.rsaEncryption), nothing),
    octetString(signature),
  );
  const signedData = sequence(
    smallInteger(1),
    setOf(digestAlgorithm),
    sequence(objectIdentifier(OID.data)),
    element(0xa0, input.certificate),
    setOf(signerInfo),
  );
  return { file: sequence(objectIdentifier(OID.signedData), element(0xa0, signedData)), digest, signature };
}

async function signedAttributes(input: CadesInput, digest: Bytes): Promise<Bytes[]> {
  const { issuer, serialNumber } = signerIdentity(input.certificate);
  // RFC 5035, 4: the hash algorithm is left out because SHA-256 is its DEFAULT; [4] directoryName is explicit, as Name is a CHOICE
  const issuerSerial = sequence(sequence(element(0xa4, issuer)), serialNumber);
  const essCertificate = sequence(octetString(await sha256(input.certificate)), issuerSerial);
  return [
    attribute(OID.contentType, objectIdentifier(OID.data)),
    attribute(OID.signingTime, time(input.signingTime)),
    attribute(OID.messageDigest, octetString(digest)),
    attribute(OID.signingCertificateV2, sequence(sequence(essCertificate))),
  ];
}
