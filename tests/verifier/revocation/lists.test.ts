import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crlSource } from "../../../verifier/revocation/crl/crl-source.ts";
import { readCrlFolder } from "../../../verifier/revocation/crl/crl-folder.ts";
import { LIST_EXTENSIONS, listPem, makeList } from "../../support/pki/list-maker.ts";
import { listName, playAuthority, PLAYED_NOW, playResident } from "../../support/pki/played-authorities.ts";
import { named, playedTrust } from "../../support/pki/played-trust.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import {
  openOpensslAuthority,
  pem,
  type OpensslAuthority,
  type OpensslList,
  type OpensslRevocation,
} from "./openssl-authority.ts";

const issuer = playAuthority("signing");
const older = playAuthority("signing", "2019");
const stranger = playAuthority("signing", "not ours");
const trust = playedTrust("signing", issuer, older);
const resident = playResident("signing", { issuer });
const neighbour = playResident("signing", { issuer, person: "taro" });
const hanako = named(resident, issuer);
const now = PLAYED_NOW.getTime();
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const aozora = "Aozora-shi";
const point = listName("signing", aozora);

let authority: OpensslAuthority;
let others: readonly OpensslAuthority[];
beforeAll(() => {
  authority = openOpensslAuthority(issuer);
  others = [older, stranger].map(openOpensslAuthority);
});
afterAll(() => [authority, ...others].forEach(({ remove }) => remove()));

/** Ours on a list: `good`, `revoked`, or the reason why nothing is known. */
function ours(list: Uint8Array | string): string {
  const status = crlSource({ lists: [list], trust }).status(hanako, { at: now, now });
  return status.status === "unknown" ? status.why : status.status;
}

/** `openssl verify -crl_check` on the same: `undecided` for everything that is neither. */
function theirs(list: string): string {
  writeFileSync(join(authority.folder, "checked.pem"), list);
  writeFileSync(join(authority.folder, "resident.pem"), pem(resident.certificate));
  const times = ["-attime", `${now / 1000}`];
  const { status, output } = authority.openssl(
    ...["verify", "-crl_check", ...times, "-CAfile", "ca.pem", "-CRLfile", "checked.pem", "resident.pem"],
  );
  if (status === 0) return "good";
  // "error 23 at 0 depth lookup: certificate revoked"; the words differ between versions
  const error = Number(/error (\d+) at 0 depth/.exec(output)?.[1]);
  expect(error, output).toBeGreaterThan(0);
  return error === 23 ? "revoked" : "undecided";
}

const since = (date: string, reason?: string): OpensslRevocation => ({
  certificate: resident,
  since: day(date),
  ...(reason && { reason }),
});
const fromOpenssl =
  (revoked: readonly OpensslRevocation[], options?: OpensslList, by = (): OpensslAuthority => authority) =>
  (): Uint8Array =>
    by().list(revoked, options);

describe("the same verdict as openssl verify -crl_check", () => {
  it.each<[string, () => Uint8Array, string, string]>([
    ["a whole list without it", fromOpenssl([]), "good", "good"],
    ["its municipality's list without it", fromOpenssl([], { municipality: aozora }), "good", "good"],
    ["a list with a neighbour", fromOpenssl([{ certificate: neighbour, since: day("2026-11-01") }]), "good", "good"],
    ["a list with it", fromOpenssl([since("2026-11-20")]), "revoked", "revoked"],
    [
      "its municipality's list with it",
      fromOpenssl([since("2026-11-20", "affiliationChanged")], { municipality: aozora }),
      "revoked",
      "revoked",
    ],
    ["on hold", fromOpenssl([since("2026-11-20", "certificateHold")]), "revoked", "revoked"],
    ["its key stolen", fromOpenssl([since("2026-11-20", "keyTime,20261101000000Z")]), "revoked", "revoked"],
    ["another municipality's list", fromOpenssl([], { municipality: "Midori-shi" }), "no-list", "undecided"],
    [
      "a list that is due",
      fromOpenssl([], { lastUpdate: "20261101000000Z", nextUpdate: "20261102000000Z" }),
      "list-too-old",
      "undecided",
    ],
    [
      "a list from the future",
      fromOpenssl([], { lastUpdate: "20261201000000Z", nextUpdate: "20261202000000Z" }),
      "no-list",
      "undecided",
    ],
    ["a list of the other generation", fromOpenssl([], {}, () => others[0] ?? authority), "no-list", "undecided"],
    [
      "a stranger's list under the same name",
      fromOpenssl([], {}, () => others[1] ?? authority),
      "no-list",
      "undecided",
    ],
    [
      "a list with an unknown critical extension",
      fromOpenssl([], { extensions: ["1.2.3.4 = critical,ASN1:NULL"] }),
      "no-list",
      "undecided",
    ],
    ["a list of residents only", fromOpenssl([], { municipality: aozora, scope: ["onlyuser = TRUE"] }), "good", "good"],
    [
      "a list of some reasons",
      fromOpenssl([], { municipality: aozora, scope: ["onlysomereasons = keyCompromise"] }),
      "no-list",
      "undecided",
    ],
    [
      "an indirect list",
      fromOpenssl([], { municipality: aozora, scope: ["indirectCRL = TRUE"] }),
      "no-list",
      "undecided",
    ],
    ["a list of authorities", fromOpenssl([], { scope: ["onlyCA = TRUE"] }), "no-list", "undecided"],
    ["a list of attribute certificates", fromOpenssl([], { scope: ["onlyAA = TRUE"] }), "no-list", "undecided"],
    ["a list signed by a resident", () => makeList({ issuer, point, signWith: resident.key }), "no-list", "undecided"],
    [
      "a list of the other kind's authority",
      () => makeList({ issuer: playAuthority("authentication") }),
      "no-list",
      "undecided",
    ],
  ])("%s", (_, make, our, their) => {
    const list = make();
    expect(theirs(listPem(list))).toBe(their);
    expect([ours(list), ours(listPem(list))]).toEqual([our, our]);
  });
});

describe("another verdict than openssl's, on purpose", () => {
  it.each<[string, () => Uint8Array, string, string]>([
    [
      "revoked after the time that counts: openssl does not compare the dates",
      fromOpenssl([{ certificate: resident, since: new Date(now + 1000) }]),
      "good",
      "revoked",
    ],
    ["signed with SHA-1", fromOpenssl([], { hash: "sha1" }), "no-list", "good"],
    ["one serial number twice", () => makeList({ issuer, entries: twice() }), "no-list", "revoked"],
    [
      "a delta list",
      () =>
        makeList({
          issuer,
          extensions: {
            [LIST_EXTENSIONS.deltaCRLIndicator]: {
              type: LIST_EXTENSIONS.deltaCRLIndicator,
              critical: true,
              value: Buffer.from("020100", "hex"),
            },
          },
        }),
      "no-list",
      "undecided",
    ],
  ])("%s", (_, make, our, their) => {
    const list = make();
    expect(theirs(listPem(list))).toBe(their);
    expect(ours(list)).toBe(our);
  });

  function twice(): { serialNumber: Uint8Array; revocationDate: Date }[] {
    const serialNumber = Uint8Array.from(Buffer.from(hanako.serialNumber, "hex"));
    return [
      { serialNumber, revocationDate: day("2026-11-01") },
      { serialNumber, revocationDate: day("2026-11-20") },
    ];
  }
});

describe("what openssl wrote is read back", () => {
  it.each([
    ["unspecified", "unspecified"],
    ["keyCompromise", "keyCompromise"],
    ["affiliationChanged", "affiliationChanged"],
    ["superseded", "superseded"],
    ["cessationOfOperation", "cessationOfOperation"],
    ["holdInstruction,holdInstructionReject", "certificateHold"],
  ])("the reason %s", (reason, expected) => {
    const source = crlSource({ lists: [authority.list([since("2026-11-20", reason)])], trust });
    expect(source.status(hanako, { at: now, now })).toMatchObject({
      status: "revoked",
      reason: expected,
      revokedAt: day("2026-11-20"),
    });
  });

  it("the time at which the key was stolen", () => {
    const source = crlSource({ lists: [authority.list([since("2026-11-20", "keyTime,20261101000000Z")])], trust });
    const at = (date: string): string => source.status(hanako, { at: day(date).getTime(), now }).status;
    expect([at("2026-10-31"), at("2026-11-01"), at("2026-11-20")]).toEqual(["good", "revoked", "revoked"]);
  });

  it("a list of many, and its number", () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      playResident("signing", { issuer, key: resident.key, person: `person ${index}` }),
    );
    const list = authority.list(many.map((certificate) => ({ certificate, since: day("2026-11-01") })));
    const source = crlSource({ lists: [list], trust });
    expect(source.lists[0]).toMatchObject({ entries: 40, authorityFingerprint: hanako.authorityFingerprint });
    const { output } = authority.openssl("crl", "-in", "list.pem", "-noout", "-crlnumber");
    expect(Number(source.lists[0]?.number)).toBe(Number(/0x[0-9A-F]+/.exec(output)?.[0]));
    const states = many.map((one) => source.status(named(one, issuer), { at: now, now }).status);
    expect(new Set(states)).toEqual(new Set(["revoked"]));
  });
});

describe("a folder of lists", () => {
  it("is read: DER and PEM, the bad ones named, other files and folders left alone", () => {
    const { folder, remove } = temporaryFolder();
    try {
      writeFileSync(join(folder, "aozora.crl"), authority.list([since("2026-11-20")], { municipality: aozora }));
      writeFileSync(join(folder, "midori.pem"), listPem(authority.list([], { municipality: "Midori-shi" })));
      writeFileSync(join(folder, "broken.crl"), "neither");
      writeFileSync(join(folder, "stranger.der"), others[1]?.list([]) ?? "");
      writeFileSync(join(folder, "notes.txt"), "no list");
      mkdirSync(join(folder, "older.crl"));
      const source = readCrlFolder(folder, { trust });
      expect(source.lists.map(({ name }) => name)).toEqual(["aozora.crl", "midori.pem"]);
      expect(source.rejected.map(({ name, why }) => `${name} ${why}`)).toEqual([
        "older.crl unreadable",
        "broken.crl unreadable",
        "stranger.der not-trusted",
      ]);
      expect(source.status(hanako, { at: now, now }).status).toBe("revoked");
    } finally {
      remove();
    }
  });

  it("that is empty or missing is a TypeError", () => {
    const { folder, remove } = temporaryFolder();
    expect(() => readCrlFolder(folder, { trust })).toThrow(TypeError);
    remove();
    expect(() => readCrlFolder(folder, { trust })).toThrow(TypeError);
  });
});
