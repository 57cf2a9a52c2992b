import type { Verdict } from "../verdict/verdict.ts";

/** What `kodo-verify` ends with: the verdict, or that there is none (numbers of sysexits.h). */
export const EXIT_CODES = {
  valid: 0,
  "accepted-unchecked": 1,
  refused: 2,
  undecided: 3,
  usage: 64,
  unreadable: 66,
} as const satisfies Readonly<Record<Verdict | "usage" | "unreadable", number>>;

/** The command as typed makes no sense. The message is a sentence for people. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A file that was named can't be read, or holds nothing that is wanted there. The message is a sentence for people. */
export class InputError extends Error {
  override readonly name = "InputError";
}
