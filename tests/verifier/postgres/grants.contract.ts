import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createGrantGuard } from "../../../verifier/person/grants.ts";
import type { GrantStore } from "../../../verifier/person/grant-store.ts";
import { HARUKA, PEOPLES_NOW, playedSigner, SITE_SECRET } from "../../support/played-people.ts";

/** One grant for each person, over any {@link GrantStore}. */
export function grantsContract(name: string, open: () => GrantStore): void {
  describe(`grants over ${name}`, () => {
    const fresh = () => {
      const guard = createGrantGuard({ store: open(), siteSecret: SITE_SECRET, now: () => PEOPLES_NOW });
      return { guard, campaign: `給付金 ${randomUUID()}` };
    };
    const granted = { outcome: "granted", compared: true };

    it("grants once to a certificate, and says so as often as it is asked", async () => {
      const { guard, campaign } = fresh();
      const signer = playedSigner();
      expect(await guard.claim(campaign, "1", signer)).toEqual(granted);
      expect(await guard.claim(campaign, "1", signer)).toEqual(granted);
      expect(await guard.claim(campaign, "2", signer)).toEqual({ outcome: "already", by: "1" });
      expect(await guard.claim(`${campaign} b`, "1", signer)).toEqual(granted);
    });

    it("asks a clerk after a renewal in mid-campaign, who decides once", async () => {
      const { guard, campaign } = fresh();
      await guard.claim(campaign, "1", playedSigner());
      const renewed = playedSigner({ ...HARUKA, name: "道野 遥" }, { from: 0 });
      const asked = { outcome: "clerk", like: ["1"] };
      expect(await guard.claim(campaign, "2", renewed)).toEqual(asked);
      expect(await guard.claim(campaign, "2", renewed)).toEqual(asked);
      expect(await guard.claim(campaign, "3", renewed)).toEqual({ outcome: "already", by: "2" });
      expect(await guard.queue(campaign)).toEqual([
        { application: "2", like: ["1"], claimedAt: new Date(PEOPLES_NOW) },
      ]);
      expect(await guard.decide(campaign, "2", "refuse")).toEqual({ outcome: "decided" });
      expect(await guard.decide(campaign, "2", "refuse")).toEqual({ outcome: "same" });
      expect(await guard.decide(campaign, "2", "grant")).toEqual({ outcome: "decided-otherwise" });
      expect(await guard.decide(campaign, "9", "grant")).toEqual({ outcome: "not-known" });
      expect(await guard.claim(campaign, "2", renewed)).toEqual({ outcome: "refused" });
      expect(await guard.claim(campaign, "3", renewed)).toEqual({ outcome: "already", by: "2" });
      expect(await guard.queue(campaign)).toEqual([]);
    });

    it("grants what a clerk lets pass", async () => {
      const { guard, campaign } = fresh();
      await guard.claim(campaign, "1", playedSigner());
      const second = playedSigner();
      await guard.claim(campaign, "2", second);
      expect(await guard.decide(campaign, "2", "grant")).toEqual({ outcome: "decided" });
      expect(await guard.claim(campaign, "2", second)).toEqual(granted);
      expect(await guard.decide(campaign, "1", "refuse")).toEqual({ outcome: "decided-otherwise" });
    });

    it("grants to both of two siblings, twins too, and to all who moved apart", async () => {
      const { guard, campaign } = fresh();
      const people = [
        HARUKA,
        { ...HARUKA, name: "道野　杏" },
        { ...HARUKA, birthDate: "1992-01-02" },
        { ...HARUKA, sex: "male" as const },
        { ...HARUKA, address: "青空県赤空市朝日町９" },
      ];
      for (const [index, person] of people.entries()) {
        expect(await guard.claim(campaign, `${index}`, playedSigner(person))).toEqual(granted);
      }
    });

    it("says where a person can't be compared", async () => {
      const { guard, campaign } = fresh();
      for (const application of ["1", "2"]) {
        const claim = guard.claim(campaign, application, playedSigner({ ...HARUKA, nameSubstitutes: [0] }));
        expect(await claim).toEqual({ outcome: "granted", compared: false });
      }
    });

    it("has one signer for an application", async () => {
      const { guard, campaign } = fresh();
      await guard.claim(campaign, "1", playedSigner());
      const another = playedSigner({ ...HARUKA, name: "青空　一郎" });
      expect(await guard.claim(campaign, "1", another)).toEqual({ outcome: "other-signer" });
      expect(await guard.claim(campaign, "2", another)).toEqual(granted);
    });

    it("grants exactly one of 200 claims of one certificate", async () => {
      const { guard, campaign } = fresh();
      const signer = playedSigner();
      const claims = Array.from({ length: 200 }, (_, index) => guard.claim(campaign, `${index}`, signer));
      const outcomes = await Promise.all(claims);
      expect(outcomes.filter(({ outcome }) => outcome === "granted")).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === "already")).toHaveLength(199);
    });

    it("forgets a campaign", async () => {
      const { guard, campaign } = fresh();
      const signer = playedSigner();
      await guard.claim(campaign, "1", signer);
      await guard.forget(campaign);
      expect(await guard.claim(campaign, "2", signer)).toEqual(granted);
    });
  });
}
