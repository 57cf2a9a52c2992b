/** Why something was not accepted. For the server's log and for tests; the resident reads a sentence instead. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** Throws {@link Refusal} unless `condition` holds. */
export function refuseUnless(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refusal(reason);
}

/** Runs a parser over what somebody sent; whatever it throws becomes a {@link Refusal} with this reason. */
export function parsing<T>(reason: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new Refusal(reason);
  }
}
