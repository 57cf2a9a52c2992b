import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { GrantEntry, GrantStore } from "../../../verifier/person/grant-store.ts";
import { PEOPLES_NOW } from "../../support/played-people.ts";

const someKey = (): string => randomBytes(32).toString("base64url");
const CLAIMED = new Date(PEOPLES_NOW + 1);

/** What every {@link GrantStore} must hold. */
export function grantStoreContract(name: string, open: () => GrantStore): void {
  describe(`${name} as grant store`, () => {
    const fresh = () => {
      const store = open();
      const campaign = randomUUID();
      const entry = (changes: Partial<GrantEntry> = {}): GrantEntry => ({
        campaign,
        application: randomUUID(),
        certificate: someKey(),
        person: someKey(),
        claimedAt: CLAIMED,
        ...changes,
      });
      return { store, campaign, entry };
    };

    it("grants a first claim, and says so again", async () => {
      const { store, entry } = fresh();
      const first = entry();
      const granted = { met: "entered", state: "granted", like: [] };
      expect(await store.claim(first)).toEqual(granted);
      expect(await store.claim({ ...first, claimedAt: new Date(0) })).toEqual(granted);
    });

    it("takes a certificate once in a campaign, and an application with one certificate", async () => {
      const { store, entry } = fresh();
      const first = entry();
      await store.claim(first);
      const again = entry({ certificate: first.certificate });
      expect(await store.claim(again)).toEqual({ met: "certificate-used", by: first.application });
      expect(await store.claim(entry({ application: first.application }))).toEqual({ met: "application-used" });
      const second = entry();
      await store.claim(second);
      const crossed = { ...first, certificate: second.certificate };
      expect(await store.claim(crossed)).toEqual({ met: "application-used" });
      const elsewhere = { ...first, campaign: randomUUID() };
      expect(await store.claim(elsewhere)).toMatchObject({ state: "granted" });
    });

    it("lets equal persons wait, and those alone whose person is known", async () => {
      const { store, campaign, entry } = fresh();
      const person = someKey();
      const [first, second, third] = [entry({ person }), entry({ person }), entry({ person })];
      await store.claim(first);
      expect(await store.claim(second)).toEqual({ met: "entered", state: "waiting", like: [first.application] });
      const alike = [first.application, second.application];
      expect(await store.claim(third)).toEqual({ met: "entered", state: "waiting", like: alike });
      for (let index = 0; index < 2; index++) {
        const { application, certificate, claimedAt } = entry();
        expect(await store.claim({ campaign, application, certificate, claimedAt })).toEqual({
          met: "entered",
          state: "granted",
          like: [],
        });
      }
      expect(await store.waiting(campaign, 9)).toEqual([
        { application: second.application, like: [first.application, third.application], claimedAt: CLAIMED },
        { application: third.application, like: alike, claimedAt: CLAIMED },
      ]);
      expect(await store.waiting(campaign, 1)).toHaveLength(1);
      expect(await store.waiting(randomUUID(), 9)).toEqual([]);
    });

    it("decides what waits, once", async () => {
      const { store, campaign, entry } = fresh();
      const person = someKey();
      const entries = [entry({ person }), entry({ person }), entry({ person })];
      for (const one of entries) await store.claim(one);
      const [first = "", second = "", third = ""] = entries.map(({ application }) => application);
      const at = new Date(PEOPLES_NOW + 2);
      expect(await store.decide(campaign, second, "granted", at)).toEqual({ state: "granted", moved: true });
      expect(await store.decide(campaign, second, "refused", at)).toEqual({ state: "granted", moved: false });
      expect(await store.decide(campaign, third, "refused", at)).toEqual({ state: "refused", moved: true });
      expect(await store.decide(campaign, first, "refused", at)).toEqual({ state: "granted", moved: false });
      expect(await store.decide(campaign, randomUUID(), "granted", at)).toBeUndefined();
      expect(await store.decide(randomUUID(), second, "granted", at)).toBeUndefined();
      expect(await store.waiting(campaign, 9)).toEqual([]);
      expect(await Promise.all(entries.map((one) => store.claim(one)))).toMatchObject([
        { state: "granted" },
        { state: "granted" },
        { state: "refused" },
      ]);
    });

    it("forgets a campaign, and that one alone", async () => {
      const { store, campaign, entry } = fresh();
      const [here, there] = [entry(), entry({ campaign: randomUUID() })];
      await store.claim(here);
      await store.claim(there);
      await store.remove(campaign);
      expect(await store.claim(entry({ certificate: here.certificate }))).toMatchObject({ state: "granted" });
      expect(await store.claim(entry({ ...there, application: randomUUID() }))).toMatchObject({
        met: "certificate-used",
      });
    });

    it("grants one of many claims of one certificate", async () => {
      const { store, entry } = fresh();
      const { certificate, person = "" } = entry();
      const rivals = Array.from({ length: 200 }, () => entry({ certificate, person }));
      const met = await Promise.all(rivals.map((rival) => store.claim(rival)));
      const winners = rivals.filter((_, index) => met[index]?.met === "entered");
      expect(winners).toHaveLength(1);
      const losers = met.filter((meeting) => meeting.met === "certificate-used");
      expect(new Set(losers.map(({ by }) => by))).toEqual(new Set([winners[0]?.application]));
      expect(losers).toHaveLength(199);
    });

    it("grants one of many claims of one person, and the others wait", async () => {
      const { store, campaign, entry } = fresh();
      const person = someKey();
      const met = await Promise.all(Array.from({ length: 60 }, () => store.claim(entry({ person }))));
      const states = met.map((meeting) => (meeting.met === "entered" ? meeting.state : meeting.met));
      expect(states.filter((state) => state === "granted")).toHaveLength(1);
      expect(states.filter((state) => state === "waiting")).toHaveLength(59);
      expect(await store.waiting(campaign, 100)).toHaveLength(59);
    });

    it("answers one claim that comes many times with one answer", async () => {
      const { store, campaign, entry } = fresh();
      const person = someKey();
      await store.claim(entry({ person }));
      const one = entry({ person });
      const met = await Promise.all(Array.from({ length: 40 }, () => store.claim(one)));
      expect(met.every((meeting) => meeting.met === "entered" && meeting.state === "waiting")).toBe(true);
      expect(await store.waiting(campaign, 100)).toHaveLength(1);
      const decisions = Array.from({ length: 20 }, (_, index) =>
        store.decide(campaign, one.application, index % 2 === 0 ? "granted" : "refused", CLAIMED),
      );
      expect((await Promise.all(decisions)).filter((move) => move?.moved)).toHaveLength(1);
    });
  });
}
