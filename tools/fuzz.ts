import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { FUZZ_PATHS } from "../tests/fuzz/fuzz-paths.ts";
import { runFuzz } from "../tests/fuzz/fuzz-run.ts";

/**
 * `npm run fuzz -- COUNT [--seed N] [--only xml|pdf|der|document|verifier]`: COUNT rounds of damaged and hostile input, split over the paths by which
 * a stranger's octets reach a parser. Prints seed, count, accepted inputs and seconds of each path; each finding with the command that
 * repeats it. Exit code 0 only when nothing was found.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, only: { type: "string" } },
});
const count = Number(positionals[0] ?? 20_000);
const seed = Number(values.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]) >>> 0;
const paths = FUZZ_PATHS.filter((path) => values.only === undefined || values.only === path);
if (!Number.isInteger(count) || count < 1 || paths.length === 0) {
  console.error(`usage: npm run fuzz -- COUNT [--seed N] [--only ${FUZZ_PATHS.join("|")}]`);
  process.exit(2);
}

const started = performance.now();
let told = started;
const lines = await runFuzz({ count, seed, paths, workers: availableParallelism() }, (done, all) => {
  if (performance.now() - told < 10_000) return;
  told = performance.now();
  console.log(`${Math.floor((done / all) * 100)} % after ${((told - started) / 1000).toFixed(0)} s`);
});
console.log("\n| path | seed | count | accepted | seconds | findings |\n|---|---|---|---|---|---|");
for (const line of lines)
  console.log(
    `| ${line.path} | ${line.seed} | ${line.count} | ${line.accepted} | ${line.seconds.toFixed(1)} | ${line.findings.length} |`,
  );
const findings = lines.flatMap((line) => line.findings);
for (const finding of findings) console.log(`\n${finding}`);
console.log(
  `\nseed ${seed}, count ${count}, ${((performance.now() - started) / 1000).toFixed(1)} seconds, ${findings.length} findings`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
