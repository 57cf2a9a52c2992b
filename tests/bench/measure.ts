/** One line of the table. `ratio` is what may be compared between machines: to something that ran beside it, or to the aim. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly beside: string;
  readonly ratio: string;
}

/** The median of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs `work` so many times, one after the other; milliseconds of each. */
export async function times(count: number, work: () => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken;
}

/** A row that holds a measured value beside another in the same unit. */
export function compare(what: string, value: number, beside: string, other: number, unit: string): Row {
  const print = (amount: number): string =>
    `${amount >= 100 || Number.isInteger(amount) ? Math.round(amount) : amount.toFixed(2)} ${unit}`;
  return { what, value: print(value), beside: `${beside}: ${print(other)}`, ratio: (value / other).toFixed(2) };
}

/** Prints the rows as a table in Markdown. */
export function printTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, value, beside, ratio }) => `| ${what} | ${value} | ${beside} | ${ratio} |`);
  return ["| what | measured | beside | ratio |", "|---|---|---|---|", ...lines].join("\n");
}
