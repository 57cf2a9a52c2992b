import type { CertificateFacts } from "../certificate/resident-certificate.ts";
import { createKeyedHash } from "./keyed-hash.ts";

/** What all keys of a site are made with. */
export interface SiteSecret {
  /** At least 32 random octets that nobody but the site has. With another secret, everybody is a stranger: keep it as long as the accounts. */
  readonly siteSecret: Uint8Array;
}

/** Names the holder of one certificate to one site. */
export type PersonKey = (certificate: CertificateFacts) => string;

/**
 * A certificate's key for this site, base64url, 43 characters: HMAC-SHA-256 over kind, issuerNameHash and serialNumber, which together name a
 * certificate for ever (RFC 5280, 4.1.2.2). Two sites with different secrets can't join their users by it, and it can't be traced back to a serial
 * number without the secret.
 *
 * It names the certificate, not the person: it is another one after every reissue (five years, a new card), the authentication and the signing
 * certificate of a card have different ones, and so have card and phone. Nothing in old and new certificate links them; J-LIS alone knows,
 * and tells accredited verifiers only. `createAccounts` has what can be done without.
 *
 * A certificate of an authority for tests never has the key of a real one. Throws a `TypeError` for a secret under 32 octets, and for facts without
 * issuer or serial number, because all of those would be one person.
 */
export function personKey({ siteSecret }: SiteSecret): PersonKey {
  const hash = createKeyedHash(siteSecret);
  return (certificate) => hash(certificate.test ? "kodo person test 1" : "kodo person 1", ...namingTexts(certificate));
}

/** What names a certificate among all: kind, issuer and serial number. Throws a `TypeError` where one is missing. */
export function namingTexts({ kind, issuerNameHash, serialNumber }: CertificateFacts): readonly string[] {
  if (!/^[0-9a-f]{64}$/.test(issuerNameHash)) throw new TypeError("issuerNameHash: 64 hex digits, lower case");
  if (!/^(?:[0-9a-f]{2})+$/.test(serialNumber)) throw new TypeError("serialNumber: hex, lower case");
  return [kind, issuerNameHash, serialNumber];
}
