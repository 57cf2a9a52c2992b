import type { Binding } from "./account-store.ts";

/** What is known beside the two certificates. */
export interface RenewalCircumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The session was logged in by the account's own authentication certificate: another proof that it is the same person. */
  readonly loggedIn: boolean;
}

/**
 * Whether a signing certificate took the place of another one of the same person. Nothing in the certificates says so; it is taken from what they say of
 * their holders, and only together with a sign that the old one had to be replaced, or that the person is the account's:
 * - `renewed`: equal name, birth date and sex, begins later, and the old one is over, or the address is equal too, or `loggedIn`;
 * - `other-person`: both can be compared, and name, birth date or sex differ;
 * - `ask-clerk`: everything else (namesakes, an older certificate, a name that can't be compared).
 */
export function judgeRenewal(
  old: Binding,
  next: Binding,
  { now, loggedIn }: RenewalCircumstances,
): "renewed" | "other-person" | "ask-clerk" {
  if (old.identity === undefined || next.identity === undefined) return "ask-clerk";
  if (old.identity !== next.identity) return "other-person";
  if (next.notBefore.getTime() <= old.notBefore.getTime()) return "ask-clerk";
  const isOver = old.notAfter.getTime() < now;
  return isOver || sameAddress(old, next) || loggedIn ? "renewed" : "ask-clerk";
}

/** Whether both say the same address, besides name, birth date and sex. */
export const sameAddress = (a: Binding, b: Binding): boolean =>
  a.addressedIdentity !== undefined && a.addressedIdentity === b.addressedIdentity;
