import type { AccountStore, Binding } from "./account-store.ts";
import { bindLogin, type LoginBinding } from "./bind-login.ts";
import { bindSignature, type SignatureBinding } from "./bind-signature.ts";
import { createCertificateBinder, type CertificateBinder } from "./bind-certificates.ts";
import type { SiteSecret } from "./person-key.ts";
import { requireName, requireProven, type ProvenCertificate, type ProvenSigner, type TestOption } from "./proven.ts";
import { agreementText, rebindLogin, type CoveringSignature, type LoginRebinding } from "./rebind-login.ts";
import { replaceByClerk, type ClerkReplacement } from "./replace-by-clerk.ts";

/** What accounts are made with. */
export interface AccountsOptions extends SiteSecret, TestOption {
  readonly store: AccountStore;
  /** What residents call the site, for the text of {@link Accounts.agreement}: 1 to 200 characters. "This site" without it. */
  readonly siteName?: string;
  /** Milliseconds since 1970; `Date.now` without it. */
  readonly now?: () => number;
}

/** Whose login it was. `loginKey` names the certificate: keep it in the session, for `bindSignature`. */
export type LoginOutcome =
  { readonly account: string; readonly loginKey: string } | { readonly unknown: true; readonly loginKey: string };

/**
 * A site's accounts (its own ids, texts of 1 to 200 characters) and the certificates that belong to them: one for login, one for signatures,
 * both replaced when the card is. What is given must be proven: all functions throw a `TypeError` for another verdict than `valid` or
 * `accepted-unchecked`, for the wrong kind of certificate, and for one for tests without `acceptTest`. They reject with the store's own faults.
 *
 * **A signature must be made for this session**: over a document that the site just gave out, or with its challenge. A signed file that anybody can get hold of
 * proves nothing about who sends it, and would bind its signer to the sender's account.
 */
export interface Accounts {
  /** The account that a login belongs to. Unknown is a certificate that was never bound, and one that was replaced. */
  login(authentication: ProvenCertificate): Promise<LoginOutcome>;
  /** Binds a login certificate to an account that has none: the one that is logged in by other means, or, without one, a new account with a random id (UUID). */
  bindLogin(authentication: ProvenCertificate, account?: string): Promise<LoginBinding>;
  /**
   * Says whether the signer is the account's holder, and binds the certificate at the first signature and after a renewal. Accept the signed document
   * for `bound`, `same` and `renewed` only. `loginKey`: what `login` gave for this session.
   */
  bindSignature(
    account: string,
    signature: ProvenSigner,
    session?: { readonly loginKey?: string },
  ): Promise<SignatureBinding>;
  /** The text that the resident signs for {@link Accounts.rebindLogin}, UTF-8, `text/plain`. It names this login certificate, to this site alone. */
  agreement(authentication: ProvenCertificate): string;
  /**
   * Gives an account to a new login certificate, after the old one was renewed or lost: the holder of the account's signing certificate (or of one that
   * renewed it, with the same address) signed exactly the {@link Accounts.agreement}, so no other signature of theirs can be used for it. Offer
   * it to those whom `login` does not know, before a new account.
   */
  rebindLogin(authentication: ProvenCertificate, signature: CoveringSignature): Promise<LoginRebinding>;
  /** Makes a certificate the account's current one of its kind, because a person looked at papers and decided so. For clerks only. */
  replaceByClerk(account: string, proven: ProvenCertificate | ProvenSigner): Promise<ClerkReplacement>;
  /** All certificates that an account has and had, those bound first at the beginning. */
  history(account: string): Promise<readonly Binding[]>;
  /** Forgets an account and its certificates. */
  forget(account: string): Promise<void>;
}

/** Accounts over a store, `memoryAccountStore()` or `postgresAccountStore(query)`. Throws a `TypeError` for a secret under 32 octets. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { store, siteName, now = Date.now } = options;
  if (siteName !== undefined) requireName(siteName, "siteName");
  const binder: CertificateBinder = createCertificateBinder(options);
  const tools = { store, binder, now };
  const checked = <Proven extends ProvenCertificate>(proven: Proven, kind: Binding["kind"]): Proven => {
    requireProven(proven, kind, options);
    return proven;
  };
  const named = (account: string): string => {
    requireName(account, "account");
    return account;
  };
  const agreement = (authentication: ProvenCertificate): string =>
    agreementText(siteName, binder.login("", checked(authentication, "authentication"), now()).certificate);
  return {
    async login(authentication) {
      const { certificate } = binder.login("", checked(authentication, "authentication"), now());
      const known = await store.binding(certificate);
      return known?.replacedAt === undefined && known !== undefined
        ? { account: known.account, loginKey: certificate }
        : { unknown: true, loginKey: certificate };
    },
    bindLogin: async (authentication, account) =>
      bindLogin(tools, checked(authentication, "authentication"), account === undefined ? undefined : named(account)),
    bindSignature: async (account, signature, session) =>
      bindSignature(tools, named(account), checked(signature, "signing"), session?.loginKey),
    agreement,
    rebindLogin: async (authentication, signature) =>
      rebindLogin(tools, authentication, checked(signature, "signing"), agreement(authentication)),
    replaceByClerk: async (account, proven) =>
      replaceByClerk(tools, named(account), checked(proven, proven.certificate.kind)),
    history: async (account) => store.bindings(named(account)),
    forget: async (account) => store.remove(named(account)),
  };
}
