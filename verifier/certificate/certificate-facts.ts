import type { Authority } from "./authority.ts";
import { fingerprintOf } from "./read-authority.ts";
import type { CertificateFacts, ResidentCertificate } from "./resident-certificate.ts";

const nameHashes = new WeakMap<Authority, string>();

/** What callers get to know of a certificate. */
export function certificateFacts(certificate: ResidentCertificate): CertificateFacts {
  const { kind, authority, serialNumber, sha256, notBefore, notAfter } = certificate;
  const issuerNameHash = nameHashes.get(authority) ?? fingerprintOf(authority.name);
  nameHashes.set(authority, issuerNameHash);
  return {
    ...{ kind, issuerNameHash, authorityFingerprint: authority.fingerprint, serialNumber, sha256 },
    ...{ notBefore: new Date(notBefore), notAfter: new Date(notAfter), test: authority.test },
  };
}
