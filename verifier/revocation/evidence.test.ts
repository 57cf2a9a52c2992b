import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { HANAKO, playAuthority, PLAYED_NOW, playResident } from "../../tests/support/pki/played-authorities.ts";
import { readPlayed } from "../../tests/support/pki/played-trust.ts";
import { EVIDENCE_SCHEMA } from "./evidence-schema.ts";
import { makeEvidence, namedInEvidence, type Evidence, type JudgedCase } from "./evidence.ts";
import { nameCertificate } from "./named-certificate.ts";
import type { RevocationProof, RevocationStatus } from "./revocation-source.ts";

const issuer = playAuthority("signing");
const certificate = readPlayed(playResident("signing", { issuer }), issuer);
const sha256 = "0f".repeat(32);
const iso = PLAYED_NOW.toISOString();
const crl: RevocationProof = { kind: "crl", sha256, number: "7", thisUpdate: iso, nextUpdate: iso, revokedLater: iso };
const ocsp: RevocationProof = { kind: "ocsp", producedAt: iso, thisUpdate: iso, responder: sha256 };
const evidence = (changes: Partial<JudgedCase> = {}): Evidence =>
  makeEvidence({
    certificate,
    time: { at: PLAYED_NOW.getTime(), by: "timestamp" },
    verdict: "valid",
    status: { status: "good", proof: crl },
    subject: { sha256, label: "Signature1" },
    ...changes,
  });

describe("evidence", () => {
  it.each<[string, RevocationStatus | undefined]>([
    ["good by a list", { status: "good", proof: crl }],
    ["good by OCSP", { status: "good", proof: ocsp }],
    ["revoked", { status: "revoked", revokedAt: PLAYED_NOW, reason: "superseded", proof: ocsp }],
    ["revoked for no reason", { status: "revoked", revokedAt: PLAYED_NOW, reason: undefined, proof: crl }],
    ["unknown", { status: "unknown", why: "no-list", detail: "whatever a source says" }],
    ["not asked", undefined],
  ])("of %s is the same after JSON", (_, status) => {
    const made = evidence({ status });
    expect(v.parse(EVIDENCE_SCHEMA, JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(made.revocation.status).toBe(status?.status ?? "not-asked");
  });

  it("names the certificate as sources are asked about it, without the certificate", () => {
    const { der, ...name } = nameCertificate(certificate);
    expect(der).toBe(certificate.der);
    expect(namedInEvidence(evidence())).toEqual(name);
  });

  it("holds nothing of the holder, of the municipality, or of what a source said", () => {
    const status: RevocationStatus = { status: "unknown", why: "no-answer", detail: HANAKO[1] ?? "" };
    const text = JSON.stringify(evidence({ status }));
    const der = Buffer.from(certificate.der);
    for (const secret of [...Object.values(HANAKO).filter((value) => value.length > 5), HANAKO[1] ?? "", "Aozora"])
      expect(text).not.toContain(secret);
    expect(text).not.toContain(der.toString("base64").slice(0, 40));
    expect(text).not.toContain(certificate.sha256);
  });

  it("says that it is of a test", () => expect(evidence().test).toBe(true));

  it("keeps no label without end", () => {
    const made = evidence({ subject: { sha256, label: "x".repeat(100_000) } });
    expect(made.subject.label).toHaveLength(200);
    expect(v.is(EVIDENCE_SCHEMA, made)).toBe(true);
  });

  it.each<[string, (sound: Evidence) => unknown]>([
    ["of another version", (sound) => ({ ...sound, version: 2 })],
    ["with something more", (sound) => ({ ...sound, holder: "x" })],
    ["with a proof of something else", (sound) => ({ ...sound, revocation: { status: "good", proof: {} } })],
    ["with a day that does not exist", (sound) => ({ ...sound, judgedAt: "2026-13-01T00:00:00.000Z" })],
    ["with another writing of a time", (sound) => ({ ...sound, judgedAt: "2026-11-24" })],
    ["with capitals in a hash", (sound) => ({ ...sound, subject: { sha256: sha256.toUpperCase() } })],
    ["with an unknown reason", (sound) => ({ ...sound, revocation: { status: "unknown", why: "because" } })],
    [
      "with a reason that has no name",
      (sound) => ({ ...sound, revocation: { status: "revoked", revokedAt: iso, reason: undefined, proof: crl } }),
    ],
  ])("is none %s", (_, change) => expect(v.is(EVIDENCE_SCHEMA, change(evidence()))).toBe(false));
});
