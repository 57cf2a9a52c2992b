import { CHECKS, type Check, type CheckName } from "../verdict/verdict.ts";
import { failure, Refusal, type Failure } from "../verdict/failure.ts";

/** The checks of one token or signature while they are made. What nobody reported is `not-done`. */
export class CheckList {
  readonly #outcomes = new Map<CheckName, Check>();

  /** The check was made and holds. */
  pass(...checks: readonly CheckName[]): void {
    for (const check of checks) this.#outcomes.set(check, { check, outcome: "passed" });
  }

  /** The check does not hold. */
  fail(check: CheckName, { code, detail }: Refusal): Failure {
    const found = failure(code, detail);
    this.#outcomes.set(check, { check, outcome: "failed", failure: found });
    return found;
  }

  /** The check could not be made, or the caller did without it, for this reason. */
  leaveOut(check: CheckName, why: Failure): void {
    this.#outcomes.set(check, { check, outcome: "not-done", failure: why });
  }

  /** What `work` returns, the check passed; where it throws a {@link Refusal}, the check failed and the refusal goes on to the caller. */
  run<T>(check: CheckName, work: () => T): T {
    try {
      const result = work();
      this.pass(check);
      return result;
    } catch (thrown) {
      if (thrown instanceof Refusal) this.fail(check, thrown);
      throw thrown;
    }
  }

  /** All checks, in the order of `CHECKS`. */
  list(): Check[] {
    return CHECKS.map((check) => this.#outcomes.get(check) ?? { check, outcome: "not-done" });
  }

  /** The first check that failed and decides: a bad timestamp does not. */
  failure(): Failure | undefined {
    return this.list().find(({ check, outcome }) => outcome === "failed" && check !== "timestamp")?.failure;
  }
}
