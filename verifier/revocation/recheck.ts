import * as v from "valibot";
import type { Verdict } from "../verdict/verdict.ts";
import type { CrlSource } from "./crl/crl-source.ts";
import { EVIDENCE_SCHEMA } from "./evidence-schema.ts";
import { namedInEvidence, type Evidence } from "./evidence.ts";
import type { RevocationStatus } from "./revocation-source.ts";

/** What newer lists make of one verdict. */
export interface Rechecked {
  /** Which of the pieces of evidence that were given, from 0. */
  readonly index: number;
  readonly subject: Evidence["subject"];
  readonly before: Verdict;
  /**
   * `certificate-revoked` is the only reason for which a verdict becomes `refused`; one that was `refused` stays so. Where the lists don't know, it
   * stays what it was: `valid` was shown by the proof that is in the evidence.
   */
  readonly after: Verdict;
  /** What the lists say now, of the time that was judged then; the reason where they don't know. */
  readonly status: RevocationStatus;
  /** The certificate hangs on an authority for tests. */
  readonly test: boolean;
}

/** What became of all. */
export interface RecheckReport {
  /** How many verdicts there are now of each kind; what could not be read is not among them. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** One for each piece of evidence that could be read, in their order. */
  readonly results: readonly Rechecked[];
  /** Those of `results` that are other than before: look at each that is `refused` now. */
  readonly changed: readonly Rechecked[];
  /** What is no evidence, with where in it and why. */
  readonly unreadable: readonly { readonly index: number; readonly reason: string }[];
}

/**
 * Judges earlier verdicts again by newer lists, offline: nothing but the evidence is needed. What is no evidence of {@link EVIDENCE_SCHEMA} is listed, and the
 * rest goes on. `now` is the clock, by default this machine's.
 */
export function recheck(
  evidence: readonly unknown[],
  { crl, now = new Date() }: { readonly crl: Pick<CrlSource, "status">; readonly now?: Date },
): RecheckReport {
  const results: Rechecked[] = [];
  const unreadable: { index: number; reason: string }[] = [];
  const verdicts = { valid: 0, "accepted-unchecked": 0, undecided: 0, refused: 0 };
  for (const [index, given] of evidence.entries()) {
    const parsed = v.safeParse(EVIDENCE_SCHEMA, given, { abortEarly: true });
    if (!parsed.success) {
      unreadable.push({ index, reason: describe(parsed.issues[0]) });
      continue;
    }
    const { output } = parsed;
    const status = crl.status(namedInEvidence(output), { at: Date.parse(output.judgedAt), now: now.getTime() });
    const after = verdictAfter(output.verdict, status);
    verdicts[after]++;
    results.push({ index, subject: output.subject, before: output.verdict, after, status, test: output.test });
  }
  return { verdicts, results, changed: results.filter(({ before, after }) => before !== after), unreadable };
}

function verdictAfter(before: Verdict, { status }: RevocationStatus): Verdict {
  // what was wrong with it then is not undone by a list
  if (before === "refused" || status === "unknown") return before;
  return status === "good" ? "valid" : "refused";
}

/** Where, and what was expected; what stands there is not repeated. */
function describe(issue: v.InferIssue<typeof EVIDENCE_SCHEMA>): string {
  const place = v.getDotPath(issue);
  return `${place === null ? "" : `${place}: `}expected ${issue.expected ?? "something else"}`;
}
