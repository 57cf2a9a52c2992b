import type { Failure } from "./failure.ts";

/**
 * What a verification ends with. `valid`: everything was checked and holds, revocation included. `accepted-unchecked`: everything but revocation
 * holds, and the caller wrote that it takes this. `undecided`: nothing is wrong, but a check that was asked for could not be made now (revocation
 * lists too old, a responder that does not answer): keep it and check again. `refused`: something is wrong, and the failure says what.
 */
export type Verdict = "valid" | "accepted-unchecked" | "undecided" | "refused";

/** Verdicts from the worst to the best: a file is as good as its worst signature. */
export const VERDICTS: readonly Verdict[] = ["refused", "undecided", "accepted-unchecked", "valid"];

/** The worst of some verdicts; `refused` for none, because nothing was shown. */
export const worstVerdict = (verdicts: readonly Verdict[]): Verdict =>
  VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "refused";

/**
 * What is checked of every signature and token, in this order. `form`: it can be read, strictly, one way only. `content`: what was digested is what is
 * there. `coverage`: nothing of the file is outside of the signature but what may be. `signature`: the value, under the certificate's key. `certificate`:
 * issued by a trusted authority, and for this purpose. `timestamp`: an authority's word about the time. `validity`: the certificate at the time that
 * counts. `revocation`: nobody took it back until then.
 */
export const CHECKS = [
  "form",
  "content",
  "coverage",
  "signature",
  "certificate",
  "timestamp",
  "validity",
  "revocation",
] as const;

/** One of {@link CHECKS}. */
export type CheckName = (typeof CHECKS)[number];

/**
 * How one check came out. `not-done`: there was nothing to check (no timestamp), an earlier check failed, or the caller did without it. Only a
 * `failed` timestamp leaves the verdict alone: anybody can add one, so a bad one counts as none.
 */
export interface Check {
  readonly check: CheckName;
  readonly outcome: "passed" | "failed" | "not-done";
  /** Why, for all but `passed` and what was simply not there. */
  readonly failure?: Failure;
}
