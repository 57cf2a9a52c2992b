import { expect, it } from "vitest";
import { playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { recallCertificate, rememberCertificate, REMEMBERED_CERTIFICATES } from "./certificate-cache.ts";
import { readResidentCertificate } from "./read-resident-certificate.ts";
import { createTrust } from "./trust.ts";

const issuer = playAuthority("authentication");
const options = { certificates: [], testAuthorities: { authentication: [issuer.certificate] } };
const { certificate } = playResident("authentication", { issuer, person: "remembered" });

it("a certificate that was accepted is read once, by each trust", () => {
  const trust = createTrust(options);
  const first = readResidentCertificate(certificate, "authentication", trust);
  expect(readResidentCertificate(Buffer.from(certificate), "authentication", trust)).toBe(first);
  expect(recallCertificate(trust, "authentication", first.sha256)).toBe(first);
  expect(recallCertificate(trust, "signing", first.sha256)).toBeUndefined();
  expect(readResidentCertificate(certificate, "authentication", createTrust(options))).not.toBe(first);
});

it("what it says of its holder can't be changed by who was told", () => {
  const authority = playAuthority("signing");
  const trust = createTrust({ certificates: [], testAuthorities: { signing: [authority.certificate] } });
  const resident = playResident("signing", { issuer: authority });
  const { holder } = readResidentCertificate(resident.certificate, "signing", trust);
  expect(() => Object.assign(holder, { name: "別人" })).toThrow(TypeError);
  expect(() => Object.assign(holder.nameSubstitutes ?? {}, [1])).toThrow(TypeError);
});

it("no more than so many are remembered, and those that are seen again stay", () => {
  const trust = createTrust(options);
  const one = readResidentCertificate(certificate, "authentication", trust);
  const named = (index: number) => ({ ...one, sha256: String(index) });
  for (let index = 0; index < 3 * REMEMBERED_CERTIFICATES; index++) {
    rememberCertificate(trust, named(index));
    if (index % 1_000 === 0) expect(recallCertificate(trust, "authentication", one.sha256)).toBe(one);
  }
  expect(recallCertificate(trust, "authentication", "0")).toBeUndefined();
  const newest = Array.from({ length: 3 * REMEMBERED_CERTIFICATES }, (_, index) => String(index)).filter((sha256) =>
    recallCertificate(trust, "authentication", sha256),
  );
  expect(newest.length).toBeLessThanOrEqual(REMEMBERED_CERTIFICATES);
  expect(newest.length).toBeGreaterThan(REMEMBERED_CERTIFICATES / 2 - 10);
  expect(newest.at(-1)).toBe(String(3 * REMEMBERED_CERTIFICATES - 1));
});
