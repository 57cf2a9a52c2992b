import type { Authority } from "../../certificate/authority.ts";
import { EXTENSION, readKeyUsage, readPurposes } from "../../certificate/extensions.ts";
import { isSignedBy, readX509Certificate, type X509Certificate } from "../../certificate/x509-certificate.ts";
import { keyTypeOf, readPublicKey } from "../../cryptography/public-key.ts";
import { trustedIf, withFaults } from "../revocation-fault.ts";
import { CLOCK_SKEW } from "../revocation-source.ts";
import { isSignedWith } from "../signed-by.ts";
import { keyHash } from "./certificate-id.ts";
import type { OcspResponse } from "./ocsp-response.ts";

const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
/** digitalSignature and nonRepudiation. */
const SIGNS = 0xc000;
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...Object.values(EXTENSION),
  "2.5.29.18", // issuerAltName
  "1.3.6.1.5.5.7.1.1", // authorityInfoAccess
  NO_CHECK,
]);

/** What is asked of a responder. */
export interface ResponderRules {
  /** The clock, milliseconds since 1970. */
  readonly now: number;
  /** Whether one is taken of which nobody says that it need not be checked for revocation itself. */
  readonly withoutNoCheck: "refuse" | "accept";
}

/**
 * The certificate (DER) of whoever signed the response and may (RFC 6960, 4.2.2.2): the authority that issued the certificate, or a responder to which this very
 * authority gave a certificate for OCSP, valid now, which is in the response. Throws `RevocationFault`.
 */
export function findResponder(response: OcspResponse, authority: Authority, rules: ResponderRules): Uint8Array {
  return withFaults(() => {
    if (isNamed(response, authority.name, authority.publicKey) && isSignedWith(response, authority.key)) {
      trustedIf(rules.now <= authority.notAfter, "the authority is no longer valid");
      return authority.certificate;
    }
    const candidates = response.certificates
      .map(readX509Certificate)
      .filter(({ subject, publicKey }) => isNamed(response, subject, publicKey));
    trustedIf(candidates.length > 0, "the responder is not the authority, and its certificate is not there");
    const signer = candidates.find(({ publicKey }) => isSignedWith(response, readPublicKey(publicKey).key));
    trustedIf(signer !== undefined, "not signed by the responder that it names");
    requireDelegated(signer, authority, rules);
    return signer.der;
  });
}

function isNamed({ responder }: OcspResponse, name: Uint8Array, publicKey: Uint8Array): boolean {
  return "name" in responder
    ? Buffer.compare(responder.name, name) === 0
    : Buffer.compare(responder.keyHash, keyHash(publicKey)) === 0;
}

function requireDelegated(certificate: X509Certificate, authority: Authority, rules: ResponderRules): void {
  const { issuer, extensions, notBefore, notAfter } = certificate;
  const keyType = keyTypeOf(authority.key);
  const issued =
    Buffer.compare(issuer, authority.name) === 0 &&
    keyType !== undefined &&
    isSignedBy(certificate, authority.key, keyType);
  trustedIf(issued, "the responder's certificate is not of the authority that issued the certificate");
  const purposes = extensions.get(EXTENSION.extendedKeyUsage);
  trustedIf(
    purposes !== undefined && readPurposes(purposes).includes(OCSP_SIGNING),
    "the responder's certificate is not for OCSP",
  );
  const usage = extensions.get(EXTENSION.keyUsage);
  trustedIf(usage === undefined || (readKeyUsage(usage).bits & SIGNS) !== 0, "the responder's key is not for signing");
  for (const [type, { critical }] of extensions)
    trustedIf(!critical || UNDERSTOOD.has(type), `the responder's certificate has a critical extension ${type}`);
  trustedIf(
    notBefore <= rules.now + CLOCK_SKEW && rules.now <= notAfter,
    "the responder's certificate is not valid now",
  );
  trustedIf(
    rules.withoutNoCheck === "accept" || extensions.has(NO_CHECK),
    "nobody says whether the responder's certificate was revoked (no id-pkix-ocsp-nocheck)",
  );
}
