import { describe, expect, it } from "vitest";
import { SITE_SECRET, playedLogin } from "../../tests/support/played-people.ts";
import { createAccounts } from "../person/accounts.ts";
import { postgresAccountStore } from "./account-store.ts";
import { postgresGrantStore } from "./grant-store.ts";
import { Row, type Query, type QueryValue } from "./query.ts";

/** A driver that notes what it is asked, and answers with these rows. */
function noting(rows: readonly unknown[] = []): { query: Query; asked: { text: string; values: QueryValue[] }[] } {
  const asked: { text: string; values: QueryValue[] }[] = [];
  return { asked, query: (text, values) => (asked.push({ text, values }), Promise.resolve({ rows })) };
}

describe("a row", () => {
  it("gives texts and times", () => {
    const row = new Row({ a: "x", b: null, at: "1795489200123" });
    expect(row.text("a")).toBe("x");
    expect(row.optionalText("b")).toBeUndefined();
    expect(row.time("at")).toEqual(new Date(1795489200123));
    expect(row.optionalTime("b")).toBeUndefined();
  });

  it.each([
    ["no object", () => new Row("x")],
    ["null", () => new Row(null)],
    ["an empty column", () => new Row({ a: null }).text("a")],
    ["a missing column", () => new Row({}).text("a")],
    ["another type", () => new Row({ a: 1 }).text("a")],
  ])("is not guessed from %s", (_, read) => expect(read).toThrow(Error));
});

describe("the stores' queries", () => {
  it("hold no value in their text", async () => {
    const { query, asked } = noting();
    const hostile = "'; DROP TABLE jpki_bindings; --";
    const entry = { campaign: hostile, application: hostile, certificate: hostile, claimedAt: new Date(0) };
    const [accounts, grants] = [postgresAccountStore(query), postgresGrantStore(query)];
    await accounts.binding(hostile);
    await accounts.bindings(hostile);
    await accounts.signersLike(hostile);
    await accounts.change([{ account: hostile, kind: "signing", expected: hostile }]);
    await accounts.remove(hostile);
    await expect(grants.claim(entry)).rejects.toThrow("changing");
    await grants.waiting(hostile, 1);
    await grants.decide(hostile, hostile, "granted", new Date(0));
    await grants.remove(hostile);
    expect(asked.filter(({ values }) => values.some((value) => String(value).includes("DROP")))).toHaveLength(
      asked.length,
    );
    expect(asked.filter(({ text }) => text.includes("DROP"))).toEqual([]);
  });

  it("refuse words that are none of the columns'", async () => {
    const odd = noting([{ application: "1", certificate: "c", state: "lost" }]).query;
    await expect(postgresGrantStore(odd).decide("c", "1", "granted", new Date(0))).rejects.toThrow("state");
  });

  it("hand a fault of the driver on", async () => {
    const store = postgresAccountStore(() => Promise.reject(new Error("no connection")));
    await expect(createAccounts({ store, siteSecret: SITE_SECRET }).login(playedLogin())).rejects.toThrow("connection");
  });
});
