import { afterAll, describe, expect, it } from "vitest";
import { Authority } from "./authority.ts";
import { fixture, fixtureNames, type Wish } from "./signing.ts";
import { ConformanceCount, ENDINGS, IN_TURN, ORDERS, signInTurn } from "./three-signers.ts";

/** Closed to a new signature, each for a reason of its own: see refusals.test.ts. */
const CLOSED = ["pikepdf-xfa", "pyhanko-certified-p1", "pyhanko-fieldmdp-all", "qpdf-encrypted"];

/** `KODO_CONFORMANCE=full` signs every file with every ending and in every order: two minutes. */
const FULL = process.env["KODO_CONFORMANCE"] === "full";

const authority = new Authority();
const count = new ConformanceCount();
const open = fixtureNames().filter((name) => !CLOSED.includes(name));

afterAll(() => {
  authority.remove();
  for (const row of count.rows()) console.log(JSON.stringify({ conformance: "pdf", ...row }));
});

it("has files of many producers", () => {
  expect(open.length).toBeGreaterThan(30);
});

describe.each(open)("%s, signed by three in turn", (name) => {
  it("is valid for everyone", async () => {
    const { rejected } = await signInTurn(authority, fixture(name), IN_TURN, count);
    expect(rejected).toEqual([]);
  });
});

const endings = Object.keys(ENDINGS).slice(1);
describe.each(FULL ? open : ["reportlab", "typst", "pyhanko-certified-p2"])("%s", (name) => {
  it.each(endings)("is signed %s", async (ending) => {
    const file = ENDINGS[ending]?.(fixture(name)) ?? new Uint8Array();
    const { rejected } = await signInTurn(authority, file, IN_TURN, count);
    expect(rejected).toEqual([]);
  });
});

const written = (order: readonly Wish[]): string =>
  order.map(({ format, timestamped }) => `${format}${timestamped ? " with a timestamp" : ""}`).join(", ");

for (const name of FULL ? open : ["pdf-lib-form"])
  it.each(ORDERS.map((order) => [written(order), order] as const))(`${name} is signed %s`, async (_, order) => {
    const { rejected } = await signInTurn(authority, fixture(name), order, count);
    expect(rejected).toEqual([]);
  });
