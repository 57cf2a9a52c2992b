import { randomBytes } from "node:crypto";
import type { ChallengeStorage } from "./challenge-storage.ts";
import { memoryChallengeStorage } from "./memory-challenge-storage.ts";

/** Challenges for logins: one waits for each session, and each is good for one attempt. */
export interface ChallengeStore {
  /**
   * A new challenge, base64 of 32 random octets (44 characters), for the page to give to the browser. One that the session had before counts no more. `session`
   * is the identifier of the visitor's session, which must be there before the login: a challenge that any session could use protects nobody. Throws
   * `TypeError` where it is empty.
   */
  issue(session: string): Promise<string>;
  /** The session's challenge, which is gone with this, whatever the token turns out to be. `undefined` when there is none, or none that is still good. */
  take(session: string): Promise<string | undefined>;
}

/** What {@link createChallengeStore} may be told. */
export interface ChallengeStoreOptions {
  /** Milliseconds that a challenge is good for; 5 minutes unless told. */
  readonly lifetime?: number;
  /** Where they wait; the memory of this process unless told. */
  readonly storage?: ChallengeStorage;
  /** The clock, milliseconds since 1970. */
  readonly now?: () => number;
}

/** Makes a {@link ChallengeStore}. Throws `TypeError` for a lifetime that is none. */
export function createChallengeStore(options: ChallengeStoreOptions = {}): ChallengeStore {
  const { lifetime = 300_000, now = Date.now, storage = memoryChallengeStorage(now) } = options;
  if (!Number.isFinite(lifetime) || lifetime <= 0) throw new TypeError("lifetime must be a number of milliseconds");
  return {
    async issue(session) {
      requireSession(session);
      const challenge = randomBytes(32).toString("base64");
      await storage.put(session, challenge, now() + lifetime);
      return challenge;
    },
    async take(session) {
      requireSession(session);
      const found = await storage.take(session);
      return found && now() < found.expires ? found.challenge : undefined;
    },
  };
}

function requireSession(session: unknown): void {
  if (typeof session !== "string" || session === "") throw new TypeError("a session's identifier is missing");
}
