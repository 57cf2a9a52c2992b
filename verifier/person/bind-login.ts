import { randomUUID } from "node:crypto";
import { currentBinding, untilSettled, type AccountTools } from "./bind-certificates.ts";
import { refusal, type PersonRefusal } from "./person-texts.ts";
import type { ProvenCertificate } from "./proven.ts";

/**
 * `bound`: now, to this account. `same`: it was already. `other-account`: it belongs to another account than the one that was named. `ask-clerk`: the
 * certificate was replaced before, or the account has another one (`rebindLogin` is the way then).
 */
export type LoginBinding =
  | { readonly outcome: "bound" | "same"; readonly account: string; readonly loginKey: string }
  | PersonRefusal<"other-account" | "ask-clerk">;

/** `Accounts.bindLogin` */
export const bindLogin = (
  { store, binder, now }: AccountTools,
  authentication: ProvenCertificate,
  named: string | undefined,
): Promise<LoginBinding> =>
  untilSettled(async () => {
    const account = named ?? randomUUID();
    const next = binder.login(account, authentication, now());
    // the account first: who binds this certificate in between is seen by the second look, all else by the compare-and-set
    const bindings = await store.bindings(account);
    const known = await store.binding(next.certificate);
    if (known) {
      if (named !== undefined && known.account !== named) return refusal("other-account");
      if (known.replacedAt) return refusal("ask-clerk");
      return { outcome: "same", account: known.account, loginKey: next.certificate };
    }
    if (currentBinding(bindings, "authentication")) return refusal("ask-clerk");
    const bound = await store.change([{ account, kind: "authentication", expected: undefined, next }]);
    return bound ? { outcome: "bound", account, loginKey: next.certificate } : undefined;
  });
