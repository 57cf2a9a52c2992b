import type { GrantEntry, GrantMeeting, GrantState, GrantStore } from "../person/grant-store.ts";
import { milliseconds, Row, rowsOf, type Query } from "./query.ts";

const INSERT = `INSERT INTO jpki_grants (campaign, application, certificate, person, claimed_at, leads, state)
  VALUES ($1, $2, $3, $4, $5::timestamptz, $6::boolean, $7) ON CONFLICT DO NOTHING RETURNING application`;

const WAITING = `SELECT application, ${milliseconds("claimed_at")},
    (SELECT coalesce(json_agg(alike.application ORDER BY alike.entered), '[]')::text FROM (
      SELECT other.application, other.entered FROM jpki_grants other
      WHERE other.campaign = own.campaign AND other.person = own.person AND other.application <> own.application
      ORDER BY other.entered LIMIT 100
    ) alike) AS alike
  FROM jpki_grants own WHERE campaign = $1 AND state = 'waiting' ORDER BY entered LIMIT $2::int`;

/** Rows come and never go while a campaign runs, so what stood in an insertion's way is there to be read: a few turns are for `remove` alone. */
const ATTEMPTS = 8;

/**
 * A {@link GrantStore} in PostgreSQL, in the tables of `POSTGRES_SCHEMA`. The unique keys decide, not a look before: it holds with a pool as well as inside
 * of a transaction of the caller's.
 */
export function postgresGrantStore(query: Query): GrantStore {
  /** Whether there is a new row now. Waits for a transaction that is about to enter what stands in its way. */
  async function insert(entry: GrantEntry, state: "granted" | "waiting"): Promise<boolean> {
    const { campaign, application, certificate, person = null, claimedAt } = entry;
    const values = [campaign, application, certificate, person, claimedAt.toISOString(), state === "granted", state];
    return (await rowsOf(query(INSERT, values))).length === 1;
  }

  async function like({ campaign, application }: Pick<GrantEntry, "campaign" | "application">): Promise<string[]> {
    const text = `SELECT other.application FROM jpki_grants own
      JOIN jpki_grants other ON other.campaign = own.campaign AND other.person = own.person AND other.application <> own.application
      WHERE own.campaign = $1 AND own.application = $2 ORDER BY other.entered LIMIT 100`;
    return (await rowsOf(query(text, [campaign, application]))).map((row) => row.text("application"));
  }

  /** What is there of this application or this certificate. */
  async function met(entry: GrantEntry): Promise<GrantMeeting | undefined> {
    const { campaign, application, certificate } = entry;
    const text = `SELECT application, certificate, state FROM jpki_grants
      WHERE campaign = $1 AND (application = $2 OR certificate = $3)`;
    const rows = await rowsOf(query(text, [campaign, application, certificate]));
    const own = rows.find((row) => row.text("application") === application);
    if (!own) return rows[0] && { met: "certificate-used", by: rows[0].text("application") };
    if (own.text("certificate") !== certificate) return { met: "application-used" };
    return { met: "entered", state: stateOf(own), like: await like(entry) };
  }

  return {
    async claim(entry) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (await insert(entry, "granted")) return { met: "entered", state: "granted", like: [] };
        const meeting = await met(entry);
        if (meeting) return meeting;
        // neither the application nor the certificate was in the way, so the person was
        if (await insert(entry, "waiting")) return { met: "entered", state: "waiting", like: await like(entry) };
      }
      throw new Error("the campaign did not stop changing");
    },
    async waiting(campaign, limit) {
      const rows = await rowsOf(query(WAITING, [campaign, limit]));
      return rows.map((row) => ({
        application: row.text("application"),
        like: JSON.parse(row.text("alike")) as string[],
        claimedAt: row.time("claimed_at"),
      }));
    },
    async decide(campaign, application, state, at) {
      const update = `UPDATE jpki_grants SET state = $3, decided_at = $4::timestamptz
        WHERE campaign = $1 AND application = $2 AND state = 'waiting' RETURNING state`;
      const moved = (await rowsOf(query(update, [campaign, application, state, at.toISOString()])))[0];
      if (moved) return { state: stateOf(moved), moved: true };
      const look = "SELECT state FROM jpki_grants WHERE campaign = $1 AND application = $2";
      const found = (await rowsOf(query(look, [campaign, application])))[0];
      return found && { state: stateOf(found), moved: false };
    },
    async remove(campaign) {
      await query("DELETE FROM jpki_grants WHERE campaign = $1", [campaign]);
    },
  };
}

function stateOf(row: Row): GrantState {
  const state = row.text("state");
  if (state === "granted" || state === "waiting" || state === "refused") return state;
  throw new Error("column state is none of its words");
}
