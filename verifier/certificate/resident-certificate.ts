import type { KeyObject } from "node:crypto";
import type { CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import type { Authority, CertificateKind } from "./authority.ts";

/**
 * A resident's certificate that a trusted authority issued, of the profile of its kind (policy, key usage, basic constraints, no critical extension
 * that is unknown). Says nothing of a time or of revocation yet.
 */
export interface ResidentCertificate {
  readonly kind: CertificateKind;
  readonly authority: Authority;
  /** As it came, DER. */
  readonly der: Uint8Array;
  /** SHA-256 of `der`, lower-case hex. */
  readonly sha256: string;
  /** Contents of the INTEGER, lower-case hex: together with the issuer's name it names the certificate (the number of issue, for J-LIS). */
  readonly serialNumber: string;
  readonly key: KeyObject;
  /** `rsa` of 2,048 bits or more, or the curve. */
  readonly keyType: "rsa" | "P-256" | "P-384" | "P-521";
  /** Milliseconds since 1970, both included. */
  readonly notBefore: number;
  readonly notAfter: number;
  /**
   * The one `fullName` of cRLDistributionPoints, which the partial list that would name this certificate has in its issuingDistributionPoint as the same octets:
   * GeneralNames as they stand there, so the first octet is `a0`. Absent where there is none, or not exactly one.
   */
  readonly distributionPoint: Uint8Array | undefined;
  /** What a signing certificate says of its holder; empty for one of the other kind. */
  readonly holder: CertificateAttributes;
}

/** What callers get to know of a certificate. Holds nothing of its holder but what names it. */
export interface CertificateFacts {
  readonly kind: CertificateKind;
  /** SHA-256 of the issuer's `Name` (DER), lower-case hex: one for all generations of a kind. */
  readonly issuerNameHash: string;
  /** SHA-256 of the authority's certificate, lower-case hex: which generation. */
  readonly authorityFingerprint: string;
  readonly serialNumber: string;
  readonly sha256: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Issued by an authority for tests. */
  readonly test: boolean;
}
