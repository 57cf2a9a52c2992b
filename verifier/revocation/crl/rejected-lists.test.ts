import { describe, expect, it } from "vitest";
import { element, octetString, sequence, smallInteger, yes } from "../../../formats/der/der.ts";
import { EXTENSIONS, keyUsage, ownKeyIdentifier } from "../../../tests/support/pki/certificate-maker.ts";
import {
  issuingDistributionPoint,
  LIST_EXTENSIONS,
  listPem,
  makeList,
  reasonCode,
  type ListPlan,
  type PlannedEntry,
} from "../../../tests/support/pki/list-maker.ts";
import { listName, playAuthority, PLAYED_NOW } from "../../../tests/support/pki/played-authorities.ts";
import {
  day,
  hanako,
  issuer,
  older,
  point,
  resident,
  serialNumber,
  trust,
} from "../../../tests/support/pki/list-scene.ts";
import { playedTrust } from "../../../tests/support/pki/played-trust.ts";
import { testKey } from "../../../tests/support/pki/test-keys.ts";
import type { RevocationReason } from "../revocation-source.ts";
import { crlSource, type CrlSource } from "./crl-source.ts";

const times = { at: PLAYED_NOW.getTime(), now: PLAYED_NOW.getTime() };

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

describe("a list that is rejected", () => {
  const stranger = playAuthority("signing", "not ours");
  const noListKey = testKey("rsa-2048", "signing authority 2023");
  const noListSign = playAuthority("signing", "2023", {
    extensions: [
      keyUsage(5),
      { type: EXTENSIONS.basicConstraints, critical: true, value: sequence(yes) },
      ownKeyIdentifier(noListKey),
    ],
  });
  const sound = list();
  const idp = (...fields: Parameters<typeof issuingDistributionPoint>): Partial<ListPlan> => ({
    extensions: { [LIST_EXTENSIONS.issuingDistributionPoint]: issuingDistributionPoint(...fields) },
  });
  const added = (type: string, critical: boolean): Partial<ListPlan> => ({
    extensions: { [type]: { type, critical, value: smallInteger(1) } },
  });
  const entryWith = (type: string, value: Uint8Array, critical = true): Partial<ListPlan> => ({
    entries: [revoked("2026-11-20", undefined, { extensions: [{ type, critical, value }] })],
  });
  const TRUE = Uint8Array.of(0xff);

  it.each<[string, Uint8Array | string, "unreadable" | "not-trusted"]>([
    ["of another authority with the same name", makeList({ issuer: stranger }), "not-trusted"],
    ["that names our key and is another's", list({ signWith: stranger.key }), "not-trusted"],
    ["that names the key of the other generation", list({ signWith: older.key }), "not-trusted"],
    ["of an authority with another name", makeList({ issuer: playAuthority("authentication") }), "not-trusted"],
    ["signed by a resident", list({ signWith: resident.key }), "not-trusted"],
    ["signed by a resident in the own name", makeList({ issuer: resident }), "not-trusted"],
    ["signed with SHA-1", list({ hash: "sha1" }), "not-trusted"],
    ["changed", withLaterDate(list({ entries: [revoked("2026-11-20")] })), "not-trusted"],
    ["made before the authority was", list({ thisUpdate: day("2020-01-01") }), "not-trusted"],
    ["cut", sound.subarray(0, -1), "unreadable"],
    ["with something behind it", Buffer.concat([sound, Uint8Array.of(0)]), "unreadable"],
    ["empty", new Uint8Array(), "unreadable"],
    ["that is text", "no list", "unreadable"],
    ["that is two in one text", listPem(sound) + listPem(sound), "unreadable"],
    ["of version 1", list({ version: undefined }), "unreadable"],
    ["of version 3", list({ version: smallInteger(2) }), "unreadable"],
    ["without nextUpdate", list({ nextUpdate: undefined }), "unreadable"],
    ["due before it was made", list({ nextUpdate: day("2026-11-23") }), "unreadable"],
    ["that is a delta", list(added(LIST_EXTENSIONS.deltaCRLIndicator, true)), "unreadable"],
    ["with an unknown critical extension", list(added("1.2.3.4", true)), "unreadable"],
    ["of authorities", list(idp(point, element(0x82, TRUE))), "unreadable"],
    ["of some reasons", list(idp(point, element(0x83, Uint8Array.of(5, 0x60)))), "unreadable"],
    ["that is indirect", list(idp(point, element(0x84, TRUE))), "unreadable"],
    ["of attribute certificates", list(idp(point, element(0x85, TRUE))), "unreadable"],
    ["with a FALSE written out", list(idp(point, element(0x81, Uint8Array.of(0)))), "unreadable"],
    ["with one serial number twice", list({ entries: [revoked("2026-11-20"), revoked("2026-11-21")] }), "unreadable"],
    ["with removeFromCRL", list({ entries: [revoked("2026-11-20", "removeFromCRL")] }), "unreadable"],
    ["with an unknown reason", list(entryWith(LIST_EXTENSIONS.reasonCode, reasonCode(7).value)), "unreadable"],
    ["with an unknown critical extension of an entry", list(entryWith("1.2.3.4", smallInteger(1))), "unreadable"],
    ["with entries of another issuer", list(entryWith(LIST_EXTENSIONS.certificateIssuer, sequence())), "unreadable"],
    ["with a broken invalidityDate", list(entryWith(LIST_EXTENSIONS.invalidityDate, octetString(TRUE))), "unreadable"],
    [
      "with a negative serial number",
      list({ toBeSigned: (own) => withNegative(own), entries: [revoked("2026-11-20")] }),
      "unreadable",
    ],
  ])("%s", (_, given, why) => {
    const source = from(given);
    expect(source.rejected).toEqual([{ name: "list 0", why, detail: expect.any(String) as string }]);
    expect(source.lists).toEqual([]);
    expect(source.status(hanako, times)).toMatchObject({ status: "unknown", why: "no-list" });
  });

  it("because its authority's key is not for lists", () => {
    const source = crlSource({ lists: [sound], trust: playedTrust("signing", noListSign) });
    expect(source.rejected[0]?.detail).toContain("cRLSign");
  });

  it("does not stop the others, and is named where it may be missed", () => {
    const source = from("broken", list());
    expect(source.status(hanako, times).status).toBe("good");
    expect(source.rejected).toHaveLength(1);
    const elsewhere = from("broken", list({ point: listName("signing", "Midori-shi") }));
    expect(elsewhere.status(hanako, times)).toMatchObject({
      why: "no-list",
      detail: expect.stringContaining("list 0") as string,
    });
  });

  /** Makes the first serial number of our resident's begin with its highest bit set. */
  function withNegative(own: Uint8Array): Uint8Array<ArrayBuffer> {
    const changed = Buffer.from(own);
    const at = changed.indexOf(serialNumber);
    changed[at] = 0x80;
    return new Uint8Array(changed);
  }

  function withLaterDate(own: Uint8Array): Uint8Array {
    const changed = Buffer.from(own);
    changed.write("261129", changed.indexOf("261120"));
    return changed;
  }
});
