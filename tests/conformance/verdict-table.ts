/** What one verifier said of the signatures of one format. */
export interface VerdictRow {
  readonly format: string;
  readonly verifier: string;
  /** Signatures as they were made, all of which should be accepted, and how many were. */
  readonly inputs: number;
  readonly accepted: number;
  /** The same with something changed that is signed, all of which should be rejected, and how many were. */
  readonly altered: number;
  readonly rejected: number;
}

/** Verdicts that were not asked for, or count for nothing, and why. */
export interface Skip {
  readonly what: string;
  readonly reason: string;
  readonly count: number;
}

/** The whole matrix. `excused` of a row are inputs that the verifier is known to get wrong. */
export interface VerdictTable {
  readonly rows: readonly (VerdictRow & { readonly excused?: number })[];
  readonly skips: readonly Skip[];
}

/** Verdicts as they should be, others, and those that were not asked for. */
export function countVerdicts({ rows, skips }: VerdictTable): { passed: number; failed: number; skipped: number } {
  let [passed, failed] = [0, 0];
  for (const { inputs, accepted, altered, rejected, excused = 0 } of rows) {
    passed += Math.min(accepted, inputs - excused) + rejected;
    // an excuse that is not needed any more is a failure too: it would hide the next one
    failed += Math.abs(inputs - excused - accepted) + altered - rejected;
  }
  return { passed, failed, skipped: skips.reduce((sum, { count }) => sum + count, 0) };
}

/** The table in Markdown, the skips with their reasons, and last the line of totals. */
export function printVerdicts(table: VerdictTable): string {
  const number = (value: number): string => value.toLocaleString("en");
  const lines = table.rows.map(
    ({ format, verifier, inputs, accepted, altered, rejected }) =>
      `| ${format} | ${number(inputs)} | ${verifier} | ${number(accepted)} | ${number(rejected)} of ${number(altered)} |`,
  );
  const { passed, failed, skipped } = countVerdicts(table);
  return [
    "| format | inputs | verifier | accepted | altered, and rejected |",
    "|---|---|---|---|---|",
    ...lines,
    "",
    ...table.skips.map(({ what, reason, count }) => `skipped ${number(count)}: ${what}: ${reason}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join("\n");
}
