import { join, relative } from "node:path";
import type { Municipality } from "../../examples/municipality/server.ts";
import { SAMPLES, type SampleId } from "../../examples/municipality/samples.ts";
import type { RoadBrowser } from "./browser.ts";
import { ROOT } from "./paths.ts";
import { checkSample, keepAuthorities, keepDocuments, type CheckedFile } from "./sample-checks.ts";
import { openSamples } from "./sample-run.ts";
import type { Verdict } from "./verify/verdict.ts";

/** What the samples need. */
export interface FormatsOptions {
  readonly road: RoadBrowser;
  readonly site: Municipality;
  /** The folder of the authorities that certify cards. */
  readonly authorities: string;
  /** The signing PIN. */
  readonly pin: string;
  /** Where everything is left. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

/**
 * Signs every sample of `/formats`, a ceremony each, tells what other programs and our verifier say of each file, and ends with a table. Resolves to whether all of them
 * accept; a program that is not there is named, and counts as nothing.
 */
export async function showFormats({ road, site, authorities, pin, folder, say }: FormatsOptions): Promise<boolean> {
  const samples = Object.keys(SAMPLES) as SampleId[];
  const page = await openSamples(road, folder);
  say(`8. Every signature format, a ceremony each; the files are left in ${relative(ROOT, folder)}:`);
  const files = new Map<SampleId, readonly string[]>();
  for (const sample of samples) {
    files.set(sample, await page.run(sample, pin));
    say(`   ${sample}: ${(files.get(sample) ?? []).join(", ")}`);
  }
  keepAuthorities(folder, authorities, site.timestampCertificate);
  say("9. Verified by programs that are not ours, and by our verifier:");
  const checked: CheckedFile[] = [];
  for (const sample of samples) {
    keepDocuments(folder, sample);
    say(`   in ${join(relative(ROOT, folder), sample)}:`);
    for (const one of await checkSample(folder, sample, files.get(sample) ?? [])) {
      checked.push(one);
      for (const verdict of one.verdicts) sayVerdict(verdict, say);
    }
  }
  for (const line of table(checked)) say(line);
  const verdicts = checked.flatMap((one) => one.verdicts);
  const refused = verdicts.filter(({ accepted }) => accepted === false).length;
  const missing = verdicts.filter(({ accepted }) => accepted === undefined).length;
  say(
    `${verdicts.length} verdicts over ${checked.length} files: ${refused} refused, ${missing} not asked for want of the program`,
  );
  return refused === 0;
}

function sayVerdict({ command, words, accepted }: Verdict, say: (line: string) => void): void {
  say(`   $ ${command}`);
  // what a program says beyond that is for those whose file it refuses
  const lines = words.split("\n").filter(Boolean);
  for (const line of accepted ? lines.slice(-2) : lines) say(`     ${line}`);
}

const WORDS = { true: "accepts", false: "REFUSES", undefined: "not there" } as const;

/** Sample, format, verifier and verdict, in columns. */
function table(checked: readonly CheckedFile[]): string[] {
  const rows = checked.flatMap(({ sample, format, verdicts }) =>
    verdicts.map(({ verifier, accepted }) => [sample, format, verifier, WORDS[`${accepted}`]]),
  );
  const all = [["sample", "format", "verifier", "verdict"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
