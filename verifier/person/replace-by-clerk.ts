import type { Binding } from "./account-store.ts";
import { currentBinding, untilSettled, type AccountTools, type CertificateBinder } from "./bind-certificates.ts";
import { refusal, type PersonRefusal } from "./person-texts.ts";
import type { ProvenCertificate, ProvenSigner } from "./proven.ts";

/** `bound`: there was none of this kind. `same`: it is already the current one. `renewed`: it took another one's place. `other-account`: it belongs to another account. */
export type ClerkReplacement = { readonly outcome: "bound" | "same" | "renewed" } | PersonRefusal<"other-account">;

/** `Accounts.replaceByClerk` */
export const replaceByClerk = (
  { store, binder, now }: AccountTools,
  account: string,
  proven: ProvenCertificate | ProvenSigner,
): Promise<ClerkReplacement> =>
  untilSettled(async () => {
    const { kind } = proven.certificate;
    const next = bindingOf(binder, account, proven, now());
    const known = await store.binding(next.certificate);
    if (known && known.account !== account) return refusal("other-account");
    if (known && !known.replacedAt) return { outcome: "same" };
    const expected = currentBinding(await store.bindings(account), kind)?.certificate;
    if (!(await store.change([{ account, kind, expected, next }]))) return undefined;
    return { outcome: expected === undefined ? "bound" : "renewed" };
  });

function bindingOf(
  binder: CertificateBinder,
  account: string,
  proven: ProvenCertificate | ProvenSigner,
  at: number,
): Binding {
  if (proven.certificate.kind === "authentication") return binder.login(account, proven, at);
  if (!("signer" in proven)) throw new TypeError("a signing certificate comes with its signer");
  return binder.signature(account, proven, at);
}
