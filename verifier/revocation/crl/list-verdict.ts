import {
  CLOCK_SKEW,
  unknown,
  type AskedTimes,
  type RevocationProof,
  type RevocationStatus,
} from "../revocation-source.ts";
import { revokedSince, type Revocation } from "../revoked-since.ts";
import type { RevocationList } from "./revocation-list.ts";

/** What is asked of the lists that cover a certificate. */
export interface ListQuestion extends AskedTimes {
  /** Contents of the INTEGER. */
  readonly serialNumber: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
  /** A list is taken as the newest until so many milliseconds after its nextUpdate. */
  readonly grace: number;
}

/**
 * What lists say of a certificate that each of them covers, the newest first. The newest that can say it decides: one that names the certificate, or one that does
 * not name it, is new enough, and would. `newest` lists from the future are left out before.
 */
export function judgeByLists(newestFirst: readonly RevocationList[], question: ListQuestion): RevocationStatus {
  const lists = newestFirst.filter(({ thisUpdate }) => thisUpdate <= question.now + CLOCK_SKEW);
  let why: RevocationStatus | undefined;
  for (const list of lists) {
    const entry = list.revoked.find(question.serialNumber);
    if (entry) return judgeEntry(entry, list, question);
    if (!isNewEnough(list, question)) why ??= tooOld(list);
    else if (mayHaveDropped(list, question.notAfter)) why ??= dropped(list);
    else return { status: "good", proof: proofOf(list) };
  }
  return why ?? unknown("no-list", "the only lists are dated in the future");
}

/**
 * Whether a list can say that nothing happened until `at`: it was made after it, or there need not be a newer one yet, neither now nor then.
 */
const isNewEnough = ({ thisUpdate, nextUpdate }: RevocationList, { at, now, grace }: ListQuestion): boolean =>
  thisUpdate >= at || (at <= now + CLOCK_SKEW && now <= nextUpdate + grace);

/** RFC 5280, 3.3: an entry may go once it stood on a list made after the certificate's end. Whether this is the first such list, nobody knows. */
const mayHaveDropped = ({ thisUpdate, expiredCertificatesSince }: RevocationList, notAfter: number): boolean =>
  notAfter < thisUpdate && !(expiredCertificatesSince !== undefined && expiredCertificatesSince <= notAfter);

function judgeEntry(entry: Revocation, list: RevocationList, question: ListQuestion): RevocationStatus {
  const { reason } = entry;
  const since = revokedSince(entry);
  const proof = proofOf(list);
  if (since > question.at) {
    const revokedLater = new Date(since).toISOString();
    return isNewEnough(list, question) ? { status: "good", proof: { ...proof, revokedLater } } : tooOld(list);
  }
  // all others are for ever; a hold may have ended since
  if (reason === "certificateHold" && !isNewEnough(list, question)) return tooOld(list);
  return { status: "revoked", revokedAt: new Date(since), reason, proof };
}

const proofOf = ({ sha256, number, thisUpdate, nextUpdate }: RevocationList): RevocationProof => ({
  kind: "crl",
  sha256,
  ...(number !== undefined && { number }),
  thisUpdate: iso(thisUpdate),
  nextUpdate: iso(nextUpdate),
});

const tooOld = ({ thisUpdate, nextUpdate }: RevocationList): RevocationStatus =>
  unknown("list-too-old", `the newest list is of ${iso(thisUpdate)}, and the next was due by ${iso(nextUpdate)}`);

const dropped = ({ thisUpdate }: RevocationList): RevocationStatus =>
  unknown("expired-before-list", `the certificate expired before the list of ${iso(thisUpdate)}`);

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
