import { describe, expect, expectTypeOf, it } from "vitest";
import { PEOPLES_NOW, playedLogin, playedSigner, SITE_SECRET } from "../../tests/support/played-people.ts";
import { accountsContract } from "../../tests/verifier/postgres/accounts.contract.ts";
import { createAccounts, type Accounts, type AccountsOptions } from "./accounts.ts";
import type { AcceptedSignature } from "../signature/report.ts";
import { memoryAccountStore } from "./memory-account-store.ts";

accountsContract("memory", memoryAccountStore);

const someAccounts = (options: Partial<AccountsOptions> = {}): Accounts =>
  createAccounts({ store: memoryAccountStore(), siteSecret: SITE_SECRET, now: () => PEOPLES_NOW, ...options });

describe("accounts", () => {
  it("take the report of a signature as it is", () => {
    expectTypeOf<AcceptedSignature>().toExtend<Parameters<Accounts["bindSignature"]>[1]>();
    expectTypeOf<AcceptedSignature>().toExtend<Parameters<Accounts["rebindLogin"]>[1]>();
  });

  it.each(["refused", "undecided"] as const)("take nothing that is %s", async (verdict) => {
    const accounts = someAccounts();
    const [login, signature] = [
      { ...playedLogin(), verdict },
      { ...playedSigner(), verdict },
    ];
    await expect(accounts.login(login)).rejects.toThrow(TypeError);
    await expect(accounts.bindLogin(login)).rejects.toThrow(TypeError);
    await expect(accounts.bindSignature("a", signature)).rejects.toThrow(TypeError);
    await expect(accounts.rebindLogin(playedLogin(), signature)).rejects.toThrow(TypeError);
    await expect(accounts.rebindLogin(login, playedSigner())).rejects.toThrow(TypeError);
    await expect(accounts.replaceByClerk("a", signature)).rejects.toThrow(TypeError);
    expect(() => accounts.agreement(login)).toThrow(TypeError);
    expect(await accounts.history("a")).toEqual([]);
  });

  it("take accepted-unchecked, because the site chose it", async () => {
    const login = { ...playedLogin(), verdict: "accepted-unchecked" as const };
    expect(await someAccounts().bindLogin(login, "a")).toMatchObject({ outcome: "bound" });
  });

  it("take certificates of their kind only", async () => {
    const accounts = someAccounts();
    await expect(accounts.login(playedSigner())).rejects.toThrow(TypeError);
    await expect(accounts.bindSignature("a", { ...playedSigner(), ...playedLogin() })).rejects.toThrow(TypeError);
    const { certificate, verdict, test } = playedSigner();
    await expect(accounts.replaceByClerk("a", { certificate, verdict, test })).rejects.toThrow(TypeError);
  });

  it.each(["report", "certificate"])("take tests only where the site says so: %s", async (where) => {
    const { certificate, ...login } = playedLogin();
    const played =
      where === "report"
        ? { ...login, test: true, certificate }
        : { ...login, certificate: { ...certificate, test: true } };
    await expect(someAccounts().bindLogin(played)).rejects.toThrow("tests");
    expect(await someAccounts({ acceptTest: true }).bindLogin(played)).toMatchObject({ outcome: "bound" });
  });

  it.each(["", "x".repeat(201), "a\u0000b", "a\nb", "\ud800"])("refuse the name %j", async (account) => {
    await expect(someAccounts().bindSignature(account, playedSigner())).rejects.toThrow(TypeError);
    await expect(someAccounts().history(account)).rejects.toThrow(TypeError);
  });

  it("name the site in what the resident agrees to", () => {
    const login = playedLogin();
    const text = someAccounts({ siteName: "青空市" }).agreement(login);
    expect(text).toMatch(
      /^青空市に、このマイナンバーカードで、これからログインします。\nFrom now on I log in to 青空市 with this My Number Card.\n\n[\w-]{43}\n$/,
    );
    expect(someAccounts().agreement(login)).toContain("このサイトに、");
    expect(() => someAccounts({ siteName: "青空市\n" })).toThrow("siteName");
  });

  it("keep nothing of a person in the clear", async () => {
    const store = memoryAccountStore();
    const signature = playedSigner();
    await someAccounts({ store }).bindSignature("a", signature);
    const { name, address, birthDate } = signature.signer;
    const kept = JSON.stringify(await store.bindings("a"));
    for (const text of [name, address, birthDate, signature.certificate.serialNumber]) expect(kept).not.toContain(text);
  });

  it("end when the store never settles", async () => {
    const store = { ...memoryAccountStore(), change: () => Promise.resolve(false) };
    await expect(someAccounts({ store }).bindSignature("a", playedSigner())).rejects.toThrow("changing");
  });

  it("look again when the login that spoke for a renewal was taken away meanwhile", async () => {
    const store = memoryAccountStore();
    const accounts = someAccounts({ store });
    const bound = await accounts.bindLogin(playedLogin(), "a");
    if (!("loginKey" in bound)) throw new Error("not bound");
    const signature = playedSigner();
    await accounts.bindSignature("a", signature);
    const lostMeanwhile = someAccounts({
      store: {
        ...store,
        async bindings(account) {
          const seen = await store.bindings(account);
          await accounts.replaceByClerk("a", playedLogin());
          return seen;
        },
      },
    });
    const moved = playedSigner({ ...signature.signer, address: "青空県" }, { from: 0 });
    const session = { loginKey: bound.loginKey };
    expect(await lostMeanwhile.bindSignature("a", moved, session)).toMatchObject({ outcome: "ask-clerk" });
  });
});
