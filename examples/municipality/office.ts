import { randomBytes } from "node:crypto";
import {
  createAccounts,
  createChallengeStore,
  createGrantGuard,
  memoryAccountStore,
  memoryGrantStore,
  type Accounts,
  type ChallengeStore,
  type GrantGuard,
  type Trust,
} from "../../verifier/index.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import type { Submission } from "./submissions.ts";
import type { TimestampAuthority } from "./timestamp-authority.ts";

/** What the routes work with. */
export interface Office {
  /** The site's own origin, configured: never taken from a request. */
  readonly origin: string;
  readonly trust: Trust;
  readonly now: () => Date;
  readonly sessions: Sessions;
  readonly challenges: ChallengeStore;
  /** Which certificates belong to whom. */
  readonly accounts: Accounts;
  /** Who has the benefit already. */
  readonly grants: GrantGuard;
  readonly submissions: Map<string, Submission>;
  readonly timestamps: TimestampAuthority;
  /** What was accepted and what was not; never what it said. */
  readonly log: (line: string) => void;
}

/** An office that keeps everything in memory; a real site has `postgresAccountStore` and the like, and a secret that outlives the process. */
export function openOffice(given: Pick<Office, "origin" | "trust" | "now" | "timestamps" | "log">): Office {
  const now = (): number => given.now().getTime();
  const acceptTest = given.trust.authorities.some(({ test }) => test);
  const common = { siteSecret: randomBytes(32), acceptTest, now };
  return {
    ...given,
    sessions: createSessions(now),
    challenges: createChallengeStore({ now }),
    accounts: createAccounts({ ...common, store: memoryAccountStore() }),
    grants: createGrantGuard({ ...common, store: memoryGrantStore() }),
    submissions: new Map(),
  };
}
