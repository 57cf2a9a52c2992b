import { expect, it } from "vitest";
import { playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { readResidentCertificate } from "./read-resident-certificate.ts";
import { createTrust } from "./trust.ts";
import { checkValidity } from "./validity.ts";

const years = (from: string, to: string) => ({ notBefore: new Date(from), notAfter: new Date(to) });
const issuer = playAuthority("authentication", "validity", years("2023-01-01T00:00:00Z", "2026-01-01T00:00:00Z"));
const trust = createTrust({ certificates: [], testAuthorities: { authentication: [issuer.certificate] } });
const changes = years("2022-01-01T00:00:00Z", "2025-01-01T14:59:59Z");
const certificate = readResidentCertificate(
  playResident("authentication", { issuer, changes }).certificate,
  "authentication",
  trust,
);
const outlives = readResidentCertificate(
  playResident("authentication", { issuer, changes: { notAfter: new Date("2028-01-01T00:00:00Z") } }).certificate,
  "authentication",
  trust,
);

it.each([
  ["2021-12-31T23:59:59Z", "certificate-not-yet-valid"],
  ["2022-01-01T00:00:00Z", "issuer-not-valid"],
  ["2022-12-31T23:59:59Z", "issuer-not-valid"],
  ["2023-01-01T00:00:00Z", undefined],
  ["2025-01-01T14:59:59Z", undefined],
  ["2025-01-01T15:00:00Z", "certificate-expired"],
])("at %s: %s", (at, code) => {
  const check = () => checkValidity(certificate, Date.parse(at));
  if (code === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ name: "Refusal", code }));
});

it("ends with the authority's", () => {
  expect(() => checkValidity(outlives, Date.parse("2026-01-01T00:00:00Z"))).not.toThrow();
  expect(() => checkValidity(outlives, Date.parse("2026-01-01T00:00:01Z"))).toThrow(
    expect.objectContaining({ code: "issuer-not-valid" }),
  );
});
