import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AccountStore, Binding } from "../../../verifier/person/account-store.ts";
import { PEOPLES_NOW } from "../../support/played-people.ts";

const someKey = (): string => randomBytes(32).toString("base64url");
let clock = PEOPLES_NOW;

function someBinding(account: string, changes: Partial<Binding> = {}): Binding {
  return {
    certificate: someKey(),
    account,
    kind: "signing",
    notBefore: new Date("2024-01-01T15:00:00.123Z"),
    notAfter: new Date("2029-01-01T14:59:59Z"),
    boundAt: new Date(++clock),
    ...changes,
  };
}

const count = (results: readonly boolean[]): number => results.filter(Boolean).length;

/** What every {@link AccountStore} must hold. */
export function accountStoreContract(name: string, open: () => AccountStore): void {
  describe(`${name} as account store`, () => {
    /** A fresh account, and ways to bind to it. */
    const fresh = () => {
      const store = open();
      const account = randomUUID();
      const set = (next: Binding, expected?: string): Promise<boolean> =>
        store.change([{ account: next.account, kind: next.kind, expected, next }]);
      return { store, account, set };
    };

    it("keeps a binding as it is", async () => {
      const { store, account, set } = fresh();
      const binding = someBinding(account, { identity: someKey(), addressedIdentity: someKey() });
      expect(await store.binding(binding.certificate)).toBeUndefined();
      expect(await set(binding)).toBe(true);
      expect(await store.binding(binding.certificate)).toEqual(binding);
      expect(await store.bindings(account)).toEqual([binding]);
      expect(await store.bindings(randomUUID())).toEqual([]);
    });

    it("replaces what is expected, keeps the old one, and nothing else", async () => {
      const { store, account, set } = fresh();
      const [old, next] = [someBinding(account), someBinding(account)];
      await set(old);
      expect(await set(next)).toBe(false);
      expect(await set(next, someKey())).toBe(false);
      expect(await store.bindings(account)).toEqual([old]);
      expect(await set(next, old.certificate)).toBe(true);
      expect(await store.bindings(account)).toEqual([{ ...old, replacedAt: next.boundAt }, next]);
      expect(await set(someBinding(account), old.certificate)).toBe(false);
    });

    it("has one of each kind", async () => {
      const { store, account, set } = fresh();
      const [login, signature] = [someBinding(account, { kind: "authentication" }), someBinding(account)];
      expect(await set(login)).toBe(true);
      expect(await set(signature)).toBe(true);
      expect(await store.bindings(account)).toEqual([login, signature]);
    });

    it("gives a certificate to one account, also after it was replaced, and back to that one", async () => {
      const { store, account, set } = fresh();
      const other = randomUUID();
      const [first, second] = [someBinding(account), someBinding(account)];
      await set(first);
      expect(await set({ ...first, account: other })).toBe(false);
      expect(await set(first, first.certificate)).toBe(false);
      await set(second, first.certificate);
      expect(await set({ ...first, account: other })).toBe(false);
      const again = { ...first, boundAt: new Date(++clock) };
      expect(await set(again, second.certificate)).toBe(true);
      expect(await store.bindings(account)).toEqual([{ ...second, replacedAt: again.boundAt }, again]);
      expect(await store.bindings(other)).toEqual([]);
    });

    it("makes all changes or none", async () => {
      const { store, account, set } = fresh();
      const [login, signature] = [someBinding(account, { kind: "authentication" }), someBinding(account)];
      await set(signature);
      const bindLogin = { account, kind: "authentication", expected: undefined, next: login } as const;
      const both = (expected: string) =>
        store.change([bindLogin, { account, kind: "signing", expected, next: someBinding(account) }]);
      expect(await both(someKey())).toBe(false);
      expect(await store.bindings(account)).toEqual([signature]);
      expect(await store.change([bindLogin, { account, kind: "signing", expected: someKey() }])).toBe(false);
      expect(await store.bindings(account)).toEqual([signature]);
      expect(await store.change([{ account, kind: "signing", expected: signature.certificate }, bindLogin])).toBe(true);
      expect(await store.bindings(account)).toEqual([signature, login]);
    });

    it("finds current signers who are alike, ten at most", async () => {
      const { store, account, set } = fresh();
      const identity = someKey();
      const old = someBinding(account, { identity });
      await set(old);
      expect(await store.signersLike(identity)).toEqual([old]);
      await set(someBinding(account), old.certificate);
      expect(await store.signersLike(identity)).toEqual([]);
      for (let index = 0; index < 11; index++) await set(someBinding(randomUUID(), { identity }));
      expect(await store.signersLike(identity)).toHaveLength(10);
      expect(await store.signersLike(someKey())).toEqual([]);
    });

    it("forgets an account, and that one alone", async () => {
      const { store, account, set } = fresh();
      const [own, another] = [someBinding(account), someBinding(randomUUID())];
      await set(own);
      await set(another);
      await store.remove(account);
      expect(await store.binding(own.certificate)).toBeUndefined();
      expect(await store.binding(another.certificate)).toEqual(another);
      expect(await set({ ...own, account: another.account }, another.certificate)).toBe(true);
    });

    it("lets one of many win: first bindings of one account", async () => {
      const { store, account, set } = fresh();
      const rivals = Array.from({ length: 60 }, () => someBinding(account));
      expect(count(await Promise.all(rivals.map((rival) => set(rival))))).toBe(1);
      expect(await store.bindings(account)).toHaveLength(1);
    });

    it("lets one of many win: one certificate for many accounts", async () => {
      const { set } = fresh();
      const certificate = someKey();
      const rivals = Array.from({ length: 60 }, () => someBinding(randomUUID(), { certificate }));
      expect(count(await Promise.all(rivals.map((rival) => set(rival))))).toBe(1);
    });

    it("lets one of many win: renewals, both kinds at once, in any order", async () => {
      const { store, account, set } = fresh();
      const [login, signature] = [someBinding(account, { kind: "authentication" }), someBinding(account)];
      await set(login);
      await set(signature);
      const renewals = Array.from({ length: 60 }, (_, index) => {
        const changes = [login, signature].map(({ kind, certificate }) => {
          return { account, kind, expected: certificate, next: someBinding(account, { kind }) };
        });
        return store.change(index % 2 === 0 ? changes : changes.reverse());
      });
      expect(count(await Promise.all(renewals))).toBe(1);
      expect((await store.bindings(account)).filter(({ replacedAt }) => !replacedAt)).toHaveLength(2);
      expect(await store.bindings(account)).toHaveLength(4);
    });
  });
}
