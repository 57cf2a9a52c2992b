import { describe, expect, it } from "vitest";
import { PINS, POLICIES } from "../../verifier/certificate/pins.ts";
import { readTrust } from "../../verifier/certificate/trust.ts";

/** A folder with the certificates of JPKI's real authorities, which are J-LIS's to hand out and are not kept here. */
const folder = process.env["JPKI_TRUST_DIR"];
const skipReason =
  folder === undefined ? "JPKI_TRUST_DIR names no folder with the certificates of JPKI's authorities" : "";
if (skipReason) console.log(`skipped: ${skipReason}`);

describe.skipIf(skipReason)(`the real authorities${skipReason ? ` (${skipReason})` : ""}`, () => {
  it("are those that are pinned, of this profile, two generations of each kind under one name", () => {
    const { authorities } = readTrust(folder ?? "");
    for (const kind of ["authentication", "signing"] as const) {
      const generations = authorities.filter((authority) => authority.kind === kind);
      expect(generations.map(({ fingerprint }) => fingerprint).toSorted()).toEqual([...PINS[kind]].toSorted());
      expect(new Set(generations.map(({ name }) => Buffer.from(name).toString("hex"))).size).toBe(1);
      expect(
        new Set(generations.map(({ keyIdentifier = "" }) => Buffer.from(keyIdentifier).toString("hex"))).size,
      ).toBe(2);
      expect(generations.every(({ test, policies }) => !test && policies.join() === POLICIES[kind].join())).toBe(true);
    }
  });
});
