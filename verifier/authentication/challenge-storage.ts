/** A challenge that waits for its answer. */
export interface StoredChallenge {
  readonly challenge: string;
  /** Milliseconds since 1970: from then on it counts no more. */
  readonly expires: number;
}

/**
 * Where challenges wait: one for each session, the newest. One process needs none but the default (`memoryChallengeStorage`); several processes need one that they
 * share. With Redis, `put` is `SET key value PX milliseconds` and `take` is `GETDEL key` (6.2 or newer): a `GET` and a `DEL` after it would let two requests
 * take the same challenge. With SQL, `take` is one `DELETE … RETURNING`.
 */
export interface ChallengeStorage {
  /** Keeps the challenge for the session, in place of an older one. It may be forgotten from `expires` on (milliseconds since 1970). */
  put(session: string, challenge: string, expires: number): Promise<void>;
  /** Gives the session's challenge and removes it in one step: of two calls at the same time only one gets it. `undefined` when there is none. */
  take(session: string): Promise<StoredChallenge | undefined>;
}
