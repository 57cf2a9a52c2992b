import { sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { IssuedCertificate } from "../../tests/support/pki/certificate-maker.ts";
import { playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { playTimestamper, playToken, playUpper } from "../../tests/verifier/timestamp/played-token.ts";
import { createTrust } from "../certificate/trust.ts";
import { CheckList } from "../judgement/check-list.ts";
import type { RevocationProof, RevocationSource, RevocationStatus } from "../revocation/revocation-source.ts";
import type { FoundSignature } from "./found-signature.ts";
import { judgeSignature, type SignatureCase } from "./judge-signature.ts";
import { verifySignature, type SignatureOptions } from "./verify-signature.ts";

const authority = playAuthority("signing");
const root = playUpper("root");
const timestamper = playTimestamper(root);
const trust = createTrust({
  certificates: [],
  testAuthorities: { signing: [authority.certificate] },
  timestampAuthorities: [root.certificate],
});
const current = playResident("signing", { issuer: authority });
const expired = playResident("signing", {
  issuer: authority,
  changes: { notBefore: new Date("2024-04-01T00:00:00Z"), notAfter: new Date("2025-04-01T14:59:59Z") },
});
const WHILE_VALID = new Date("2025-02-03T04:05:06Z");
const signed = new TextEncoder().encode("what is signed");

function found(by: IssuedCertificate, changes: Partial<FoundSignature> = {}): FoundSignature {
  const value = sign("sha256", signed, by.key.privateKey);
  return {
    ...{ format: "cms", label: "signer 1", certificate: by.certificate, algorithm: "RS256", signed, value },
    claimedTime: WHILE_VALID,
    coverage: { kind: "content", whole: true, octets: signed },
    timestamps: [],
    ...changes,
  };
}
const stamped = (by: IssuedCertificate, time: string, stampedBy = timestamper): FoundSignature => {
  const { value, ...rest } = found(by);
  return { ...rest, value, timestamps: [{ token: playToken(stampedBy, value, { time }), over: value }] };
};
const judge = (signature: FoundSignature, changes: Partial<SignatureCase> = {}) =>
  judgeSignature(signature, {
    ...{ trust, revocation: "accept-unknown", timestamps: "optional", now: Date.parse("2026-11-24T03:00:00Z") },
    ...{ fileHash: "0".repeat(64), place: 1, checks: new CheckList() },
    ...changes,
  });
const outcomeOf = async (...words: Parameters<typeof judge>): Promise<string> => {
  const report = await judge(...words);
  return report.verdict === "refused" ? report.failure.code : `${report.verdict} by ${report.judgedBy}`;
};
const source = (status: RevocationStatus): RevocationSource => ({ status: () => status });
const proof: RevocationProof = {
  kind: "crl",
  sha256: "1".repeat(64),
  thisUpdate: "2026-11-24T00:00:00.000Z",
  nextUpdate: "2026-11-25T00:00:00.000Z",
};

describe("which time counts", () => {
  it("an expired certificate with a backdated signing time is refused", async () => {
    expect(await outcomeOf(found(expired))).toBe("certificate-expired");
  });

  it.each<[string, FoundSignature, Partial<SignatureCase>, string]>([
    ["now, without anything else", found(current), {}, "accepted-unchecked by now"],
    ["the caller's word", found(expired), { at: WHILE_VALID }, "accepted-unchecked by at"],
    ["the caller's word, too late", found(expired), { at: new Date("2025-04-01T15:00:00Z") }, "certificate-expired"],
    ["a timestamp", stamped(expired, "20250203040506Z"), {}, "accepted-unchecked by timestamp"],
    [
      "a timestamp before the caller's word",
      stamped(expired, "20250203040506Z"),
      { at: new Date() },
      "accepted-unchecked by timestamp",
    ],
    ["a timestamp too late", stamped(expired, "20250501000000Z"), {}, "certificate-expired"],
    ["a timestamp from the future", stamped(current, "20261124030600Z"), {}, "accepted-unchecked by now"],
    [
      "not a timestamp of a stranger",
      stamped(expired, "20250203040506Z", playTimestamper(playUpper("stranger"))),
      {},
      "certificate-expired",
    ],
    [
      "not a timestamp over something else",
      { ...found(expired), timestamps: [{ token: playToken(timestamper, signed), over: Buffer.from("other") }] },
      {},
      "certificate-expired",
    ],
  ])("%s", async (_, signature, changes, outcome) => expect(await outcomeOf(signature, changes)).toBe(outcome));

  it("the earliest of several timestamps", async () => {
    const [late, early] = [stamped(current, "20260101000000Z"), stamped(current, "20250101000000Z")];
    const report = await judge({ ...late, timestamps: [...late.timestamps, ...early.timestamps] });
    expect(report).toMatchObject({ judgedAt: new Date("2025-01-01T00:00:00Z"), judgedBy: "timestamp" });
  });

  it("a bad timestamp spoils nothing, unless one is required", async () => {
    const bad = { ...found(current), timestamps: [{ token: Uint8Array.of(0x30, 0), over: signed }] };
    const { checks } = await judge(bad);
    expect(checks.find(({ check }) => check === "timestamp")).toMatchObject({ outcome: "failed" });
    expect(await outcomeOf(bad)).toBe("accepted-unchecked by now");
    expect(await outcomeOf(bad, { timestamps: "required" })).toBe("timestamp-wrong");
    expect(await outcomeOf(found(current), { timestamps: "required" })).toBe("timestamp-missing");
  });
});

describe("revocation", () => {
  it.each<[string, SignatureCase["revocation"], string]>([
    ["good", source({ status: "good", proof }), "valid by now"],
    [
      "revoked",
      source({ status: "revoked", revokedAt: WHILE_VALID, reason: "superseded", proof }),
      "certificate-revoked",
    ],
    ["unknown", source({ status: "unknown", why: "no-list", detail: "" }), "undecided by now"],
    ["a source that fails", { status: () => Promise.reject(new Error("no network")) }, "undecided by now"],
  ])("%s", async (_, revocation, outcome) => expect(await outcomeOf(found(current), { revocation })).toBe(outcome));

  it("is asked about the time that counts", async () => {
    const asked: number[] = [];
    const revocation: RevocationSource = {
      status: (_, { at }) => {
        asked.push(at);
        return { status: "good", proof };
      },
    };
    await judge(stamped(expired, "20250203040506Z"), { revocation });
    expect(asked).toEqual([WHILE_VALID.getTime()]);
  });

  it.each<[string, object]>([
    ["revocation", { trust }],
    ["revocation", { trust, revocation: "yes" }],
    ["revocation", { trust, revocation: null }],
    ["trust", { revocation: "accept-unknown" }],
    ["at", { trust, revocation: "accept-unknown", at: new Date("tomorrow") }],
  ])("options without a word about %s are a TypeError", async (name, options) => {
    const call = verifySignature(Uint8Array.of(0x30, 0), options as SignatureOptions);
    await expect(call).rejects.toThrow(TypeError);
    await expect(call).rejects.toThrow(name);
  });
});

describe("a refused signature", () => {
  it("says nothing of a signer", async () => {
    const report = await judge({ ...found(current), signed: Buffer.from("something else") });
    expect(report).toMatchObject({ verdict: "refused", failure: { code: "signature-wrong" } });
    expect(JSON.stringify(report)).not.toContain("花子");
  });

  it("names what passed before, and what was not looked at any more", async () => {
    const { checks } = await judge(found(expired));
    expect(checks.map(({ check, outcome }) => `${check} ${outcome}`)).toContain("signature passed");
    expect(checks.at(-1)).toEqual({ check: "revocation", outcome: "not-done" });
  });
});
