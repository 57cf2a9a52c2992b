/** Where an application stands: `waiting` for a clerk, or decided. */
export type GrantState = "granted" | "waiting" | "refused";

/** What is kept of one application. Holds no personal data in the clear. */
export interface GrantEntry {
  readonly campaign: string;
  /** The site's id of the application. */
  readonly application: string;
  /** Keyed hash of the signer's certificate, another one in every campaign. */
  readonly certificate: string;
  /** Keyed hash of name, birth date, sex and address, another one in every campaign; absent where they can't be compared. */
  readonly person?: string;
  readonly claimedAt: Date;
}

/**
 * What a claim met. `entered`: it has its own entry, from now or from before, in this state; `like` names other applications of this person in the
 * campaign under other certificates, up to a hundred. `certificate-used`: by another application. `application-used`: this application was claimed
 * under another certificate.
 */
export type GrantMeeting =
  | { readonly met: "entered"; readonly state: GrantState; readonly like: readonly string[] }
  | { readonly met: "certificate-used"; readonly by: string }
  | { readonly met: "application-used" };

/** An application that waits for a clerk, and those that it is like. */
export interface WaitingGrant {
  readonly application: string;
  readonly like: readonly string[];
  readonly claimedAt: Date;
}

/** The state that an entry has now, and whether this call brought it there. */
export interface GrantMove {
  readonly state: GrantState;
  readonly moved: boolean;
}

/**
 * Where claims are kept. Within a campaign a certificate has one entry, an application has one entry, and one person has at most one entry that was granted
 * without a clerk: the store itself holds that, against any number of callers at once. Rejects only for faults of its own.
 */
export interface GrantStore {
  /** Enters a claim: `granted`, or `waiting` where there is an entry of the same person. Changes nothing that is there. */
  claim(entry: GrantEntry): Promise<GrantMeeting>;
  /** The applications that wait, those that came first at the beginning, `limit` at most. */
  waiting(campaign: string, limit: number): Promise<readonly WaitingGrant[]>;
  /** Moves an entry from `waiting` to `state`: exactly one of several callers does. `undefined` where there is no such application. */
  decide(campaign: string, application: string, state: "granted" | "refused", at: Date): Promise<GrantMove | undefined>;
  /** Forgets a whole campaign. */
  remove(campaign: string): Promise<void>;
}
