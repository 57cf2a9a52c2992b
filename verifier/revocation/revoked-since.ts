import type { RevocationReason } from "./revocation-source.ts";

/** What a list or a responder says of a revoked certificate. Times are milliseconds since 1970. */
export interface Revocation {
  readonly revocationDate: number;
  readonly reason: RevocationReason | undefined;
  /** Since when it should not have been trusted, where that is said. */
  readonly invalidityDate: number | undefined;
}

/** From when on a certificate counts as revoked: from the revocation, and from before it for a key that was in wrong hands by then (RFC 5280, 5.3.2). */
export const revokedSince = ({ revocationDate, reason, invalidityDate = revocationDate }: Revocation): number =>
  reason === "keyCompromise" ? Math.min(revocationDate, invalidityDate) : revocationDate;
