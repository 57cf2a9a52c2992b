import { Refusal, refuseUnless } from "../verdict/failure.ts";
import type { Authority } from "./authority.ts";
import {
  EXTENSION,
  readBasicConstraints,
  readKeyUsage,
  readPolicies,
  readPurposes,
  type Extensions,
} from "./extensions.ts";
import { OTHER_KIND } from "./find-issuer.ts";
import type { X509Certificate } from "./x509-certificate.ts";

/** keyUsage of a resident's certificate, all of it: digitalSignature, for signing with nonRepudiation. See `readKeyUsage`. */
const USAGES = { authentication: 0x8000, signing: 0xc000 } as const;
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/** Extensions that are looked at here, or that say nothing which could take trust away: they may be critical. */
const KNOWN: ReadonlySet<string> = new Set([
  EXTENSION.keyUsage,
  EXTENSION.basicConstraints,
  EXTENSION.certificatePolicies,
  EXTENSION.subjectAltName,
  EXTENSION.cRLDistributionPoints,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.subjectKeyIdentifier,
]);

/**
 * Holds a certificate that `authority` issued to the profile of a resident's: keyUsage, critical, is exactly that of its kind; for login an extendedKeyUsage, if there is
 * one, has clientAuth; one of the authority's policies; no authority itself; no critical extension that is unknown here. Refused:
 * `certificate-not-for-login`, `certificate-not-for-signing`, `certificate-policy`, `certificate-extension`.
 */
export function requireResidentProfile({ extensions }: X509Certificate, authority: Authority): void {
  const { kind } = authority;
  try {
    const usage = extensions.get(EXTENSION.keyUsage);
    const exact = usage !== undefined && usage.critical && readKeyUsage(usage).bits === USAGES[kind];
    refuseUnless(exact, OTHER_KIND[kind], "keyUsage");
    const purposes = extensions.get(EXTENSION.extendedKeyUsage);
    const login = kind === "authentication" && purposes !== undefined;
    refuseUnless(
      !login || readPurposes(purposes).includes(CLIENT_AUTHENTICATION),
      OTHER_KIND[kind],
      "extendedKeyUsage",
    );
    requireNoOther(extensions, login);
    const policies = extensions.get(EXTENSION.certificatePolicies);
    const named = policies ? readPolicies(policies) : [];
    refuseUnless(
      named.some((policy) => authority.policies.includes(policy)),
      "certificate-policy",
      policies ? "none of the authority's policies" : "no certificatePolicies",
    );
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("certificate-extension", fault.message);
    throw fault;
  }
}

function requireNoOther(extensions: Extensions, purposesKnown: boolean): void {
  const constraints = extensions.get(EXTENSION.basicConstraints);
  const authority = constraints !== undefined && readBasicConstraints(constraints).authority;
  refuseUnless(!authority, "certificate-extension", "the certificate of an authority");
  for (const [type, { critical }] of extensions) {
    const known = KNOWN.has(type) || (purposesKnown && type === EXTENSION.extendedKeyUsage);
    refuseUnless(!critical || known, "certificate-extension", `critical extension ${type}`);
  }
}
