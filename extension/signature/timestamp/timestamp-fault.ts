/**
 * What is wrong with a timestamp response. `size`: over 64 KB. `encoding`: not the DER that RFC 3161 describes. `status`: the authority did not
 * grant it. `nonce`, `imprint`: it answers another question. `algorithm`: one that is not taken. `certificate`: the one that signed is not in
 * the token or not the one it names. `purpose`: that one is not for timestamps alone. `validity`: it was not valid at the time stated. `digest`:
 * the signed digest is not that of the statement. `signature`: it does not verify.
 */
export type TimestampReason =
  | "size"
  | "encoding"
  | "status"
  | "nonce"
  | "imprint"
  | "algorithm"
  | "certificate"
  | "purpose"
  | "validity"
  | "digest"
  | "signature";

/** A timestamp response that is not put into a signature. The message is a short English note for whoever debugs the site. */
export class TimestampFault extends Error {
  override readonly name = "TimestampFault";
  readonly reason: TimestampReason;

  constructor(reason: TimestampReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
  }
}

/** Throws a {@link TimestampFault} where `condition` does not hold. */
export function demand(condition: boolean, reason: TimestampReason, detail: string): asserts condition {
  if (!condition) throw new TimestampFault(reason, detail);
}
