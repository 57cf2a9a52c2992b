import { openDer, type DerFields } from "../../formats/der/der-fields.ts";
import { EXTENSION, readKeyUsage, readPurposes } from "../certificate/extensions.ts";
import type { X509Certificate } from "../certificate/x509-certificate.ts";

const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const ANY_PURPOSE = "2.5.29.37.0";
/** keyUsage as numbers (RFC 5280, 4.2.1.3), bit 0 highest. */
const SIGNATURES = 0xc000;
const CERTIFICATES = 0x0400;
/** Extensions that are looked at here, or that only say under which rules the certificate was issued. */
const KNOWN: ReadonlySet<string> = new Set([
  EXTENSION.keyUsage,
  EXTENSION.basicConstraints,
  EXTENSION.extendedKeyUsage,
  EXTENSION.certificatePolicies,
  EXTENSION.subjectKeyIdentifier,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.subjectAltName,
  EXTENSION.cRLDistributionPoints,
]);

/**
 * Why the certificate can't make timestamps at `time` (milliseconds since 1970); `undefined` when it can: it is for them alone, and says so critically (RFC 3161,
 * 2.3), its key for signatures alone, and it was valid. Throws `RangeError` for extensions that can't be read.
 */
export function faultOfAuthority(certificate: X509Certificate, time: number): string | undefined {
  const { extensions } = certificate;
  const purpose = extensions.get(EXTENSION.extendedKeyUsage);
  if (purpose?.critical !== true) return "extended key usage is not critical";
  if (readPurposes(purpose).join() !== TIME_STAMPING) return "not for timestamps alone";
  const usage = extensions.get(EXTENSION.keyUsage);
  if (usage && (readKeyUsage(usage).bits & ~SIGNATURES) !== 0) return "the key is not for signatures alone";
  return commonFault(certificate, time);
}

/**
 * Why the certificate can't have issued another at `time`, with so many more authorities between that one and the timestamp's; `undefined` when it can (RFC 5280,
 * 6.1.4). Throws `RangeError`.
 */
export function faultOfIssuer(certificate: X509Certificate, time: number, between: number): string | undefined {
  const { extensions } = certificate;
  const constraints = extensions.get(EXTENSION.basicConstraints);
  if (!constraints) return "no authority";
  const { authority, longest } = readConstraints(openDer(constraints.value));
  if (!authority) return "no authority";
  if (longest < between) return "too long a path";
  const usage = extensions.get(EXTENSION.keyUsage);
  if (usage && (readKeyUsage(usage).bits & CERTIFICATES) === 0) return "the key does not sign certificates";
  const purpose = extensions.get(EXTENSION.extendedKeyUsage);
  const purposes = purpose ? readPurposes(purpose) : [ANY_PURPOSE];
  if (!purposes.includes(TIME_STAMPING) && !purposes.includes(ANY_PURPOSE)) return "an authority for something else";
  return commonFault(certificate, time);
}

function commonFault({ extensions, notBefore, notAfter }: X509Certificate, time: number): string | undefined {
  for (const [type, { critical }] of extensions) if (critical && !KNOWN.has(type)) return `critical extension ${type}`;
  return notBefore <= time && time <= notAfter ? undefined : "a certificate that was not valid then";
}

function readConstraints(fields: DerFields): { authority: boolean; longest: number } {
  const authority = fields.optional(0x01)?.contents[0] === 0xff;
  const [longest = Infinity, ...more] = fields.done ? [] : fields.unsigned();
  fields.end();
  return { authority, longest: more.length > 0 ? Infinity : longest };
}
