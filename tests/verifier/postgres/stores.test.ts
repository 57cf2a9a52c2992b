import { randomBytes, randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccounts } from "../../../verifier/person/accounts.ts";
import { createGrantGuard } from "../../../verifier/person/grants.ts";
import { postgresAccountStore } from "../../../verifier/postgres/account-store.ts";
import { postgresChallengeStorage } from "../../../verifier/postgres/challenge-storage.ts";
import { postgresGrantStore } from "../../../verifier/postgres/grant-store.ts";
import type { Query } from "../../../verifier/postgres/query.ts";
import { POSTGRES_SCHEMA } from "../../../verifier/postgres/schema.ts";
import { playedLogin, playedSigner, SITE_SECRET } from "../../support/played-people.ts";
import { postgresSkipReason, startPostgres, type PostgresCluster } from "../../support/postgres-cluster.ts";
import { accountStoreContract } from "./account-store.contract.ts";
import { accountsContract } from "./accounts.contract.ts";
import { challengeStorageContract } from "./challenge-storage.contract.ts";
import { grantStoreContract } from "./grant-store.contract.ts";
import { grantsContract } from "./grants.contract.ts";

const reason = postgresSkipReason();

describe.skipIf(reason !== undefined)(`stores in PostgreSQL${reason === undefined ? "" : ` (${reason})`}`, () => {
  let cluster: PostgresCluster;
  let pool: Pool;
  const query: Query = (text, values) => pool.query(text, values);
  beforeAll(async () => {
    cluster = await startPostgres();
    pool = cluster.pool();
    await pool.query(POSTGRES_SCHEMA);
  });
  afterAll(() => cluster.stop());

  accountStoreContract("PostgreSQL", () => postgresAccountStore(query));
  grantStoreContract("PostgreSQL", () => postgresGrantStore(query));
  accountsContract("PostgreSQL", () => postgresAccountStore(query));
  grantsContract("PostgreSQL", () => postgresGrantStore(query));

  challengeStorageContract("PostgreSQL", (now) => postgresChallengeStorage(query, now));

  it("keep no session by which somebody could enter", async () => {
    const session = randomUUID();
    await postgresChallengeStorage(query).put(session, "a challenge", Date.now() + 60_000);
    const { rows } = await pool.query("SELECT * FROM jpki_challenges");
    expect(JSON.stringify(rows)).toContain("a challenge");
    expect(JSON.stringify(rows)).not.toContain(session);
  });

  it("have a schema that can be run again, and is whole", async () => {
    await expect(pool.query(POSTGRES_SCHEMA)).resolves.toBeDefined();
    const { rows } = await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename");
    expect(rows).toEqual(["bindings", "challenges", "grants"].map((name) => ({ tablename: `jpki_${name}` })));
  });

  describe("inside of the site's transaction", () => {
    const inTransaction = async (end: "COMMIT" | "ROLLBACK", work: (client: PoolClient) => Promise<void>) => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await work(client);
        await client.query(end);
      } finally {
        client.release();
      }
    };
    const accountsOver = (client: Pool | PoolClient) =>
      createAccounts({
        store: postgresAccountStore((text, values) => client.query(text, values)),
        siteSecret: SITE_SECRET,
      });
    const guardOver = (client: Pool | PoolClient) =>
      createGrantGuard({
        store: postgresGrantStore((text, values) => client.query(text, values)),
        siteSecret: SITE_SECRET,
      });

    it.each(["COMMIT", "ROLLBACK"] as const)("all ends with its %s", async (end) => {
      const [account, campaign, login, signer] = [randomUUID(), randomUUID(), playedLogin(), playedSigner()];
      await inTransaction(end, async (client) => {
        expect(await accountsOver(client).bindLogin(login, account)).toMatchObject({ outcome: "bound" });
        expect(await accountsOver(client).bindSignature(account, signer)).toEqual({ outcome: "bound" });
        expect(await guardOver(client).claim(campaign, "1", signer)).toMatchObject({ outcome: "granted" });
        expect(await guardOver(client).claim(campaign, "2", signer)).toMatchObject({ outcome: "already" });
      });
      const after = await accountsOver(pool).login(login);
      expect(after).toMatchObject(end === "COMMIT" ? { account } : { unknown: true });
      const again = await guardOver(pool).claim(campaign, "3", signer);
      expect(again).toMatchObject(end === "COMMIT" ? { outcome: "already", by: "1" } : { outcome: "granted" });
    });

    it("a change that fails does not end it", async () => {
      const [account, other] = [randomUUID(), randomUUID()];
      const store = postgresAccountStore(query);
      await accountsOver(pool).bindSignature(account, playedSigner());
      const [taken] = await store.bindings(account);
      if (!taken) throw new Error("not bound");
      await inTransaction("COMMIT", async (client) => {
        const inside = postgresAccountStore((text, values) => client.query(text, values));
        const next = { ...taken, account: other };
        expect(await inside.change([{ account: other, kind: "signing", expected: undefined, next }])).toBe(false);
        expect(await accountsOver(client).bindSignature(other, playedSigner())).toEqual({ outcome: "bound" });
      });
      expect(await store.bindings(other)).toHaveLength(1);
    });

    it("grants once also where every transaction is serializable", async () => {
      const strict = cluster.pool(20);
      strict.on("connect", (client) => void client.query("SET default_transaction_isolation TO serializable"));
      const [campaign, signer] = [randomUUID(), playedSigner()];
      const claims = Array.from({ length: 60 }, (_, index) => guardOver(strict).claim(campaign, `${index}`, signer));
      const ended = await Promise.allSettled(claims);
      const outcomes = ended.map((end) => (end.status === "fulfilled" ? end.value.outcome : "failed"));
      expect(outcomes.filter((outcome) => outcome === "granted")).toHaveLength(1);
      const faults = ended.flatMap((end) => (end.status === "rejected" ? [(end.reason as { code: string }).code] : []));
      // a serialization failure: to be repeated, as PostgreSQL says
      expect(faults.filter((code) => code !== "40001")).toEqual([]);
      expect(await guardOver(strict).claim(campaign, "later", signer)).toMatchObject({ outcome: "already" });
    });

    it("what must still hold for a change is waited for, when somebody is about to change it", async () => {
      const [account, login, signer, renewed] = [randomUUID(), playedLogin(), playedSigner(), playedSigner()];
      const accounts = accountsOver(pool);
      await accounts.bindLogin(login, account);
      await accounts.bindSignature(account, signer);
      await accounts.bindSignature(`${account} b`, renewed);
      const store = postgresAccountStore(query);
      const [oldLogin, oldSigner] = await store.bindings(account);
      const [template] = await store.bindings(`${account} b`);
      if (!oldLogin || !oldSigner || !template) throw new Error("not bound");
      let change = Promise.resolve(true);
      await inTransaction("COMMIT", async (client) => {
        await accountsOver(client).replaceByClerk(account, playedLogin());
        const next = { ...template, account, certificate: randomBytes(32).toString("base64url") };
        change = store.change([
          { account, kind: "authentication", expected: oldLogin.certificate },
          { account, kind: "signing", expected: oldSigner.certificate, next },
        ]);
        // it can't end before the transaction does; without waiting it would have by now
        await Promise.race([change, client.query("SELECT pg_sleep(0.2)")]);
      });
      expect(await change).toBe(false);
    });

    it("others wait for it, and see how it ended", async () => {
      for (const end of ["COMMIT", "ROLLBACK"] as const) {
        const [campaign, signer] = [randomUUID(), playedSigner()];
        let waiting: Promise<unknown> = Promise.resolve();
        await inTransaction(end, async (client) => {
          await guardOver(client).claim(campaign, "inside", signer);
          waiting = guardOver(pool).claim(campaign, "outside", signer);
        });
        const expected = end === "COMMIT" ? { outcome: "already", by: "inside" } : { outcome: "granted" };
        expect(await waiting).toMatchObject(expected);
      }
    });
  });

  describe("the tables themselves refuse", () => {
    const key = (): string => randomBytes(32).toString("base64url");
    const binding = (columns: object) =>
      insert("jpki_bindings", {
        certificate: key(),
        account: randomUUID(),
        kind: "signing",
        not_before: "2026-01-01",
        not_after: "2027-01-01",
        bound_at: "2026-01-01",
        ...columns,
      });
    const grant = (columns: object) =>
      insert("jpki_grants", {
        campaign: "c",
        application: randomUUID(),
        certificate: key(),
        person: null,
        leads: true,
        state: "granted",
        claimed_at: "2026-01-01",
        ...columns,
      });
    const insert = (table: string, columns: object) =>
      pool.query(
        `INSERT INTO ${table} (${Object.keys(columns).join(", ")}) VALUES (${Object.keys(columns)
          .map((_, index) => `$${index + 1}`)
          .join(", ")})`,
        Object.values(columns),
      );

    it("a second current certificate, and one that is no key", async () => {
      const account = randomUUID();
      await binding({ account });
      await expect(binding({ account })).rejects.toThrow("jpki_bindings_current");
      await expect(binding({ account, replaced_at: "2026-02-01" })).resolves.toBeDefined();
      await expect(binding({ certificate: "道野　遥" })).rejects.toThrow("check");
      await expect(binding({ kind: "other" })).rejects.toThrow("check");
      await expect(binding({ kind: "authentication", identity: key() })).rejects.toThrow("check");
    });

    it("a second grant without a clerk", async () => {
      const [certificate, person] = [key(), key()];
      await grant({ certificate, person });
      await expect(grant({ certificate })).rejects.toThrow("jpki_grants_certificate");
      await expect(grant({ person })).rejects.toThrow("jpki_grants_leading");
      await expect(grant({ person, leads: false })).rejects.toThrow("check");
      await expect(grant({ person, leads: false, decided_at: "2026-02-01" })).resolves.toBeDefined();
      await expect(grant({ state: "waiting" })).rejects.toThrow("check");
    });
  });
});
