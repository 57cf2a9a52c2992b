import { Refusal } from "../verdict/failure.ts";

/** Why a list or an answer is not taken. */
export class RevocationFault extends Error {
  override readonly name = "RevocationFault";
  readonly why: "unreadable" | "not-trusted";

  constructor(why: RevocationFault["why"], detail: string) {
    super(detail);
    this.why = why;
  }
}

/** Throws a {@link RevocationFault} `unreadable` where `condition` does not hold. */
export function readableIf(condition: boolean, detail: string): asserts condition {
  if (!condition) throw new RevocationFault("unreadable", detail);
}

/** Throws a {@link RevocationFault} `not-trusted` where `condition` does not hold. */
export function trustedIf(condition: boolean, detail: string): asserts condition {
  if (!condition) throw new RevocationFault("not-trusted", detail);
}

/**
 * What `work` returns. Whatever readers and cryptography throw at hostile octets comes out as a {@link RevocationFault}: broken DER is `unreadable`, a
 * `Refusal` (a weak algorithm, a certificate that is none) `not-trusted`.
 */
export function withFaults<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new RevocationFault("unreadable", thrown.message);
    if (thrown instanceof Refusal) throw new RevocationFault("not-trusted", thrown.message);
    throw thrown;
  }
}
