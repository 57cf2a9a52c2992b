import type { ChallengeStorage, StoredChallenge } from "./challenge-storage.ts";

/**
 * Challenges in the memory of this process, `limit` at most (100,000): where more wait at a time, the oldest is forgotten, and its login must begin again.
 */
export function memoryChallengeStorage(now: () => number = Date.now, limit = 100_000): ChallengeStorage {
  // a Map keeps the order of insertion, and all live equally long: who stands first expires first
  const waiting = new Map<string, StoredChallenge>();
  return {
    put(session, challenge, expires) {
      waiting.delete(session);
      waiting.set(session, { challenge, expires });
      for (const [oldest, { expires: end }] of waiting) {
        if (waiting.size <= limit && end > now()) break;
        waiting.delete(oldest);
      }
      return Promise.resolve();
    },
    take(session) {
      const found = waiting.get(session);
      waiting.delete(session);
      return Promise.resolve(found);
    },
  };
}
