import { parseArgs } from "node:util";
import type { Skip } from "../tests/verifier/differential/case.ts";
import {
  compareAll,
  failures,
  needless,
  printTable,
  printTotals,
  type Comparison,
} from "../tests/verifier/differential/compare.ts";
import { FAMILIES } from "../tests/verifier/differential/families.ts";

/**
 * `npm run verifier:differential [-- --only FAMILY]`: our verifier beside programs that are not ours, over the same good and bad files, case by case. A difference
 * counts as failed unless `tests/verifier/differential/explained.ts` says why, and so does an explanation that no case needs. Ends with a table and the line
 * `N passed, N failed, N skipped`; each skip has its reason. Exit code 0 only if nothing failed.
 */
const { values } = parseArgs({ options: { only: { type: "string" } } });
const wanted = Object.entries(FAMILIES).filter(([name]) => values.only === undefined || values.only === name);
if (wanted.length === 0) {
  console.error(`usage: npm run verifier:differential -- [--only ${Object.keys(FAMILIES).join("|")}]`);
  process.exit(2);
}
const comparisons: Comparison[] = [];
const skips: Skip[] = [];
for (const [name, open] of wanted) {
  const started = performance.now();
  const family = await open();
  const found = await compareAll(name, family.cases).finally(family.close);
  comparisons.push(...found);
  skips.push(...family.skips);
  console.log(`${name}: ${found.length} verdicts in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
const failed = failures(comparisons, needless(comparisons, new Set(wanted.map(([name]) => name))));
console.log(`\n${printTable(comparisons)}\n`);
for (const { what, reason, count } of skips) console.log(`skipped ${count}: ${what}: ${reason}`);
for (const line of failed) console.log(`failed: ${line}`);
console.log(printTotals(comparisons, failed, skips));
process.exitCode = failed.length === 0 ? 0 : 1;
