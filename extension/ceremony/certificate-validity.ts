import { readCertificate } from "../../formats/x509/certificate.ts";

/** From when and until when a certificate is valid, both ends included, in milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** What today says about a certificate; `soon` is within three months of its end, when it can be renewed. */
export type ValidityVerdict = "not-yet-valid" | "expired" | "soon" | "valid";

/**
 * The validity of a DER certificate (RFC 5280, 4.1). `undefined` when it is not a certificate; nobody's word is taken for its
 * signature here, that is the site's to check.
 */
export function readValidity(certificate: Uint8Array): Validity | undefined {
  try {
    const { notBefore, notAfter } = readCertificate(certificate);
    return { notBefore, notAfter };
  } catch {
    return undefined;
  }
}

/** The verdict at `now` (milliseconds since 1970). */
export function judgeValidity(validity: Validity, now: number): ValidityVerdict {
  if (now < validity.notBefore) return "not-yet-valid";
  if (now > validity.notAfter) return "expired";
  const renewal = new Date(validity.notAfter);
  renewal.setUTCMonth(renewal.getUTCMonth() - 3);
  return now >= renewal.getTime() ? "soon" : "valid";
}
