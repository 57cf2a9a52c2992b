import { requireChallenge, requireOrigin } from "../judgement/expected-origin.ts";
import type { Trust } from "../certificate/authority.ts";
import type { ExpectedArguments } from "./arguments.ts";
import { UsageError } from "./exit-codes.ts";

/** Throws {@link UsageError} for an origin or a challenge that no site has. */
export function checkExpected({ origin, challenge }: ExpectedArguments, trust: Trust): void {
  try {
    requireOrigin(origin, trust);
    requireChallenge(challenge);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`--${error.message}.`) : error;
  }
}
