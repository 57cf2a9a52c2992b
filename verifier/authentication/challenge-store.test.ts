import { describe, expect, it } from "vitest";
import { createChallengeStore } from "./challenge-store.ts";
import { memoryChallengeStorage } from "./memory-challenge-storage.ts";

describe("challenges", () => {
  it("are 32 octets in base64, each another, and good once", async () => {
    const store = createChallengeStore();
    const challenge = await store.issue("a");
    expect(Buffer.from(challenge, "base64")).toHaveLength(32);
    expect(challenge).toHaveLength(44);
    const other = await store.issue("b");
    expect(other).not.toBe(challenge);
    expect(await store.take("a")).toBe(challenge);
    expect(await store.take("a")).toBeUndefined();
    expect(await store.take("b")).toBe(other);
  });

  it("give way to the newest of the session", async () => {
    const store = createChallengeStore();
    await store.issue("a");
    const second = await store.issue("a");
    expect(await store.take("a")).toBe(second);
    expect(await store.take("a")).toBeUndefined();
  });

  it("expire", async () => {
    let now = 1_000;
    const store = createChallengeStore({ lifetime: 50, now: () => now });
    const challenge = await store.issue("a");
    await store.issue("b");
    now = 1_049;
    expect(await store.take("a")).toBe(challenge);
    now = 1_050;
    expect(await store.take("b")).toBeUndefined();
    now = 1_000;
    expect(await store.take("b")).toBeUndefined();
  });

  it("are taken by one of two that come at once", async () => {
    const store = createChallengeStore();
    await store.issue("a");
    const taken = await Promise.all([store.take("a"), store.take("a")]);
    expect(taken.filter((challenge) => challenge !== undefined)).toHaveLength(1);
  });

  it("are bounded in number, and drop what expired", async () => {
    let now = 0;
    const storage = memoryChallengeStorage(() => now, 2);
    await storage.put("a", "A", 10);
    await storage.put("b", "B", 10);
    await storage.put("c", "C", 20);
    expect(await storage.take("a")).toBeUndefined();
    expect(await storage.take("b")).toMatchObject({ challenge: "B" });
    now = 20;
    await storage.put("d", "D", 30);
    // expired, so forgotten before there are too many
    expect(await storage.take("c")).toBeUndefined();
    expect(await storage.take("d")).toMatchObject({ challenge: "D" });
  });

  it.each([0, -1, Number.NaN, Infinity])("live no %s milliseconds", (lifetime) => {
    expect(() => createChallengeStore({ lifetime })).toThrow(TypeError);
  });

  it("belong to a session", async () => {
    const store = createChallengeStore();
    await expect(store.issue("")).rejects.toThrow(TypeError);
    await expect(store.take(undefined as unknown as string)).rejects.toThrow(TypeError);
  });
});
