import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AccountStore } from "../../../verifier/person/account-store.ts";
import { createAccounts } from "../../../verifier/person/accounts.ts";
import { HARUKA, PEOPLES_NOW, playedLogin, playedSigner, SITE_SECRET } from "../../support/played-people.ts";

let people = 0;
/** A resident whom no other test knows. */
const somebody = () => ({ ...HARUKA, name: `道野　遥${++people}${randomUUID()}` });
const moved = { address: "青空県赤空市朝日町９" };

/** The life of an account, over any {@link AccountStore}. */
export function accountsContract(name: string, open: () => AccountStore): void {
  describe(`accounts over ${name}`, () => {
    const fresh = () => {
      const store = open();
      return { store, accounts: createAccounts({ store, siteSecret: SITE_SECRET, now: () => PEOPLES_NOW }) };
    };
    /** An account with a login and a signer; both certificates began a year ago. */
    const registered = async (changes: { from?: number } = {}) => {
      const { store, accounts } = fresh();
      const person = somebody();
      const [login, signature] = [playedLogin(), playedSigner(person, changes)];
      const bound = await accounts.bindLogin(login);
      if (!("account" in bound)) throw new Error("not bound");
      const { account, loginKey } = bound;
      expect(await accounts.bindSignature(account, signature)).toEqual({ outcome: "bound" });
      return { store, accounts, person, login, signature, account, loginKey };
    };

    it("begins with the first login", async () => {
      const { accounts } = fresh();
      const login = playedLogin();
      expect(await accounts.login(login)).toMatchObject({ unknown: true });
      const bound = await accounts.bindLogin(login);
      if (!("account" in bound)) throw new Error("not bound");
      const { account, loginKey } = bound;
      expect(bound).toEqual({ outcome: "bound", account, loginKey });
      expect(await accounts.login(login)).toEqual({ account, loginKey });
      expect(await accounts.bindLogin(login)).toEqual({ outcome: "same", account, loginKey });
      expect(await accounts.bindLogin(login, account)).toEqual({ outcome: "same", account, loginKey });
    });

    it("binds a login to an account that is there, which has one only", async () => {
      const { accounts } = fresh();
      const [account, login] = [`利用者 ${randomUUID()}`, playedLogin()];
      expect(await accounts.bindLogin(login, account)).toMatchObject({ outcome: "bound", account });
      expect(await accounts.bindLogin(playedLogin(), account)).toMatchObject({ outcome: "ask-clerk" });
      expect(await accounts.bindLogin(login, randomUUID())).toMatchObject({ outcome: "other-account" });
      expect(await accounts.login(login)).toMatchObject({ account });
    });

    it("gives one account to one certificate, however many tabs log in at once", async () => {
      const { accounts } = fresh();
      const [account, first] = [randomUUID(), playedLogin()];
      const named = await Promise.all(Array.from({ length: 40 }, () => accounts.bindLogin(first, account)));
      expect(named.filter(({ outcome }) => outcome === "bound")).toHaveLength(1);
      expect(named.filter(({ outcome }) => outcome === "same")).toHaveLength(39);
      const login = playedLogin();
      const bound = await Promise.all(Array.from({ length: 40 }, () => accounts.bindLogin(login)));
      expect(new Set(bound.map((one) => ("account" in one ? one.account : one.outcome))).size).toBe(1);
      expect(bound.filter(({ outcome }) => outcome === "bound")).toHaveLength(1);
    });

    it("knows its signer", async () => {
      const { accounts, account, signature } = await registered();
      expect(await accounts.bindSignature(account, signature)).toEqual({ outcome: "same" });
    });

    it("refuses another person, and stays as it is", async () => {
      const { accounts, account, signature, loginKey } = await registered({ from: -6 });
      const before = await accounts.history(account);
      const others = [
        somebody(),
        { ...signature.signer, birthDate: "1990-05-18" },
        { ...signature.signer, sex: "male" as const },
      ];
      for (const other of others) {
        const refused = await accounts.bindSignature(account, playedSigner(other, { from: 0 }), { loginKey });
        expect(refused).toMatchObject({
          outcome: "other-person",
          sentences: { en: expect.stringContaining("somebody other") as string },
        });
      }
      expect(await accounts.history(account)).toEqual(before);
    });

    it("refuses a certificate of another account, also one that was replaced there", async () => {
      const { accounts, store, account, signature, person } = await registered();
      const another = createAccounts({ store, siteSecret: SITE_SECRET, now: () => PEOPLES_NOW });
      const elsewhere = randomUUID();
      expect(await another.bindSignature(elsewhere, signature)).toMatchObject({ outcome: "other-account" });
      await accounts.bindSignature(account, playedSigner(person, { from: 0 }));
      expect(await another.bindSignature(elsewhere, signature)).toMatchObject({ outcome: "other-account" });
      expect(await accounts.history(elsewhere)).toEqual([]);
    });

    it.each([
      ["the address is equal", -1, {}, false],
      ["the old one is over", -6, moved, false],
      ["the account's own login stands behind it", -1, moved, true],
    ])("takes a renewed certificate when %s", async (_, from, changes, loggedIn) => {
      const { accounts, account, person, signature, loginKey } = await registered({ from });
      const renewed = playedSigner({ ...person, ...changes }, { from: 0 });
      const session = loggedIn ? { loginKey } : {};
      expect(await accounts.bindSignature(account, renewed, session)).toEqual({ outcome: "renewed" });
      expect(await accounts.bindSignature(account, renewed)).toEqual({ outcome: "same" });
      expect(await accounts.bindSignature(account, signature, session)).toMatchObject({ outcome: "ask-clerk" });
      const history = await accounts.history(account);
      expect(history.filter(({ kind }) => kind === "signing").map(({ replacedAt }) => replacedAt)).toEqual([
        new Date(PEOPLES_NOW),
        undefined,
      ]);
    });

    it.each([
      ["moved, nothing else speaks for it", 0, moved],
      ["an older certificate", -3, {}],
      ["one of the same moment", -1, {}],
      ["a name that can't be compared", 0, { nameSubstitutes: [1] }],
      ["no birth date", 0, { birthDate: "1990" }],
    ])("asks a clerk: %s", async (_, from, changes) => {
      const { accounts, account, person } = await registered();
      const before = await accounts.history(account);
      const asked = await accounts.bindSignature(account, playedSigner({ ...person, ...changes }, { from }), {
        loginKey: "of another session",
      });
      expect(asked).toMatchObject({
        outcome: "ask-clerk",
        sentences: { ja: expect.stringContaining("窓口") as string },
      });
      expect(await accounts.history(account)).toEqual(before);
    });

    it("asks a clerk where neither address can be compared", async () => {
      const { accounts } = fresh();
      const [account, person] = [randomUUID(), { ...somebody(), addressSubstitutes: [0] }];
      await accounts.bindSignature(account, playedSigner(person));
      const renewed = playedSigner(person, { from: 0 });
      expect(await accounts.bindSignature(account, renewed)).toMatchObject({ outcome: "ask-clerk" });
    });

    it("takes what a clerk decided, and the older certificate again", async () => {
      const { accounts, account, login, signature } = await registered();
      const married = playedSigner({ ...somebody(), ...moved }, { from: 0 });
      expect(await accounts.replaceByClerk(account, married)).toEqual({ outcome: "renewed" });
      expect(await accounts.bindSignature(account, married)).toEqual({ outcome: "same" });
      expect(await accounts.replaceByClerk(account, signature)).toEqual({ outcome: "renewed" });
      expect(await accounts.bindSignature(account, signature)).toEqual({ outcome: "same" });
      expect(await accounts.replaceByClerk(account, signature)).toEqual({ outcome: "same" });
      expect(await accounts.replaceByClerk(account, login)).toEqual({ outcome: "same" });
      expect(await accounts.replaceByClerk(randomUUID(), login)).toMatchObject({ outcome: "other-account" });
      const newLogin = playedLogin();
      expect(await accounts.replaceByClerk(account, newLogin)).toEqual({ outcome: "renewed" });
      expect(await accounts.login(login)).toMatchObject({ unknown: true });
      expect(await accounts.bindLogin(login)).toMatchObject({ outcome: "ask-clerk" });
      expect(await accounts.login(newLogin)).toMatchObject({ account });
    });

    it("lets exactly one of two cards be the first, and one of many", async () => {
      const { accounts } = fresh();
      for (const count of [2, 40]) {
        const account = randomUUID();
        const signers = Array.from({ length: count }, () => playedSigner(somebody()));
        const outcomes = await Promise.all(signers.map((signer) => accounts.bindSignature(account, signer)));
        expect(outcomes.filter(({ outcome }) => outcome === "bound")).toHaveLength(1);
        expect(outcomes.filter(({ outcome }) => outcome === "other-person")).toHaveLength(count - 1);
      }
    });

    it("renews once when the renewed card signs in many tabs", async () => {
      const { accounts, account, person } = await registered();
      const renewed = playedSigner(person, { from: 0 });
      const outcomes = await Promise.all(Array.from({ length: 40 }, () => accounts.bindSignature(account, renewed)));
      expect(outcomes.filter(({ outcome }) => outcome === "renewed")).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === "same")).toHaveLength(39);
    });

    it("forgets an account", async () => {
      const { accounts, account, login, signature } = await registered();
      await accounts.forget(account);
      expect(await accounts.history(account)).toEqual([]);
      expect(await accounts.login(login)).toMatchObject({ unknown: true });
      expect(await accounts.bindSignature(randomUUID(), signature)).toEqual({ outcome: "bound" });
    });
  });

  describe(`a new login certificate over ${name}`, () => {
    const registered = async (from = -1) => {
      const accounts = createAccounts({ store: open(), siteSecret: SITE_SECRET, now: () => PEOPLES_NOW });
      const person = somebody();
      const [login, signature, newLogin] = [playedLogin(), playedSigner(person, { from }), playedLogin(0)];
      const account = randomUUID();
      await accounts.bindLogin(login, account);
      await accounts.bindSignature(account, signature);
      const content = accounts.agreement(newLogin);
      const agree = (signer: typeof signature, text = content) => ({
        ...signer,
        coverage: { kind: "content", octets: new TextEncoder().encode(text) },
      });
      return { accounts, person, account, login, signature, newLogin, content, agree };
    };

    it("gets the account from the bound signer", async () => {
      const { accounts, account, login, signature, newLogin, agree } = await registered();
      const rebound = await accounts.rebindLogin(newLogin, agree(signature));
      expect(rebound).toMatchObject({ outcome: "rebound", account });
      expect(await accounts.login(newLogin)).toEqual({ account, loginKey: "loginKey" in rebound && rebound.loginKey });
      expect(await accounts.login(login)).toMatchObject({ unknown: true });
      expect(await accounts.rebindLogin(newLogin, agree(signature))).toMatchObject({ outcome: "same", account });
    });

    it("gets the account when the signer was renewed too", async () => {
      const { accounts, account, person, newLogin, content } = await registered();
      const renewed = playedSigner(person, { from: 0, content });
      expect(await accounts.rebindLogin(newLogin, renewed)).toMatchObject({ outcome: "rebound", account });
      expect(await accounts.bindSignature(account, renewed)).toEqual({ outcome: "same" });
      expect(await accounts.history(account)).toHaveLength(4);
    });

    it("gets the account once, when both were renewed and it is asked for in many tabs", async () => {
      const { accounts, account, person, newLogin, content } = await registered();
      const renewed = playedSigner(person, { from: 0, content });
      const tabs = Array.from({ length: 40 }, () => accounts.rebindLogin(newLogin, renewed));
      const outcomes = await Promise.all(tabs);
      expect(outcomes.filter(({ outcome }) => outcome === "rebound")).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === "same")).toHaveLength(39);
      expect(await accounts.history(account)).toHaveLength(4);
    });

    it("is not given away for another document, or one for another certificate", async () => {
      const { accounts, signature, newLogin, agree, content } = await registered();
      const other = accounts.agreement(playedLogin());
      for (const text of ["", `${content} `, content.trim(), other]) {
        expect(await accounts.rebindLogin(newLogin, agree(signature, text))).toMatchObject({ outcome: "not-agreed" });
      }
      const { octets } = agree(signature).coverage;
      for (const coverage of [{ kind: "parts", octets }, { kind: "content" }, { kind: "content", octets: content }]) {
        expect(await accounts.rebindLogin(newLogin, { ...signature, coverage })).toMatchObject({
          outcome: "not-agreed",
        });
      }
      expect(await accounts.login(newLogin)).toMatchObject({ unknown: true });
    });

    it("is not given to a namesake, even when the old certificate is over", async () => {
      const { accounts, person, newLogin, content } = await registered(-6);
      const namesake = playedSigner({ ...person, ...moved }, { from: 0, content });
      expect(await accounts.rebindLogin(newLogin, namesake)).toMatchObject({ outcome: "ask-clerk" });
      expect(await accounts.login(newLogin)).toMatchObject({ unknown: true });
    });

    it("is unknown for a stranger", async () => {
      const { accounts, newLogin, content } = await registered();
      const strangers = [playedSigner(somebody(), { from: 0, content }), playedSigner({}, { from: 0, content })];
      for (const stranger of strangers) {
        expect(await accounts.rebindLogin(newLogin, stranger)).toEqual({ outcome: "unknown" });
      }
    });

    it("asks a clerk where two accounts may be meant, or a certificate was replaced", async () => {
      const { accounts, account, person, login, signature, newLogin, content, agree } = await registered();
      await accounts.rebindLogin(newLogin, agree(signature));
      const back = playedSigner(person, { content: accounts.agreement(login) });
      const sameSigner = { ...signature, coverage: back.coverage };
      expect(await accounts.rebindLogin(login, sameSigner)).toMatchObject({ outcome: "ask-clerk" });

      await accounts.bindSignature(account, playedSigner(person, { from: -0.5 }));
      const third = playedLogin(0);
      const old = agree(signature, accounts.agreement(third));
      expect(await accounts.rebindLogin(third, old)).toMatchObject({ outcome: "ask-clerk" });

      await accounts.bindSignature(randomUUID(), playedSigner(person));
      const newest = playedSigner(person, { from: 0, content });
      expect(await accounts.rebindLogin(newLogin, newest)).toMatchObject({ outcome: "ask-clerk" });
    });

    it("stays with its own account", async () => {
      const { accounts, signature, agree } = await registered();
      const taken = playedLogin(0);
      await accounts.bindLogin(taken);
      const agreed = agree(signature, accounts.agreement(taken));
      expect(await accounts.rebindLogin(taken, agreed)).toMatchObject({ outcome: "other-account" });
    });
  });
}
