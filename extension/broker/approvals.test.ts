import { describe, expect, it } from "vitest";
import { APPROVALS_KEY } from "../../shared/approval/approval.ts";
import { approvalOf, memoryArea } from "../../tests/support/broker-world.ts";
import { createApprovals } from "./approvals.ts";

const CITY = "https://www.city.example.lg.jp";

describe("createApprovals", () => {
  it("finds the exact origin and nothing like it", async () => {
    const local = memoryArea();
    await local.set({ [APPROVALS_KEY]: [approvalOf(CITY)] });
    const { find } = createApprovals(local);
    expect(await find(CITY)).toEqual(approvalOf(CITY));
    for (const other of [`${CITY}.`, `${CITY}:443`, "https://city.example.lg.jp", "http://www.city.example.lg.jp", ""])
      expect(await find(other)).toBeUndefined();
  });

  it("remembers nothing: a change counts at the next question", async () => {
    const local = memoryArea();
    const { all, find } = createApprovals(local);
    expect(await all()).toEqual([]);
    await local.set({ [APPROVALS_KEY]: [approvalOf(CITY)] });
    expect(await find(CITY)).toBeDefined();
    await local.set({ [APPROVALS_KEY]: [] });
    expect(await find(CITY)).toBeUndefined();
  });

  const broken: readonly (readonly [string, unknown])[] = [
    ["no list", { [CITY]: approvalOf(CITY) }],
    ["one broken entry beside a good one", [approvalOf(CITY), { origin: CITY }]],
    ["an entry with more in it", [{ ...approvalOf(CITY), frames: true }]],
    ["http", [approvalOf("http://www.city.example.lg.jp")]],
    ["a port", [approvalOf(`${CITY}:8443`)]],
    ["a pattern", [approvalOf("https://*.example.lg.jp")]],
  ];
  it.each(broken)("grants nothing with %s", async (_what, stored) => {
    const local = memoryArea();
    await local.set({ [APPROVALS_KEY]: stored });
    expect(await createApprovals(local).all()).toEqual([]);
    expect(await createApprovals(local).find(CITY)).toBeUndefined();
  });

  it("grants nothing where storage can't be read", async () => {
    const { all } = createApprovals({ get: () => Promise.reject(new Error("corrupt")) });
    expect(await all()).toEqual([]);
  });
});
