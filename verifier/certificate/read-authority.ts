import { hash } from "node:crypto";
import { readPublicKey } from "../cryptography/public-key.ts";
import { Refusal } from "../verdict/failure.ts";
import type { Authority, CertificateKind } from "./authority.ts";
import { EXTENSION, readBasicConstraints, readKeyUsage, readSubjectKeyIdentifier } from "./extensions.ts";
import { isSignedBy, readX509Certificate, type X509Certificate } from "./x509-certificate.ts";

/** keyCertSign (bit 5) and cRLSign (bit 6) of keyUsage, see `readKeyUsage`. */
const CERTIFICATE_SIGNING = 0x0400;

/** SHA-256 of octets, lower-case hex: fingerprints of certificates. */
export const fingerprintOf = (octets: Uint8Array): string => hash("sha256", octets, "hex");

/**
 * Reads an authority's certificate (DER, which is copied): self-signed, the signature verifies, a critical CA:TRUE, keyCertSign. Throws `TypeError`, naming `source`
 * and the fingerprint, for anything else: it is the site that gives it, and it is wrong before anybody logs in.
 */
export function readAuthority(
  der: Uint8Array,
  source: string,
  role: { readonly kind: CertificateKind; readonly policies: readonly string[]; readonly test: boolean },
): Authority {
  const copy = new Uint8Array(der);
  const fingerprint = fingerprintOf(copy);
  try {
    const certificate = readX509Certificate(copy);
    const { key, keyType } = readPublicKey(certificate.publicKey);
    requireProfile(certificate);
    if (Buffer.compare(certificate.issuer, certificate.subject) !== 0 || !isSignedBy(certificate, key, keyType)) {
      throw new RangeError("it is not self-signed");
    }
    const identifier = certificate.extensions.get(EXTENSION.subjectKeyIdentifier);
    const { subject: name, publicKey, notBefore, notAfter } = certificate;
    const keyIdentifier = identifier && readSubjectKeyIdentifier(identifier);
    return Object.freeze({
      ...{ certificate: copy, fingerprint, name, keyIdentifier, publicKey, key, notBefore, notAfter },
      ...role,
    });
  } catch (fault) {
    if (!(fault instanceof RangeError || fault instanceof Refusal)) throw fault;
    throw new TypeError(`${source} (SHA-256 ${fingerprint}) is no authority's certificate: ${fault.message}`);
  }
}

function requireProfile({ extensions }: X509Certificate): void {
  const constraints = extensions.get(EXTENSION.basicConstraints);
  if (constraints?.critical !== true || !readBasicConstraints(constraints).authority) {
    throw new RangeError("basicConstraints is not critical with CA:TRUE");
  }
  const usage = extensions.get(EXTENSION.keyUsage);
  if (usage === undefined || (readKeyUsage(usage).bits & CERTIFICATE_SIGNING) === 0) {
    throw new RangeError("keyUsage has no keyCertSign");
  }
}
