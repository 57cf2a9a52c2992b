import type { CertificateKind, Trust } from "../../certificate/authority.ts";
import type { NamedCertificate } from "../named-certificate.ts";
import { RevocationFault } from "../revocation-fault.ts";
import { unknown, type AskedTimes, type RevocationSource, type RevocationStatus } from "../revocation-source.ts";
import { listOctets } from "./list-octets.ts";
import { judgeByLists } from "./list-verdict.ts";
import { readRevocationList, type RevocationList } from "./revocation-list.ts";

/** How lists are used. */
export interface CrlOptions {
  /** Who may sign lists: the authorities that residents' certificates are checked against. */
  readonly trust: Trust;
  /** So many milliseconds after its nextUpdate a list still counts as the newest; 0 by default. For the hours in which the next one is fetched. */
  readonly graceMilliseconds?: number;
}

/** A list that is used. */
export interface UsedList {
  /** The file's name, or `list 0` and so on. */
  readonly name: string;
  readonly kind: CertificateKind;
  /** SHA-256 of the authority's certificate, lower-case hex. */
  readonly authorityFingerprint: string;
  /** Of a partial list, see `distributionPointHash`; `undefined` for one that covers all of the authority's certificates. */
  readonly distributionPointHash: string | undefined;
  /** cRLNumber, decimal. */
  readonly number: string | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly entries: number;
}

/** A list that is not used: it can't be read, or nobody who is trusted signed it. */
export interface RejectedList {
  readonly name: string;
  readonly why: "unreadable" | "not-trusted";
  /** A short English note. */
  readonly detail: string;
}

/** Revocation by lists, offline. Made anew, by the site, when there are new lists. */
export interface CrlSource extends RevocationSource {
  status(certificate: NamedCertificate, times: AskedTimes): RevocationStatus;
  readonly lists: readonly UsedList[];
  /** Look at it: certificates that only these would cover are `no-list`, and their signatures `undecided`. */
  readonly rejected: readonly RejectedList[];
}

/** A list under a name. */
export interface NamedList {
  readonly name: string;
  readonly list: Uint8Array | string;
}

/**
 * A source from lists (DER, or PEM as text or octets; in any order, of any authorities, whole ones and those of municipalities, also old ones). One bad list does not
 * stop the others: see `rejected`. A list speaks of a certificate when its authority's key signed both and, for a partial list, when both have the same
 * distribution point. It says `good` for a time before it was made, or for any time until now while no newer one is due; the newest wins. `certificateHold` is
 * revoked. Revoked only later than the time that is judged is `good`, and the proof says when. Throws `TypeError` for options that have no sense.
 */
export function crlSource({
  lists,
  ...options
}: CrlOptions & { readonly lists: readonly (Uint8Array | string)[] }): CrlSource {
  const given: unknown = lists;
  if (!Array.isArray(given)) throw new TypeError("lists: give an array");
  return sourceOf(
    lists.map((list, index) => ({ name: `list ${index}`, list })),
    options,
  );
}

/** As {@link crlSource}, for lists under names. They are read one after the other, and none is kept as it came. */
export function sourceOf(named: Iterable<NamedList>, { trust, graceMilliseconds: grace = 0 }: CrlOptions): CrlSource {
  if (!(grace >= 0 && Number.isFinite(grace)))
    throw new TypeError("graceMilliseconds: give a number that is not negative");
  const used: UsedList[] = [];
  const rejected: RejectedList[] = [];
  const byScope = new Map<string, RevocationList[]>();
  for (const { name, list: given } of named) {
    if (typeof given !== "string" && !((given as unknown) instanceof Uint8Array))
      throw new TypeError(`${name}: give DER as a Uint8Array, or PEM`);
    try {
      const list = readRevocationList(listOctets(given), trust);
      const scope = scopeOf(list.authority.fingerprint, list.distributionPointHash);
      const others = byScope.get(scope);
      if (others) others.push(list);
      else byScope.set(scope, [list]);
      used.push(describe(name, list));
    } catch (fault) {
      if (!(fault instanceof RevocationFault)) throw fault;
      rejected.push({ name, why: fault.why, detail: fault.message });
    }
  }
  for (const lists of byScope.values()) lists.sort(newestFirst);
  return {
    lists: used,
    rejected,
    status({ authorityFingerprint, distributionPointHash: point, serialNumber, notAfter }, times) {
      const partial = point === undefined ? [] : (byScope.get(scopeOf(authorityFingerprint, point)) ?? []);
      const whole = byScope.get(scopeOf(authorityFingerprint, undefined)) ?? [];
      const covering = partial.length > 0 && whole.length > 0 ? [...partial, ...whole].sort(newestFirst) : partial;
      const found = covering.length > 0 ? covering : whole;
      if (found.length === 0) return unknown("no-list", noList(rejected));
      return judgeByLists(found, { serialNumber: Buffer.from(serialNumber, "hex"), notAfter, grace, ...times });
    },
  };
}

const scopeOf = (authorityFingerprint: string, point: string | undefined): string =>
  `${authorityFingerprint} ${point ?? "all"}`;

/** Of two lists of one time, the one with the higher number. */
function newestFirst(a: RevocationList, b: RevocationList): number {
  const [older, newer] = [BigInt(a.number ?? -1), BigInt(b.number ?? -1)];
  return b.thisUpdate - a.thisUpdate || Number(newer > older) - Number(newer < older);
}

const noList = ([first, ...others]: readonly RejectedList[]): string =>
  `no list covers this certificate${first ? `; ${1 + others.length} were rejected, first ${first.name}: ${first.detail}` : ""}`;

const describe = (name: string, list: RevocationList): UsedList => ({
  name,
  kind: list.authority.kind,
  authorityFingerprint: list.authority.fingerprint,
  distributionPointHash: list.distributionPointHash,
  number: list.number,
  thisUpdate: new Date(list.thisUpdate),
  nextUpdate: new Date(list.nextUpdate),
  entries: list.revoked.size,
});
