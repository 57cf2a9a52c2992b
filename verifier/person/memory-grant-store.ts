import type { GrantEntry, GrantState, GrantStore } from "./grant-store.ts";

const MOST_ALIKE = 100;
type KeptEntry = GrantEntry & { state: GrantState };

/** A {@link GrantStore} in memory: for tests, and gone with the process. */
export function memoryGrantStore(): GrantStore {
  const campaigns = new Map<string, KeptEntry[]>();
  const entriesOf = (campaign: string): KeptEntry[] => campaigns.get(campaign) ?? [];
  const like = ({ campaign, application, person }: GrantEntry): string[] =>
    entriesOf(campaign)
      .filter((other) => person !== undefined && other.person === person && other.application !== application)
      .slice(0, MOST_ALIKE)
      .map((other) => other.application);

  // nothing waits between look and change, so nobody comes between
  return {
    claim(entry) {
      const entries = entriesOf(entry.campaign);
      const own = entries.find(({ application }) => application === entry.application);
      const used = entries.find(({ certificate }) => certificate === entry.certificate);
      if (own && own !== used) return Promise.resolve({ met: "application-used" });
      if (own) return Promise.resolve({ met: "entered", state: own.state, like: like(own) });
      if (used) return Promise.resolve({ met: "certificate-used", by: used.application });
      const others = like(entry);
      const state = others.length > 0 ? "waiting" : "granted";
      campaigns.set(entry.campaign, [...entries, { ...entry, state }]);
      return Promise.resolve({ met: "entered", state, like: others });
    },
    waiting: (campaign, limit) =>
      Promise.resolve(
        entriesOf(campaign)
          .filter(({ state }) => state === "waiting")
          .slice(0, limit)
          .map((entry) => ({ application: entry.application, like: like(entry), claimedAt: entry.claimedAt })),
      ),
    decide(campaign, application, state) {
      const entry = entriesOf(campaign).find((one) => one.application === application);
      if (!entry) return Promise.resolve(undefined);
      const moved = entry.state === "waiting";
      if (moved) entry.state = state;
      return Promise.resolve({ state: entry.state, moved });
    },
    remove(campaign) {
      campaigns.delete(campaign);
      return Promise.resolve();
    },
  };
}
