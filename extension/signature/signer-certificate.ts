import { openCertificate, type SignerIdentity } from "../../formats/x509/certificate.ts";

/**
 * Takes issuer and serial number out of an X.509 certificate (RFC 5280, 4.1), and looks no further: a signature needs no more of it. Throws
 * `RangeError` when it is not one.
 */
export function signerIdentity(certificate: Uint8Array): SignerIdentity {
  const { issuer, serialNumber } = openCertificate(certificate);
  return { issuer, serialNumber };
}
