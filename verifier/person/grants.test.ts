import { describe, expect, it } from "vitest";
import { playedLogin, playedSigner, SITE_SECRET } from "../../tests/support/played-people.ts";
import { grantsContract } from "../../tests/verifier/postgres/grants.contract.ts";
import type { GrantEntry } from "./grant-store.ts";
import { createGrantGuard, type GrantGuard, type GrantGuardOptions } from "./grants.ts";
import { memoryGrantStore } from "./memory-grant-store.ts";

grantsContract("memory", memoryGrantStore);

const someGuard = (options: Partial<GrantGuardOptions> = {}): GrantGuard =>
  createGrantGuard({ store: memoryGrantStore(), siteSecret: SITE_SECRET, ...options });

describe("a grant guard", () => {
  it("takes proven signatures only", async () => {
    const guard = someGuard();
    for (const verdict of ["refused", "undecided"] as const) {
      await expect(guard.claim("c", "1", { ...playedSigner(), verdict })).rejects.toThrow(TypeError);
    }
    await expect(guard.claim("c", "1", { ...playedSigner(), test: true })).rejects.toThrow("tests");
    await expect(guard.claim("c", "1", { ...playedSigner(), ...playedLogin() })).rejects.toThrow("signing");
    const tests = someGuard({ acceptTest: true });
    expect(await tests.claim("c", "1", { ...playedSigner(), test: true })).toMatchObject({ outcome: "granted" });
  });

  it("takes names and decisions of their form only", async () => {
    const guard = someGuard();
    await expect(guard.claim("", "1", playedSigner())).rejects.toThrow("campaign");
    await expect(guard.claim("c", "\u0000", playedSigner())).rejects.toThrow("application");
    await expect(guard.queue("")).rejects.toThrow(TypeError);
    await expect(guard.queue("c", 0)).rejects.toThrow(TypeError);
    await expect(guard.decide("c", "", "grant")).rejects.toThrow(TypeError);
    await expect(guard.decide("c", "1", "maybe" as "grant")).rejects.toThrow("decision");
    await expect(guard.forget("")).rejects.toThrow(TypeError);
    expect(() => someGuard({ siteSecret: new Uint8Array(31) })).toThrow(TypeError);
  });

  it("keeps nothing by which campaigns can be joined, or persons read", async () => {
    const entries: GrantEntry[] = [];
    const store = memoryGrantStore();
    const guard = someGuard({
      store: { ...store, claim: (entry) => (entries.push(entry), store.claim(entry)) },
    });
    const signer = playedSigner();
    await guard.claim("a", "1", signer);
    await guard.claim("b", "1", signer);
    expect(new Set(entries.flatMap(({ certificate, person }) => [certificate, person])).size).toBe(4);
    const kept = JSON.stringify(entries);
    for (const text of [signer.signer.name, signer.signer.address, signer.certificate.serialNumber]) {
      expect(kept).not.toContain(text);
    }
  });
});
