import type { Trust } from "../certificate/authority.ts";
import type { RevocationSource } from "../revocation/revocation-source.ts";

/** What every verification needs to be told. */
export interface JudgingOptions {
  /** Made by `createTrust` or `readTrust`. */
  readonly trust: Trust;
  /**
   * Who answers about revocation. A site that may not ask writes `accept-unknown`, and gets `accepted-unchecked` at best: the card may be stolen, its
   * holder dead.
   */
  readonly revocation: RevocationSource | "accept-unknown";
  /** The time at which certificates are judged where no timestamp says it: now, unless the caller knows better (when the file came in). */
  readonly at?: Date;
}

/** Which time it is at which a certificate is judged. */
export interface JudgedTime {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: "timestamp" | "at" | "now";
}

/**
 * Throws a `TypeError` for options with which nothing could be judged honestly, so that a site finds out when it is written, not when it is attacked. The
 * types say the same; plain JavaScript needs it said.
 */
export function checkJudgingOptions({ trust, revocation, at }: JudgingOptions): void {
  const given: unknown = trust;
  if (typeof given !== "object" || given === null || !Array.isArray(trust.authorities))
    throw new TypeError("trust: give what createTrust() or readTrust() made");
  const source: unknown = revocation;
  const answers = typeof source === "object" && source !== null && "status" in source;
  if (!answers && source !== "accept-unknown")
    throw new TypeError(
      "revocation: give a source (crlSource, ocspSource, or your own), or write 'accept-unknown' to accept certificates that may have been revoked",
    );
  if (at !== undefined && Number.isNaN(at.getTime())) throw new TypeError("at: not a date");
}

/** The time that counts when no timestamp says another. */
export const timeWithoutTimestamp = ({ at }: JudgingOptions, now: number): JudgedTime =>
  at === undefined ? { at: now, by: "now" } : { at: at.getTime(), by: "at" };
