/** What somebody makes of a file: `undecided` where revocation is asked about and nobody can say. */
export type Opinion = "accepted" | "refused" | "undecided";

/** Our opinion with the code of the failure, or theirs with their words. */
export interface Answer {
  readonly opinion: Opinion;
  /** For whoever looks into a difference. */
  readonly words: string;
}

/** Asks one verifier about one file. */
export type Ask = () => Answer | Promise<Answer>;

/** One file, token, list or answer, as it was made or as somebody changed it, and who is asked about it. */
export interface Case {
  /** Who made it, or what kind of case it is: a row of the table. */
  readonly group: string;
  readonly name: string;
  readonly ours: Ask;
  /** By the peer's name. */
  readonly peers: Readonly<Record<string, Ask>>;
}

/** Verdicts that were not asked for, and why. */
export interface Skip {
  readonly what: string;
  readonly reason: string;
  readonly count: number;
}

/** The cases of one family of files, made when they are asked for; `close` ends what was started for them. */
export interface Family {
  readonly cases: readonly Case[];
  readonly skips: readonly Skip[];
  readonly close: () => void;
}

/** Accepted or refused, in the words of whoever said it. */
export const answer = (accepted: boolean, words = ""): Answer => ({
  opinion: accepted ? "accepted" : "refused",
  words: words.trim().replaceAll(/\s+/g, " ").slice(0, 300),
});
