import { createHash } from "node:crypto";
import type { ChallengeStorage } from "../authentication/challenge-storage.ts";
import { milliseconds, rowsOf, type Query } from "./query.ts";

// the row of the same session is left to the upsert: one statement can't do both to it
const PUT = `WITH swept AS (
    DELETE FROM jpki_challenges WHERE session IN (
      SELECT session FROM jpki_challenges WHERE expires < $4::timestamptz AND session <> $1
      ORDER BY expires LIMIT 10 FOR UPDATE SKIP LOCKED
    )
  )
  INSERT INTO jpki_challenges (session, challenge, expires) VALUES ($1, $2, $3::timestamptz)
  ON CONFLICT (session) DO UPDATE SET challenge = EXCLUDED.challenge, expires = EXCLUDED.expires`;

const TAKE = `DELETE FROM jpki_challenges WHERE session = $1 RETURNING challenge, ${milliseconds("expires")}`;

/**
 * A {@link ChallengeStorage} in PostgreSQL, in the tables of `POSTGRES_SCHEMA`: for a site of several processes. Taking is one DELETE, so a challenge goes to
 * one caller only. Of the session's identifier SHA-256 alone is kept: who reads the table can't enter a session. Every `put` takes away up to ten
 * challenges whose time is over (by `now`, milliseconds since 1970), so none pile up.
 */
export function postgresChallengeStorage(query: Query, now: () => number = Date.now): ChallengeStorage {
  return {
    async put(session, challenge, expires) {
      const values = [keyOf(session), challenge, new Date(expires).toISOString(), new Date(now()).toISOString()];
      await query(PUT, values);
    },
    async take(session) {
      const [row] = await rowsOf(query(TAKE, [keyOf(session)]));
      return row && { challenge: row.text("challenge"), expires: row.time("expires").getTime() };
    },
  };
}

const keyOf = (session: string): string => createHash("sha256").update(session).digest("base64url");
