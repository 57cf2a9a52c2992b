import type { BindingChange } from "./account-store.ts";
import { currentBinding, untilSettled, type AccountTools } from "./bind-certificates.ts";
import { refusal, type PersonRefusal } from "./person-texts.ts";
import type { ProvenSigner } from "./proven.ts";
import { judgeRenewal } from "./renewal.ts";

/**
 * `bound`: the account's first signature. `same`: its certificate. `renewed`: a new certificate of the same person took its place. The others change
 * nothing: `other-person`, the signer is not the account's holder; `other-account`, the certificate belongs to another account; `ask-clerk`,
 * it can't be told (`judgeRenewal`), or the account had this certificate before and it was replaced.
 */
export type SignatureBinding =
  { readonly outcome: "bound" | "same" | "renewed" } | PersonRefusal<"other-person" | "other-account" | "ask-clerk">;

/** `Accounts.bindSignature` */
export const bindSignature = (
  { store, binder, now }: AccountTools,
  account: string,
  signature: ProvenSigner,
  loginKey: string | undefined,
): Promise<SignatureBinding> =>
  untilSettled(async () => {
    const next = binder.signature(account, signature, now());
    // the account first: who binds this certificate in between is seen by the second look, all else by the compare-and-set
    const bindings = await store.bindings(account);
    const known = await store.binding(next.certificate);
    if (known) {
      if (known.account !== account) return refusal("other-account");
      return known.replacedAt ? refusal("ask-clerk") : { outcome: "same" };
    }
    const old = currentBinding(bindings, "signing");
    const change: BindingChange = { account, kind: "signing", expected: old?.certificate, next };
    if (!old) return (await store.change([change])) ? { outcome: "bound" } : undefined;

    const loggedIn = loginKey !== undefined && currentBinding(bindings, "authentication")?.certificate === loginKey;
    const judged = judgeRenewal(old, next, { now: now(), loggedIn });
    if (judged !== "renewed") return refusal(judged);
    // the login was a reason: it must still be the account's when the change is made
    const login: BindingChange[] = loggedIn ? [{ account, kind: "authentication", expected: loginKey }] : [];
    return (await store.change([...login, change])) ? { outcome: "renewed" } : undefined;
  });
