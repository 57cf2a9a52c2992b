import type { GrantStore, WaitingGrant } from "./grant-store.ts";
import { addressedIdentityKey } from "./identity.ts";
import { createKeyedHash } from "./keyed-hash.ts";
import { personKey, type SiteSecret } from "./person-key.ts";
import { requireName, requireProven, type ProvenSigner, type TestOption } from "./proven.ts";

/** What a grant guard is made with. */
export interface GrantGuardOptions extends SiteSecret, TestOption {
  readonly store: GrantStore;
  /** Milliseconds since 1970; `Date.now` without it. */
  readonly now?: () => number;
}

/**
 * What became of a claim; the same application with the same certificate always gets the same answer, until a clerk changes it.
 * - `granted`: nobody with this certificate, or with equal name, birth date, sex and address, came before (or a clerk granted it). `compared` is false
 *   where the certificate does not say enough to compare the person: only the certificate was looked at.
 * - `already`: the certificate was used in this campaign, by that application, whatever became of it.
 * - `clerk`: somebody equal came before with another certificate: it waits for a person's decision.
 * - `refused`: a clerk refused it.
 * - `other-signer`: this application was claimed with another certificate before. Nothing was changed.
 */
export type GrantOutcome =
  | { readonly outcome: "granted"; readonly compared: boolean }
  | { readonly outcome: "already"; readonly by: string }
  | { readonly outcome: "clerk"; readonly like: readonly string[] }
  | { readonly outcome: "refused" | "other-signer" };

/**
 * What a clerk's decision did. `decided`: it was waiting. `same`: it stood so already. `decided-otherwise`: it was not waiting and stands the other
 * way; nothing was changed. `not-known`: no such application.
 */
export interface GrantDecision {
  readonly outcome: "decided" | "same" | "decided-otherwise" | "not-known";
}

const DECISIONS: ReadonlyMap<string, "granted" | "refused"> = new Map([
  ["grant", "granted"],
  ["refuse", "refused"],
]);

/** One grant for each person in a campaign, as far as certificates can tell persons apart. */
export interface GrantGuard {
  /**
   * Claims the grant of a campaign for an application that this signer signed. Campaign and application: the site's own ids, 1 to 200 characters; the
   * application's must be the site's, not the applicant's, word. Throws a `TypeError` for a signature that is not proven (see `createAccounts`).
   */
  claim(campaign: string, application: string, signature: ProvenSigner): Promise<GrantOutcome>;
  /** The applications that wait for a clerk, the oldest first; 100, or as many as `limit` says. */
  queue(campaign: string, limit?: number): Promise<readonly WaitingGrant[]>;
  /** A clerk's decision about an application that waits. */
  decide(campaign: string, application: string, decision: "grant" | "refuse"): Promise<GrantDecision>;
  /** Forgets a campaign, when nobody can apply any more and its records may go. */
  forget(campaign: string): Promise<void>;
}

/**
 * A guard over a store, `memoryGrantStore()` or `postgresGrantStore(query)`. Keys are made anew for every campaign, so who reads the store can't
 * follow a person from one to the next, or to an account. Throws a `TypeError` for a secret under 32 octets.
 *
 * It can't stop who changed name, or moved, and then got a new card; who has a card and a phone and moved between getting them; and those of whom
 * the certificate has not all four attributes, or with characters that stand for others. docs/one-person.md has what to do about it.
 */
export function createGrantGuard(options: GrantGuardOptions): GrantGuard {
  const { store, now = Date.now } = options;
  const hash = createKeyedHash(options.siteSecret);
  const [certificateKey, identity] = [personKey(options), addressedIdentityKey(options)];
  return {
    async claim(campaign, application, signature) {
      requireName(campaign, "campaign");
      requireName(application, "application");
      requireProven(signature, "signing", options);
      const person = identity(signature.signer);
      const meeting = await store.claim({
        campaign,
        application,
        certificate: hash("kodo grant certificate 1", campaign, certificateKey(signature.certificate)),
        ...(person !== undefined && { person: hash("kodo grant person 1", campaign, person) }),
        claimedAt: new Date(now()),
      });
      if (meeting.met === "application-used") return { outcome: "other-signer" };
      if (meeting.met === "certificate-used") return { outcome: "already", by: meeting.by };
      if (meeting.state === "waiting") return { outcome: "clerk", like: meeting.like };
      return meeting.state === "granted"
        ? { outcome: "granted", compared: person !== undefined }
        : { outcome: "refused" };
    },
    async queue(campaign, limit = 100) {
      requireName(campaign, "campaign");
      if (!Number.isSafeInteger(limit) || limit < 1) throw new TypeError("limit: a whole number from 1");
      return store.waiting(campaign, limit);
    },
    async decide(campaign, application, decision) {
      requireName(campaign, "campaign");
      requireName(application, "application");
      const wanted = DECISIONS.get(decision);
      if (!wanted) throw new TypeError("decision: grant or refuse");
      const move = await store.decide(campaign, application, wanted, new Date(now()));
      if (!move) return { outcome: "not-known" };
      if (move.moved) return { outcome: "decided" };
      return { outcome: move.state === wanted ? "same" : "decided-otherwise" };
    },
    async forget(campaign) {
      requireName(campaign, "campaign");
      await store.remove(campaign);
    },
  };
}
