import { homedir } from "node:os";

/** What installing depends on of the computer and the account; given by hand, it makes every place a pure function. */
export interface Surroundings {
  /** `process.platform`. */
  readonly platform: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** This computer and account. */
export function ownSurroundings(): Surroundings {
  return { platform: process.platform, home: homedir(), environment: process.env };
}
