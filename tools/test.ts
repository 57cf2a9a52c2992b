import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * `npm test`: the checks, the unit tests, then the whole road. Every part runs even if an earlier one failed; the last line is
 * `N passed, N failed, N skipped`, and each skip is printed with its reason. Exit code 0 only if nothing failed.
 * With arguments, only the tests whose file names contain one of them.
 */
const only = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "kodo-test-"));
const counts = join(folder, "counts");
writeFileSync(counts, "");

function step(title: string, command: string, args: readonly string[]): void {
  process.stdout.write(`\n── ${title}\n`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, KODO_TEST_COUNTS: counts } });
  const lines = readFileSync(counts, "utf8");
  const counted = title in TEST_STEPS && lines.includes("failed\n");
  if (status !== 0 && !counted) writeFileSync(counts, "failed\n", { flag: "a" });
  if (status === 0 && !(title in TEST_STEPS)) writeFileSync(counts, "passed\n", { flag: "a" });
  process.stdout.write(
    `── ${title}: ${status === 0 ? "ok" : "FAILED"} in ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
  );
}

const TEST_STEPS: Readonly<Record<string, string>> = { "unit tests": "unit", "the whole road": "whole" };

if (only.length === 0) step("npm run check", "npm", ["run", "--silent", "check"]);
for (const [title, project] of Object.entries(TEST_STEPS)) {
  step(title, "vitest", [
    "run",
    "--project",
    project,
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=./tools/test-reporter.ts",
    ...only,
  ]);
}

const outcomes = readFileSync(counts, "utf8").split("\n").filter(Boolean);
const skipped = outcomes.filter((line) => line.startsWith("skipped"));
const failed = outcomes.filter((line) => line.startsWith("failed"));
rmSync(folder, { recursive: true });
if (skipped.length > 0) process.stdout.write(`\nSkipped:\n${skipped.map((line) => `  ${line.slice(8)}`).join("\n")}\n`);
process.stdout.write(
  `\n${outcomes.length - failed.length - skipped.length} passed, ${failed.length} failed, ${skipped.length} skipped\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
