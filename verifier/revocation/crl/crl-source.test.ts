import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { element, smallInteger } from "../../../formats/der/der.ts";
import {
  authorityName,
  listName,
  playAuthority,
  PLAYED_NOW,
  playResident,
} from "../../../tests/support/pki/played-authorities.ts";
import {
  generalizedTime,
  issuingDistributionPoint,
  LIST_EXTENSIONS,
  listPem,
  makeList,
  type ListPlan,
  type PlannedEntry,
} from "../../../tests/support/pki/list-maker.ts";
import { day, hanako, issuer, older, point, serialNumber, trust } from "../../../tests/support/pki/list-scene.ts";
import { named, playedTrust } from "../../../tests/support/pki/played-trust.ts";
import type { RevocationReason, RevocationStatus } from "../revocation-source.ts";
import { crlSource, type CrlSource } from "./crl-source.ts";

const now = PLAYED_NOW.getTime();

const from = (...lists: (Uint8Array | string)[]): CrlSource => crlSource({ lists, trust });
const list = (plan: Partial<ListPlan> = {}): Uint8Array => makeList({ issuer, point, ...plan });
const revoked = (
  revocationDate: string,
  reason?: RevocationReason,
  more: Partial<PlannedEntry> = {},
): PlannedEntry => ({
  serialNumber,
  revocationDate: day(revocationDate),
  ...(reason && { reason }),
  ...more,
});
/** The verdict in one word: the status, or why there is none. */
const word = (status: RevocationStatus): string => (status.status === "unknown" ? status.why : status.status);
const ask = (source: CrlSource, at = now, clock = now): string => word(source.status(hanako, { at, now: clock }));

describe("a list that covers the certificate", () => {
  it.each([
    ["partial, of its distribution point", list()],
    ["whole", makeList({ issuer })],
    [
      "whole, of residents only",
      makeList({
        issuer,
        extensions: {
          [LIST_EXTENSIONS.issuingDistributionPoint]: issuingDistributionPoint(
            undefined,
            element(0x81, Uint8Array.of(0xff)),
          ),
        },
      }),
    ],
    ["without a key identifier", list({ extensions: { [LIST_EXTENSIONS.authorityKeyIdentifier]: undefined } })],
    ["in PEM", listPem(list())],
    ["in PEM, as octets", Buffer.from(listPem(list()))],
  ])("says good when it is %s", (_, given) => {
    const source = from(given);
    expect(source.rejected).toEqual([]);
    expect(ask(source)).toBe("good");
  });

  it("is named in the proof", () => {
    const given = list({ number: 300 });
    expect(from(given).status(hanako, { at: now, now })).toEqual({
      status: "good",
      proof: {
        kind: "crl",
        sha256: createHash("sha256").update(given).digest("hex"),
        number: "300",
        thisUpdate: "2026-11-24T00:00:00.000Z",
        nextUpdate: "2026-11-25T00:00:00.000Z",
      },
    });
  });

  it("is told of with what is in it", () => {
    expect(from(list({ entries: [revoked("2026-11-20")] })).lists).toEqual([
      expect.objectContaining({
        name: "list 0",
        kind: "signing",
        entries: 1,
        number: "1",
        thisUpdate: day("2026-11-24"),
      }),
    ]);
  });

  it("says good for the generation that signed it, and nothing of the other", () => {
    const source = from(makeList({ issuer: older }));
    expect(source.rejected).toEqual([]);
    expect(ask(source)).toBe("no-list");
    const elder = named(playResident("signing", { issuer: older }), older);
    expect(word(source.status(elder, { at: now, now }))).toBe("good");
  });
});

describe("a certificate on the list", () => {
  it.each<[string, PlannedEntry, string]>([
    ["before the time that counts", revoked("2026-11-20", "affiliationChanged"), "revoked"],
    ["in that very second", { serialNumber, revocationDate: PLAYED_NOW }, "revoked"],
    ["without a reason", revoked("2026-11-20"), "revoked"],
    ["on hold", revoked("2026-11-20", "certificateHold"), "revoked"],
    ["later", { serialNumber, revocationDate: new Date(now + 1000) }, "good"],
    [
      "later, its key stolen before",
      { ...revoked("2026-11-25", "keyCompromise"), invalidityDate: day("2026-11-01") },
      "revoked",
    ],
    [
      "later, moved away before",
      { ...revoked("2026-11-25", "affiliationChanged"), invalidityDate: day("2026-11-01") },
      "good",
    ],
    [
      "before, its key stolen after",
      { ...revoked("2026-11-20", "keyCompromise"), invalidityDate: day("2026-11-25") },
      "revoked",
    ],
  ])("%s", (_, entry, expected) => {
    const source = from(list({ entries: [entry] }));
    expect(source.rejected).toEqual([]);
    expect(ask(source)).toBe(expected);
  });

  it("is revoked since a time, for a reason", () => {
    const source = from(list({ entries: [revoked("2026-11-20", "superseded")] }));
    expect(source.status(hanako, { at: now, now })).toMatchObject({
      status: "revoked",
      revokedAt: day("2026-11-20"),
      reason: "superseded",
      proof: { kind: "crl", number: "1" },
    });
  });

  it("was good before, and the proof says when that ended", () => {
    const source = from(list({ entries: [revoked("2026-11-20", "superseded")] }));
    expect(source.status(hanako, { at: day("2026-11-01").getTime(), now })).toMatchObject({
      status: "good",
      proof: { revokedLater: "2026-11-20T00:00:00.000Z" },
    });
  });

  it("is found among others, and they are not", () => {
    const others = Array.from({ length: 500 }, (_, index) => ({
      serialNumber: Uint8Array.of(1, index >> 8, index & 0xff),
      revocationDate: day("2026-01-01"),
    }));
    const source = from(list({ entries: [...others, revoked("2026-11-20")] }));
    const status = (serial: string): string =>
      word(source.status({ ...hanako, serialNumber: serial }, { at: now, now }));
    expect(status(hanako.serialNumber)).toBe("revoked");
    expect(others.every((other) => status(Buffer.from(other.serialNumber).toString("hex")) === "revoked")).toBe(true);
    expect(["01", "0101f4", "000100", "010000ff"].map(status)).toEqual(["good", "good", "good", "good"]);
  });
});

describe("the time", () => {
  const week = 7 * 86_400_000;
  it.each([
    ["now, the list not yet due", now, now, "good"],
    ["now, the next list due", now + week, now + week, "list-too-old"],
    ["before the list, which is long due", now - week, now + week, "good"],
    ["after the list, which is due now", now, now + week, "list-too-old"],
    ["in the future", now + week, now, "list-too-old"],
    ["now by a clock that is slightly ahead of ours", now + 60_000, now, "good"],
  ])("that counts is %s", (_, at, clock, expected) => expect(ask(from(list()), at, clock)).toBe(expected));

  it("of grace passes", () => {
    const source = crlSource({ lists: [list()], trust, graceMilliseconds: 3_600_000 });
    const due = day("2026-11-25").getTime();
    expect(ask(source, due + 3_600_000, due + 3_600_000)).toBe("good");
    expect(ask(source, due + 3_600_001, due + 3_600_001)).toBe("list-too-old");
  });

  it("of a list that is from the future makes it none", () => {
    const future = list({ thisUpdate: day("2026-11-30"), nextUpdate: day("2026-12-01") });
    expect(ask(from(future))).toBe("no-list");
    expect(ask(from(future, list({ entries: [revoked("2026-11-20")] })))).toBe("revoked");
  });

  it("a list that is due still says what is revoked, but for a hold, which may have ended", () => {
    expect(ask(from(list({ entries: [revoked("2026-11-20", "superseded")] })), now + week, now + week)).toBe("revoked");
    expect(ask(from(list({ entries: [revoked("2026-11-20", "certificateHold")] })), now + week, now + week)).toBe(
      "list-too-old",
    );
  });
});

describe("of several lists the newest wins", () => {
  const hold = list({ entries: [revoked("2026-11-20", "certificateHold")], thisUpdate: day("2026-11-22"), number: 1 });
  it("whatever their order: a hold that was lifted", () => {
    expect(ask(from(hold, list({ number: 2 })))).toBe("good");
    expect(ask(from(list({ number: 2 }), hold))).toBe("good");
  });

  it("a hold that came", () => {
    const before = list({ thisUpdate: day("2026-11-21") });
    expect(ask(from(before, hold))).toBe("revoked");
  });

  it("of one time, by its number", () => {
    const [ninth, tenth] = [list({ number: 9, entries: [revoked("2026-11-20")] }), list({ number: 10 })];
    expect(ask(from(ninth, tenth))).toBe("good");
    expect(ask(from(tenth, ninth))).toBe("good");
  });

  it("a whole one and a partial one", () => {
    const whole = makeList({ issuer, entries: [revoked("2026-11-20")], thisUpdate: new Date(now - 1000) });
    expect(ask(from(list(), whole))).toBe("revoked");
    expect(ask(from(whole, list({ thisUpdate: PLAYED_NOW })))).toBe("good");
  });
});

describe("a certificate that expired before the list", () => {
  const at = day("2026-10-01").getTime();
  const expired = { ...hanako, notAfter: day("2026-11-01").getTime() };
  const status = (source: CrlSource): string => word(source.status(expired, { at, now }));
  const since = (date: string): ListPlan["extensions"] => ({
    [LIST_EXTENSIONS.expiredCertsOnCRL]: { type: LIST_EXTENSIONS.expiredCertsOnCRL, value: generalizedTime(day(date)) },
  });

  it("need not be on it", () => expect(status(from(list()))).toBe("expired-before-list"));
  it("may be", () => expect(status(from(list({ entries: [revoked("2026-09-01")] })))).toBe("revoked"));
  it("is, where the list keeps such", () => {
    expect(status(from(list({ extensions: { ...since("2026-01-01") } })))).toBe("good");
    expect(status(from(list({ extensions: { ...since("2026-11-02") } })))).toBe("expired-before-list");
  });
  it("is judged by an older list of its time", () => {
    const old = { thisUpdate: day("2026-10-15"), nextUpdate: day("2026-10-16") };
    expect(status(from(list(), list(old)))).toBe("good");
    expect(status(from(list(), list({ ...old, entries: [revoked("2026-09-01")] })))).toBe("revoked");
    expect(status(from(list(), list({ ...old, thisUpdate: day("2026-09-15") })))).toBe("expired-before-list");
  });
});

describe("a list that is sound and of no use", () => {
  it.each([
    ["of another municipality", list({ point: listName("signing", "Midori-shi") })],
    ["of the other kind's point", list({ point: listName("authentication", "Aozora-shi") })],
    ["of the authority's own name as point", list({ point: authorityName("signing") })],
  ])("%s", (_, given) => {
    const source = from(given);
    expect(source.rejected).toEqual([]);
    expect(ask(source)).toBe("no-list");
  });

  it("partial, for a certificate without a point", () => {
    const without = { ...hanako, distributionPointHash: undefined };
    expect(word(from(list()).status(without, { at: now, now }))).toBe("no-list");
    expect(word(from(makeList({ issuer })).status(without, { at: now, now }))).toBe("good");
  });
});

it("a list of an authority on P-384, as the next card's will be", () => {
  const next = playAuthority("signing", "next", { hash: "sha384" }, "P-384");
  const holder = named(playResident("signing", { issuer: next, changes: { hash: "sha384" } }), next);
  const status = (given: Uint8Array): string =>
    word(crlSource({ lists: [given], trust: playedTrust("signing", next, issuer) }).status(holder, { at: now, now }));
  expect(status(makeList({ issuer: next, hash: "sha384" }))).toBe("good");
  expect(status(makeList({ issuer: next, hash: "sha384", signWith: issuer.key }))).toBe("no-list");
});

it("an extension that nobody knows and that is not critical changes nothing", () => {
  const noted = { extensions: { "1.2.3.4": { type: "1.2.3.4", value: smallInteger(1) } } };
  expect(ask(from(list(noted)))).toBe("good");
});

it("options without sense are a TypeError", () => {
  expect(() => crlSource({ lists: [], trust, graceMilliseconds: -1 })).toThrow(TypeError);
  expect(() => crlSource({ lists: [], trust, graceMilliseconds: NaN })).toThrow(TypeError);
  expect(() => crlSource({ lists: "list" as never, trust })).toThrow(TypeError);
  expect(() => crlSource({ lists: [7 as never], trust })).toThrow(TypeError);
});
