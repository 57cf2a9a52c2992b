import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Case } from "./case.ts";
import { compareAll, failures, needless, printTable, printTotals, type Comparison } from "./compare.ts";
import { EXPLAINED } from "./explained.ts";
import { documented } from "./explanation.ts";
import { FAMILIES } from "./families.ts";

/** So many cases apart are those that are asked about here, where a case costs processes; `npm run verifier:differential` asks about all. */
const STEPS: Readonly<Record<string, number>> = {
  certificates: 7,
  timestamps: 4,
  logins: 2,
  cms: 11,
  xml: 17,
  pdf: 7,
};

describe("our verdicts beside those of others", () => {
  it.each(Object.entries(FAMILIES))("%s: no difference that nobody explained", async (name, open) => {
    const { cases, skips, close } = await open();
    const step = STEPS[name] ?? 1;
    const cut = cases.filter((_, at) => at % step === 0);
    const found = await compareAll(name, cut).finally(close);
    for (const { what, reason, count } of skips) console.log(`skipped ${count}: ${what}: ${reason}`);
    expect(failures(found, [])).toEqual([]);
    const agreeing = (opinion: string): number =>
      found.filter(({ ours, theirs }) => ours.opinion === opinion && theirs.opinion === opinion).length;
    expect(found.length).toBeGreaterThanOrEqual(cut.length);
    expect(found.length).toBeGreaterThan(20);
    expect(agreeing("accepted")).toBeGreaterThan(0);
    expect(agreeing("refused")).toBeGreaterThan(2);
  });
});

describe("the comparison itself", () => {
  const one = (ours: "accepted" | "refused", theirs: "accepted" | "refused", name = "a case"): Case => ({
    group: "for signing",
    name,
    ours: () => ({ opinion: ours, words: "" }),
    peers: { "openssl verify": () => ({ opinion: theirs, words: "words" }) },
  });
  const compare = (...cases: Case[]): Promise<Comparison[]> => compareAll("certificates", cases);

  it("fails on a difference without an explanation, in either direction", async () => {
    const found = await compare(one("accepted", "refused"), one("refused", "accepted"), one("accepted", "accepted"));
    const failed = failures(found, []);
    expect(failed).toHaveLength(2);
    expect(printTotals(found, failed, [])).toBe("1 passed, 2 failed, 0 skipped");
  });

  it("takes one with an explanation, of these opinions alone", async () => {
    const name = "by SHA-1";
    const found = await compare(one("refused", "accepted", name), one("accepted", "refused", name));
    expect(failures(found, [])).toHaveLength(1);
    expect(printTable(found).split("\n").at(-1)).toBe(
      "| certificates | for signing | openssl verify | 2 | 0 | 0 | 0 | 1 |",
    );
  });

  it("fails on an explanation that no case needs", async () => {
    const found = await compare(one("refused", "accepted", "by SHA-1"));
    const unneeded = needless(found, new Set(["certificates"]));
    expect(unneeded.length).toBeGreaterThan(10);
    expect(unneeded).not.toContain("no case needs this explanation: certificates, openssl verify: signed with SHA-1");
    expect(unneeded).toContain("no case needs this explanation: certificates, openssl verify: anyPolicy");
  });
});

describe("docs/verifying.md", () => {
  const squeezed = (text: string): string => text.replaceAll(/\s+/g, " ");
  const document = squeezed(readFileSync(join(import.meta.dirname, "../../../docs/verifying.md"), "utf8"));
  it.each(EXPLAINED.map((one) => [`${one.family}: ${one.what}`, one] as const))("has the row %s", (_, one) => {
    expect(document).toContain(squeezed(documented(one)));
  });

  it("has no row that explains nothing", () => {
    const rows = readFileSync(join(import.meta.dirname, "../../../docs/verifying.md"), "utf8")
      .split("\n")
      .filter((line) => /^\|.*\| (accepted|refused|undecided) +\| (accepted|refused|undecided) +\|/.test(line));
    const known = new Set(EXPLAINED.map((one) => squeezed(documented(one))));
    expect(rows.map(squeezed).filter((row) => !known.has(row))).toEqual([]);
  });
});
