import { readElement, readElements } from "./der.ts";

/** What a signature file needs of the signer's certificate, as it stands in it: never decoded and encoded again. */
export interface SignerIdentity {
  /** `Name` of the issuer, DER. */
  readonly issuer: Uint8Array;
  /** `CertificateSerialNumber`, an INTEGER, DER. */
  readonly serialNumber: Uint8Array;
}

/** Takes issuer and serial number out of an X.509 certificate (RFC 5280, 4.1). Throws `RangeError` when it is not one. */
export function signerIdentity(certificate: Uint8Array): SignerIdentity {
  const [tbsCertificate] = readElements(readElement(certificate).contents);
  const fields = readElements(tbsCertificate?.contents ?? new Uint8Array());
  const start = fields[0]?.identifier === 0xa0 ? 1 : 0;
  const serialNumber = fields[start];
  const issuer = fields[start + 2];
  if (serialNumber?.identifier !== 0x02 || issuer?.identifier !== 0x30) throw new RangeError("not a certificate");
  return { issuer: issuer.encoding, serialNumber: serialNumber.encoding };
}
