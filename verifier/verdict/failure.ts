import { FAILURE_GROUPS, type FailureCode, type FailureGroup } from "./failure-codes.ts";
import { FAILURE_TEXTS, type Sentences } from "./failure-texts.ts";

/** Why something was not accepted, for a program, for people, and for a log. */
export interface Failure {
  readonly code: FailureCode;
  /** Who can do something about it. */
  readonly group: FailureGroup;
  /** For the resident or the clerk, in Japanese, plain Japanese and English: what is wrong and what to do next. */
  readonly sentences: Sentences;
  /**
   * A short English note for whoever looks into it: where it went wrong. It may name a part of the file as the file does (an Id, a URI, a field), so it is the
   * sender's text: one line of at most 300 characters, and nothing for a log that must hold no personal data. The code is.
   */
  readonly detail: string;
}

/** Thrown inside the verifier where a check fails; the verifying functions turn it into a {@link Failure} and throw nothing of the kind. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: FailureCode;
  readonly detail: string;

  constructor(code: FailureCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Throws a {@link Refusal} where `condition` does not hold. */
export function refuseUnless(condition: boolean, code: FailureCode, detail: string): asserts condition {
  if (!condition) throw new Refusal(code, detail);
}

/** Longer notes are cut. */
const DETAIL_LENGTH = 300;

/** A failure with its group and sentences. The note is cut, and kept on one line: names in a file may be megabytes, or look like a log's next line. */
export const failure = (code: FailureCode, detail: string): Failure => ({
  code,
  group: FAILURE_GROUPS[code],
  sentences: FAILURE_TEXTS[code],
  detail: detail.slice(0, DETAIL_LENGTH).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\ufffd"),
});
