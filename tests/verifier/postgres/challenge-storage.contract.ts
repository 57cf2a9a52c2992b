import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ChallengeStorage } from "../../../verifier/authentication/challenge-storage.ts";
import { createChallengeStore } from "../../../verifier/authentication/challenge-store.ts";
import { PEOPLES_NOW } from "../../support/played-people.ts";

/** What every {@link ChallengeStorage} must hold. `open` is given a clock. */
export function challengeStorageContract(name: string, open: (now: () => number) => ChallengeStorage): void {
  describe(`${name} as challenge storage`, () => {
    const expires = PEOPLES_NOW + 300_123;
    const fresh = (now = PEOPLES_NOW) => ({ storage: open(() => now), session: `セッション ${randomUUID()}` });

    it("gives a challenge to one caller, once", async () => {
      const { storage, session } = fresh();
      expect(await storage.take(session)).toBeUndefined();
      await storage.put(session, "a challenge", expires);
      const taken = await Promise.all(Array.from({ length: 40 }, () => storage.take(session)));
      expect(taken.filter(Boolean)).toEqual([{ challenge: "a challenge", expires }]);
      expect(await storage.take(session)).toBeUndefined();
    });

    it("keeps the newest of a session, and each session's own", async () => {
      const { storage, session } = fresh();
      await storage.put(session, "first", expires);
      await storage.put(session, "second", expires + 1);
      await storage.put(`${session}b`, "other", expires);
      expect(await storage.take(session)).toEqual({ challenge: "second", expires: expires + 1 });
      expect(await storage.take(`${session}b`)).toMatchObject({ challenge: "other" });
    });

    it("forgets what is over, and may take the same session again", async () => {
      const { storage, session } = fresh();
      const old = Array.from({ length: 25 }, (_, index) => `${session} ${index}`);
      for (const one of old) await storage.put(one, "old", PEOPLES_NOW - 1);
      await storage.put(session, "old", PEOPLES_NOW - 1);
      await Promise.all([session, ...old.slice(0, 4)].map((one) => storage.put(one, "new", expires)));
      const left = await Promise.all(old.map((one) => storage.take(one)));
      expect(left.filter((found) => found?.challenge === "old")).toEqual([]);
      expect(await storage.take(session)).toMatchObject({ challenge: "new" });
    });

    it("serves the challenge store", async () => {
      const { storage, session } = fresh();
      const store = createChallengeStore({ storage, now: () => PEOPLES_NOW });
      const challenge = await store.issue(session);
      expect(await store.take(session)).toBe(challenge);
      expect(await store.take(session)).toBeUndefined();
    });
  });
}
