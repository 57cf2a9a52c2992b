import type { Opinion } from "./case.ts";

/** Why we and others say different things about the same cases. */
export interface Explanation {
  readonly family: string;
  /** Matched against `group: name`. */
  readonly cases: RegExp;
  /** The cases in words, as docs/verifying.md names them. */
  readonly what: string;
  /** Each of them needs it for at least one case. */
  readonly peers: readonly string[];
  readonly ours: Opinion;
  readonly theirs: Opinion;
  /** One English sentence. */
  readonly reason: string;
}

/** A row of one family: the cases in words, which they are, who says otherwise, and why. */
export type Row = readonly [what: string, cases: RegExp, peers: readonly string[], reason: string];

/** Explanations of a family of which ours and theirs are the same opinions throughout. */
export const rows = (family: string, ours: Opinion, theirs: Opinion, all: readonly Row[]): Explanation[] =>
  all.map(([what, cases, peers, reason]) => ({ family, cases, what, peers, ours, theirs, reason }));

/** The row of docs/verifying.md. */
export const documented = ({ family, what, peers, ours, theirs, reason }: Explanation): string =>
  `| ${family} | ${what} | ${peers.join(", ")} | ${ours} | ${theirs} | ${reason} |`;
