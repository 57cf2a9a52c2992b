import { describe, expect, it } from "vitest";
import { makeList, type PlannedEntry } from "../../tests/support/pki/list-maker.ts";
import { listName, playAuthority, PLAYED_NOW, playResident } from "../../tests/support/pki/played-authorities.ts";
import { playedTrust, readPlayed } from "../../tests/support/pki/played-trust.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { crlSource, type CrlSource } from "./crl/crl-source.ts";
import { makeEvidence, type Evidence } from "./evidence.ts";
import { recheck } from "./recheck.ts";

const issuer = playAuthority("signing");
const certificate = readPlayed(playResident("signing", { issuer }), issuer);
const sha256 = "0f".repeat(32);
const DAY = 86_400_000;
const judgedAt = PLAYED_NOW.getTime() - 10 * DAY;

const evidence = (verdict: Verdict, changes: Partial<Evidence> = {}): unknown => {
  const made = makeEvidence({
    certificate,
    time: { at: judgedAt, by: "now" },
    verdict,
    status: undefined,
    subject: { sha256 },
  });
  return JSON.parse(JSON.stringify({ ...made, ...changes }));
};
const lists = (...entries: PlannedEntry[]): CrlSource =>
  crlSource({
    lists: [makeList({ issuer, point: listName("signing", "Aozora-shi"), entries })],
    trust: playedTrust("signing", issuer),
  });
const revoked = (time: number): PlannedEntry => ({
  serialNumber: Buffer.from(certificate.serialNumber, "hex"),
  revocationDate: new Date(time),
  reason: "cessationOfOperation",
});
const nothing = crlSource({ lists: [], trust: playedTrust("signing", issuer) });
const VERDICTS: readonly Verdict[] = ["valid", "accepted-unchecked", "undecided", "refused"];

describe("earlier verdicts, in the order valid, accepted-unchecked, undecided, refused,", () => {
  it.each<[string, CrlSource, readonly Verdict[]]>([
    ["by a list without the certificate", lists(), ["valid", "valid", "valid", "refused"]],
    ["by a list that revokes it before", lists(revoked(judgedAt - DAY)), ["refused", "refused", "refused", "refused"]],
    ["by a list that revokes it later", lists(revoked(judgedAt + DAY)), ["valid", "valid", "valid", "refused"]],
    ["without a list", nothing, VERDICTS],
  ])("%s", (_, crl, expected) => {
    const report = recheck(
      VERDICTS.map((verdict) => evidence(verdict)),
      { crl, now: PLAYED_NOW },
    );
    expect(report.results.map(({ before }) => before)).toEqual(VERDICTS);
    expect(report.results.map(({ after }) => after)).toEqual(expected);
    expect(report.changed.map(({ index }) => index)).toEqual(
      [0, 1, 2, 3].filter((index) => VERDICTS[index] !== expected[index]),
    );
    for (const verdict of VERDICTS)
      expect(report.verdicts[verdict]).toBe(expected.filter((after) => after === verdict).length);
  });
});

it("lists what is no evidence, and goes on", () => {
  const bad = [undefined, null, "text", {}, evidence("valid", { version: 2 as never }), evidence("fine" as never)];
  const report = recheck([...bad, evidence("undecided")], { crl: lists(), now: PLAYED_NOW });
  expect(report.unreadable.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(report.unreadable[4]?.reason).toBe("version: expected 1");
  expect(report.results).toMatchObject([{ index: 6, before: "undecided", after: "valid", test: true }]);
});

it("says what the lists said", () => {
  const [result] = recheck([evidence("valid")], { crl: lists(revoked(judgedAt - DAY)), now: PLAYED_NOW }).results;
  expect(result).toMatchObject({
    subject: { sha256 },
    status: { status: "revoked", revokedAt: new Date(judgedAt - DAY), reason: "cessationOfOperation" },
  });
});

it("judges by its own clock unless told another", () => {
  const old = { judgedAt: new Date(PLAYED_NOW.getTime() + DAY / 2).toISOString() };
  const at = (now: Date): Verdict | undefined =>
    recheck([evidence("undecided", old)], { crl: lists(), now }).results[0]?.after;
  expect(at(new Date(PLAYED_NOW.getTime() + DAY / 2))).toBe("valid");
  expect(at(new Date(PLAYED_NOW.getTime() + 9 * DAY))).toBe("undecided");
});
