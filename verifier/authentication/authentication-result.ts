import type { CertificateFacts } from "../certificate/resident-certificate.ts";
import type { Evidence } from "../revocation/evidence.ts";
import type { Failure } from "../verdict/failure.ts";
import type { Check, Verdict } from "../verdict/verdict.ts";

/** A login that holds, as far as `verdict` says. */
export interface AcceptedAuthentication {
  /** A site that needs certainty about revocation lets in for `valid` alone. */
  readonly verdict: Exclude<Verdict, "refused">;
  /** What `accepted-unchecked` and `undecided` lack. */
  readonly failure?: Failure;
  /** Whose card it was: issuer and serial number name the certificate, which holds no name. */
  readonly certificate: CertificateFacts;
  /** The certificate was judged at this time, */
  readonly judgedAt: Date;
  /** which the caller or the clock said. */
  readonly judgedBy: "at" | "now";
  /** The certificate hangs on an authority for tests: nobody is known to have logged in. */
  readonly test: boolean;
  /** All checks in order, each with its outcome. */
  readonly checks: readonly Check[];
  /** For `recheck`; its subject is SHA-256 of the token's signature value. Holds no personal data. */
  readonly evidence: Evidence;
}

/** A login that does not hold. */
export interface RefusedAuthentication {
  readonly verdict: "refused";
  /** The first check that failed. */
  readonly failure: Failure;
  readonly checks: readonly Check[];
  /** Where certificate and signature are sound, and only the time or revocation speak against it. */
  readonly certificate?: CertificateFacts;
  readonly evidence?: Evidence;
}

/** What became of a login: told apart by `verdict`. */
export type AuthenticationResult = AcceptedAuthentication | RefusedAuthentication;
