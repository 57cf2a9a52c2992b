import type { AccountStore, Binding, BindingChange } from "./account-store.ts";
import { currentBinding, untilSettled, type AccountTools } from "./bind-certificates.ts";
import { refusal, type PersonRefusal } from "./person-texts.ts";
import type { ProvenCertificate, ProvenSigner } from "./proven.ts";
import { judgeRenewal, sameAddress } from "./renewal.ts";

/** The report of a signature over one content, with that content: `coverage` as the verifier reports it. */
export interface CoveringSignature extends ProvenSigner {
  readonly coverage: { readonly kind: string; readonly octets?: unknown };
}

/**
 * `rebound`: the login certificate is the account's now. `same`: it was already. `unknown`: no account belongs to this signer. `not-agreed`: what
 * was signed is not the agreement. `other-account`: the login certificate belongs to another account than the signer. `ask-clerk`: the signer may be
 * an account's holder, but it can't be told, or one of the certificates was replaced before.
 */
export type LoginRebinding =
  | { readonly outcome: "rebound" | "same"; readonly account: string; readonly loginKey: string }
  | { readonly outcome: "unknown" }
  | PersonRefusal<"not-agreed" | "other-account" | "ask-clerk">;

/** `Accounts.agreement`, for a login certificate's key. The resident reads it before signing: it says where, and what for. */
export const agreementText = (siteName: string | undefined, loginKey: string): string =>
  `${siteName ?? "このサイト"}に、このマイナンバーカードで、これからログインします。
From now on I log in to ${siteName ?? "this site"} with this My Number Card.

${loginKey}
`;

/** `Accounts.rebindLogin` */
export const rebindLogin = (
  tools: AccountTools,
  authentication: ProvenCertificate,
  signature: CoveringSignature,
  agreement: string,
): Promise<LoginRebinding> =>
  untilSettled(async () => {
    const { store, binder, now } = tools;
    const at = now();
    const loginKey = binder.login("", authentication, at).certificate;
    if (!covers(signature, agreement)) return refusal("not-agreed");

    const found = await findSigner(store, binder.signature("", signature, at), at);
    if (typeof found === "string") return found === "unknown" ? { outcome: "unknown" } : refusal(found);
    const { account } = found;
    const known = await store.binding(loginKey);
    if (known && known.account !== account) return refusal("other-account");
    if (known?.replacedAt) return refusal("ask-clerk");
    if (known && !found.change.next) return { outcome: "same", account, loginKey };

    const login: BindingChange = {
      account,
      kind: "authentication",
      expected: currentBinding(await store.bindings(account), "authentication")?.certificate,
      ...(!known && { next: binder.login(account, authentication, at) }),
    };
    return (await store.change([login, found.change])) ? { outcome: "rebound", account, loginKey } : undefined;
  });

function covers({ coverage: { kind, octets } }: CoveringSignature, text: string): boolean {
  return kind === "content" && octets instanceof Uint8Array && Buffer.from(text).equals(octets);
}

/**
 * The account of a signer, and what has to hold or become of its signing certificate. With another certificate than the account's own the address must be equal:
 * there is no login behind it, and a namesake who was born on the same day must not get the account once its certificate is over.
 */
async function findSigner(
  store: AccountStore,
  signer: Binding,
  now: number,
): Promise<{ account: string; change: BindingChange } | "unknown" | "ask-clerk"> {
  // those who are alike first: who binds this certificate in between is seen by the second look
  const alike = signer.identity === undefined ? [] : await store.signersLike(signer.identity);
  const known = await store.binding(signer.certificate);
  if (known) {
    const { account, certificate } = known;
    return known.replacedAt ? "ask-clerk" : { account, change: { account, kind: "signing", expected: certificate } };
  }
  const [old, ...others] = alike.filter((binding) => sameAddress(binding, signer));
  if (!old) return alike.length > 0 ? "ask-clerk" : "unknown";
  if (others.length > 0 || judgeRenewal(old, signer, { now, loggedIn: false }) !== "renewed") return "ask-clerk";
  const { account, certificate } = old;
  return { account, change: { account, kind: "signing", expected: certificate, next: { ...signer, account } } };
}
