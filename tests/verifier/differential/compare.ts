import type { Answer, Case, Skip } from "./case.ts";
import { EXPLAINED } from "./explained.ts";
import type { Explanation } from "./explanation.ts";

/** Two opinions about one case. */
export interface Comparison {
  readonly family: string;
  readonly group: string;
  readonly name: string;
  readonly peer: string;
  readonly ours: Answer;
  readonly theirs: Answer;
  /** Why they differ, where they do and somebody knows. */
  readonly explanation?: Explanation;
}

/** Asks everybody about every case, four cases at a time (half of the time is another process's). */
export async function compareAll(family: string, cases: readonly Case[]): Promise<Comparison[]> {
  const found: Comparison[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let one = cases[next++]; one; one = cases[next++]) found.push(...(await compare(family, one)));
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return found;
}

async function compare(family: string, { group, name, ours: ask, peers }: Case): Promise<Comparison[]> {
  const ours = await ask();
  return Promise.all(
    Object.entries(peers).map(async ([peer, askThem]) => {
      const theirs = await askThem();
      const both = { family, group, name, peer, ours, theirs };
      if (ours.opinion === theirs.opinion) return both;
      const explanation = EXPLAINED.find((one) => explains(one, both));
      return explanation ? { ...both, explanation } : both;
    }),
  );
}

const explains = (one: Explanation, { family, group, name, peer, ours, theirs }: Comparison): boolean =>
  one.family === family &&
  one.peers.includes(peer) &&
  one.ours === ours.opinion &&
  one.theirs === theirs.opinion &&
  one.cases.test(`${group}: ${name}`);

/** A difference that nobody explained. */
export const isSurprise = ({ ours, theirs, explanation }: Comparison): boolean =>
  ours.opinion !== theirs.opinion && explanation === undefined;

/** Explanations that a peer does not need for any case, of families of which all cases were asked. */
export const needless = (comparisons: readonly Comparison[], families: ReadonlySet<string>): string[] =>
  EXPLAINED.filter(({ family }) => families.has(family)).flatMap((one) =>
    one.peers
      .filter((peer) => !comparisons.some((each) => each.explanation === one && each.peer === peer))
      .map((peer) => `no case needs this explanation: ${one.family}, ${peer}: ${one.what}`),
  );

/** A Markdown table: one row for each family, group and peer. */
export function printTable(comparisons: readonly Comparison[]): string {
  const rows = Map.groupBy(comparisons, ({ family, group, peer }) => `| ${family} | ${group} | ${peer} |`);
  const lines = [...rows].map(([head, all]) => {
    const count = (wanted: (one: Comparison) => boolean): number => all.filter(wanted).length;
    const agreeing = (opinion: string): number =>
      count(({ ours, theirs }) => ours.opinion === opinion && theirs.opinion === opinion);
    const explained = count(({ explanation }) => explanation !== undefined);
    return `${head} ${all.length} | ${agreeing("accepted")} | ${agreeing("refused")} | ${agreeing("undecided")} | ${explained} |`;
  });
  return [
    "| family | maker or group | peer | cases | both accept | both refuse | both undecided | explained differences |",
    "|---|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** What is wrong, a line each: differences without an explanation, explanations without a difference. */
export function failures(comparisons: readonly Comparison[], unneeded: readonly string[]): string[] {
  return [
    ...comparisons
      .filter(isSurprise)
      .map(
        ({ family, group, name, peer, ours, theirs }) =>
          `${family} | ${group}: ${name} | ours ${ours.opinion} (${ours.words}) | ${peer} ${theirs.opinion} (${theirs.words})`,
      ),
    ...unneeded,
  ];
}

/** The line that ends a run. */
export function printTotals(
  comparisons: readonly Comparison[],
  failed: readonly string[],
  skips: readonly Skip[],
): string {
  const passed = comparisons.filter((one) => !isSurprise(one)).length;
  const skipped = skips.reduce((sum, { count }) => sum + count, 0);
  return `${passed} passed, ${failed.length} failed, ${skipped} skipped`;
}
