import { recheck } from "../revocation/recheck.ts";
import { worstVerdict } from "../verdict/verdict.ts";
import type { CommandNamed } from "./arguments.ts";
import type { Outcome } from "./commands.ts";
import { EXIT_CODES, InputError } from "./exit-codes.ts";
import { readText } from "./input.ts";
import { jsonReport } from "./json-report.ts";
import { listsOf, type Warn } from "./judging.ts";
import { recheckText } from "./recheck-text.ts";
import { trustOf } from "./trust-folders.ts";

/**
 * `kodo-verify recheck`: earlier verdicts by newer lists. The file holds one piece of evidence, an array of them, or a report of `--json`. What is no evidence is named, and the exit code
 * says so, after the rest is judged.
 */
export function recheckCommand(command: CommandNamed<"recheck">, warn: Warn): Outcome {
  const { file, lists, json, language } = command;
  const crl = listsOf(lists, trustOf(command), warn);
  const parsed = parse(file);
  const evidence = Array.isArray(parsed) ? parsed.flatMap(evidenceIn) : evidenceIn(parsed);
  const report = recheck(evidence, { crl });
  for (const { index, reason } of report.unreadable) warn(`${file}: number ${index + 1} is no evidence (${reason}).`);
  if (report.results.length === 0) throw new InputError(`There is no evidence in ${file}.`);
  const exitCode =
    report.unreadable.length > 0
      ? EXIT_CODES.unreadable
      : EXIT_CODES[worstVerdict(report.results.map(({ after }) => after))];
  return { exitCode, text: json ? jsonReport(report) : recheckText(report, language) };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    throw error instanceof SyntaxError ? new InputError(`${file} is not JSON.`) : error;
  }
}

function evidenceIn(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  if ("evidence" in value) return [value.evidence];
  // a signature whose certificate is no resident's has none
  if ("signatures" in value && Array.isArray(value.signatures))
    return value.signatures.flatMap((signature: unknown) =>
      typeof signature === "object" && signature !== null && "evidence" in signature ? [signature.evidence] : [],
    );
  return [value];
}
