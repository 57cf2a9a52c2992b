import type { AccountStore, Binding, BindingChange } from "./account-store.ts";

const MOST_ALIKE = 10;

/** An {@link AccountStore} in memory: for tests, and gone with the process. */
export function memoryAccountStore(): AccountStore {
  const all = new Map<string, Binding>();
  const current = ({ account, kind }: BindingChange): Binding | undefined =>
    [...all.values()].find((one) => one.account === account && one.kind === kind && one.replacedAt === undefined);

  const possible = (change: BindingChange): boolean => {
    if (current(change)?.certificate !== change.expected) return false;
    if (change.next === undefined) return true;
    const known = all.get(change.next.certificate);
    return known === undefined || (known.account === change.account && known.replacedAt !== undefined);
  };

  function make(change: BindingChange): void {
    if (change.next === undefined) return;
    const old = current(change);
    if (old) all.set(old.certificate, { ...old, replacedAt: change.next.boundAt });
    // at the end of the order, also where it comes back
    all.delete(change.next.certificate);
    all.set(change.next.certificate, change.next);
  }

  // nothing waits between look and change, so nobody comes between
  return {
    binding: (certificate) => Promise.resolve(all.get(certificate)),
    bindings: (account) => Promise.resolve([...all.values()].filter((one) => one.account === account)),
    signersLike: (identity) =>
      Promise.resolve(
        [...all.values()]
          .filter((one) => one.kind === "signing" && one.identity === identity && one.replacedAt === undefined)
          .slice(0, MOST_ALIKE),
      ),
    change(changes) {
      const allPossible = changes.every(possible);
      if (allPossible) changes.forEach(make);
      return Promise.resolve(allPossible);
    },
    remove(account) {
      for (const one of all.values()) if (one.account === account) all.delete(one.certificate);
      return Promise.resolve();
    },
  };
}
