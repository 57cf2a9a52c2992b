import type { NamedCertificate } from "./named-certificate.ts";

/** Where an answer about revocation comes from: kept as evidence. Times are ISO 8601. */
export type RevocationProof =
  | {
      readonly kind: "crl";
      /** SHA-256 of the list, lower-case hex. */
      readonly sha256: string;
      /** cRLNumber, decimal; absent where the list has none. */
      readonly number?: string;
      readonly thisUpdate: string;
      readonly nextUpdate: string;
      /** `good` although it was revoked: only later than the time that was judged. */
      readonly revokedLater?: string;
    }
  | {
      readonly kind: "ocsp";
      readonly producedAt: string;
      readonly thisUpdate: string;
      readonly nextUpdate?: string;
      /** SHA-256 of the responder's certificate, lower-case hex. */
      readonly responder: string;
      /** As above. */
      readonly revokedLater?: string;
    };

/** Names of the CRLReasons (RFC 5280, 5.3.1), by their numbers; 7 is not used. */
export const REVOCATION_REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

/** CRLReason, as far as it is told. */
export type RevocationReason = Exclude<(typeof REVOCATION_REASONS)[number], undefined>;

/**
 * Why a source can't say. `no-list`: none for this certificate. `list-too-old`, `answer-too-old`: none that is new enough. `expired-before-list`: the
 * certificate expired before the list or answer was made, which need not name it any longer. `unreadable`, `not-trusted`: what came can't be read, or
 * nobody who may say it vouches for it. `no-answer`: nothing came, or an error. `not-known-there`: the answer is not about this certificate.
 */
export const UNKNOWN_REASONS = [
  "no-list",
  "list-too-old",
  "answer-too-old",
  "expired-before-list",
  "not-trusted",
  "unreadable",
  "no-answer",
  "not-known-there",
] as const;

/** One of {@link UNKNOWN_REASONS}. */
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** What a source knows of a certificate at a time. */
export type RevocationStatus =
  | { readonly status: "good"; readonly proof: RevocationProof }
  | {
      readonly status: "revoked";
      readonly revokedAt: Date;
      readonly reason: RevocationReason | undefined;
      readonly proof: RevocationProof;
    }
  | {
      readonly status: "unknown";
      readonly why: UnknownReason;
      /** A short English note for a log. Holds nothing of the certificate's holder. */
      readonly detail: string;
    };

/** Times of a question, in milliseconds since 1970. */
export interface AskedTimes {
  /** Was it revoked at this time: that at which the signature is judged. */
  readonly at: number;
  /** The clock, which decides whether a list or an answer is still new. */
  readonly now: number;
}

/**
 * Who answers whether a certificate was revoked. By law only verifiers who gave notice or were accredited get JPKI's lists and answers. A source never
 * throws for what comes from outside: it says `unknown`.
 */
export interface RevocationSource {
  /** Whether the certificate was revoked at `at`. */
  status(certificate: NamedCertificate, times: AskedTimes): RevocationStatus | Promise<RevocationStatus>;
}

/** How far clocks may differ, in milliseconds: what is dated later than this from now is from the future. */
export const CLOCK_SKEW = 5 * 60_000;

/** A source's `unknown`. */
export const unknown = (why: UnknownReason, detail: string): Extract<RevocationStatus, { status: "unknown" }> => ({
  status: "unknown",
  why,
  detail,
});
