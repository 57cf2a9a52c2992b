import { refuseUnless } from "../verdict/failure.ts";
import type { ResidentCertificate } from "./resident-certificate.ts";

/**
 * Holds a certificate and its authority's to a time, milliseconds since 1970; both ends of a validity are in it. Refused: `certificate-not-yet-valid`,
 * `certificate-expired`, `issuer-not-valid`.
 */
export function checkValidity({ notBefore, notAfter, authority }: ResidentCertificate, at: number): void {
  refuseUnless(at >= notBefore, "certificate-not-yet-valid", "before notBefore");
  refuseUnless(at <= notAfter, "certificate-expired", "after notAfter");
  const issuer = at >= authority.notBefore && at <= authority.notAfter;
  refuseUnless(issuer, "issuer-not-valid", "outside of the validity of the authority's certificate");
}
