import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openTestAuthority } from "../../../native-host/virtual-card/test-authority.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { fuzzDer } from "./fuzz-der.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);

it("nothing but typed errors from any reader of DER, and no timestamp that was changed", async () => {
  const authority = openTestAuthority(join(folder, "authority"));
  const wanted = { certificateValidity: "current", octets: 0 } as const;
  const people = await Promise.all(
    (["ordinary", "substituted"] as const).map((person) => authority.credential("signing", person, wanted)),
  );
  const { accepted, refused, findings } = await fuzzDer(
    20_261_124,
    6_000,
    people.map(({ certificate }) => Uint8Array.from(certificate)),
  );
  expect(findings.slice(0, 5)).toEqual([]);
  // it got past the outer structure often enough to have tried what stands behind
  for (const reason of ["nonce", "imprint", "certificate", "digest", "signature", "encoding"])
    expect(refused[`changed: ${reason}`], reason).toBeGreaterThan(0);
  for (const reason of ["purpose", "validity", "algorithm", "imprint", "nonce"])
    expect(refused[`hostile: ${reason}`], reason).toBeGreaterThan(0);
  for (const reader of ["readCertificate", "readCertificateAttributes", "readValidity", "readToken"])
    expect((accepted[reader] ?? 0) + (refused[reader] ?? 0), reader).toBe(6_000);
});
