import { sequence } from "../../../formats/der/der.ts";
import { crlSource } from "../../../verifier/revocation/crl/crl-source.ts";
import { LIST_EXTENSIONS, makeList, type ListPlan } from "../../support/pki/list-maker.ts";
import { listName, playAuthority, PLAYED_NOW, playResident } from "../../support/pki/played-authorities.ts";
import { named, readPlayed } from "../../support/pki/played-trust.ts";
import { openOpensslAuthority, type OpensslList, type OpensslRevocation } from "../revocation/openssl-authority.ts";
import { pemOf } from "../openssl-folder.ts";
import type { Answer, Case, Family } from "./case.ts";
import { changedLeaves } from "./leaves.ts";
import { HANAKO, ISSUERS, OLDER, STRANGERS, TARO, TRUST } from "./people.ts";
import { openWorkshop } from "./workshop.ts";

const issuer = ISSUERS.signing;
const now = PLAYED_NOW.getTime();
const MUNICIPALITY = "Aozora-shi";
const point = listName("signing", MUNICIPALITY);
const serialNumber = Uint8Array.from(Buffer.from(readPlayed(HANAKO, issuer).serialNumber, "hex"));
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const since = (date: Date, reason?: string): OpensslRevocation => ({
  certificate: HANAKO,
  since: date,
  ...(reason && { reason }),
});

/** What `openssl ca -gencrl` is asked for: who is revoked, and how the list is made. */
const OPENSSL_LISTS: Readonly<Record<string, readonly [readonly OpensslRevocation[], OpensslList?]>> = {
  "a whole list without it": [[]],
  "its municipality's list without it": [[], { municipality: MUNICIPALITY }],
  "a list with a neighbour": [[{ certificate: TARO, since: day("2026-11-01") }]],
  "revoked four days ago": [[since(day("2026-11-20"))]],
  "revoked, in its municipality's list": [
    [since(day("2026-11-20"), "affiliationChanged")],
    { municipality: MUNICIPALITY },
  ],
  "on hold": [[since(day("2026-11-20"), "certificateHold")]],
  "its key stolen": [[since(day("2026-11-20"), "keyTime,20261101000000Z")]],
  "revoked a second later": [[since(new Date(now + 1000))]],
  "another municipality's list": [[], { municipality: "Midori-shi" }],
  "revoked, in another municipality's list": [[since(day("2026-11-20"))], { municipality: "Midori-shi" }],
  "a list that is due": [[], { lastUpdate: "20261101000000Z", nextUpdate: "20261102000000Z" }],
  "revoked, in a list that is due": [
    [since(day("2026-10-20"))],
    { lastUpdate: "20261101000000Z", nextUpdate: "20261102000000Z" },
  ],
  "a list from the future": [[], { lastUpdate: "20261201000000Z", nextUpdate: "20261202000000Z" }],
  "an unknown critical extension": [[], { extensions: ["1.2.3.4 = critical,ASN1:NULL"] }],
  "an unknown extension": [[], { extensions: ["1.2.3.4 = ASN1:NULL"] }],
  "of residents only": [[], { municipality: MUNICIPALITY, scope: ["onlyuser = TRUE"] }],
  "of some reasons": [[], { municipality: MUNICIPALITY, scope: ["onlysomereasons = keyCompromise"] }],
  indirect: [[], { municipality: MUNICIPALITY, scope: ["indirectCRL = TRUE"] }],
  "of authorities": [[], { scope: ["onlyCA = TRUE"] }],
  "of attribute certificates": [[], { scope: ["onlyAA = TRUE"] }],
  "by SHA-1": [[], { hash: "sha1" }],
  "by SHA-384": [[], { hash: "sha384" }],
};

const revoked = { serialNumber, revocationDate: day("2026-11-20") };
const PLAYED_LISTS: Readonly<Record<string, Partial<ListPlan>>> = {
  "one serial number twice": { entries: [revoked, { ...revoked, revocationDate: day("2026-11-01") }] },
  "a delta list": {
    extensions: {
      [LIST_EXTENSIONS.deltaCRLIndicator]: {
        type: LIST_EXTENSIONS.deltaCRLIndicator,
        critical: true,
        value: Buffer.from("020100", "hex"),
      },
    },
  },
  "signed by a resident": { point, signWith: HANAKO.key },
  "of the other kind's authority": { issuer: playAuthority("authentication") },
  "of the other generation": { issuer: OLDER.signing },
  "of a stranger under the same name": { issuer: STRANGERS.signing },
  "of version 1": { version: undefined, extensions: {} },
  "without nextUpdate": { nextUpdate: undefined },
  "without a number": { extensions: { [LIST_EXTENSIONS.cRLNumber]: undefined } },
  "without a key identifier": { extensions: { [LIST_EXTENSIONS.authorityKeyIdentifier]: undefined } },
  "with an octet behind what is signed": { toBeSigned: (own) => sequence(own) },
};

/** Lists about one resident, by `openssl verify -crl_check`: good is accepted, revoked refused, everything else undecided. */
export function lists(): Family {
  const workshop = openWorkshop();
  workshop.write("ca.pem", pemOf(issuer.certificate));
  workshop.write("resident.pem", pemOf(HANAKO.certificate));
  const certificate = named(HANAKO, issuer);
  const ours = (list: Uint8Array): Answer => {
    const status = crlSource({ lists: [list], trust: TRUST }).status(certificate, { at: now, now });
    if (status.status === "unknown") return { opinion: "undecided", words: status.why };
    return { opinion: status.status === "good" ? "accepted" : "refused", words: status.status };
  };
  const theirs = async (list: Uint8Array): Promise<Answer> => {
    const words = ["verify", "-crl_check", "-attime", String(now / 1000), "-CAfile", "ca.pem", "-CRLfile"];
    const { well, output } = await workshop.run(
      "openssl",
      ...words,
      workshop.put(pemOf(list).replaceAll("CERTIFICATE", "X509 CRL"), "pem"),
      "resident.pem",
    );
    // "error 23 at 0 depth lookup: certificate revoked"; the words differ between versions
    const isRevoked = output.includes("error 23 at 0 depth");
    return { opinion: well ? "accepted" : isRevoked ? "refused" : "undecided", words: output.slice(0, 300) };
  };
  const cases: Case[] = [];
  const add = (group: string, name: string, list: Uint8Array): void => {
    cases.push({ group, name, ours: () => ours(list), peers: { "openssl verify -crl_check": () => theirs(list) } });
  };
  const authority = openOpensslAuthority(issuer);
  for (const [name, [entries, options]] of Object.entries(OPENSSL_LISTS))
    add("openssl ca", name, authority.list(entries, options));
  authority.remove();
  for (const [name, plan] of Object.entries(PLAYED_LISTS)) add("the tests' maker", name, makeList({ issuer, ...plan }));
  const many = Array.from({ length: 50 }, (_, index) => ({
    serialNumber: Uint8Array.of(index + 1),
    revocationDate: day("2026-11-01"),
  }));
  for (const [name, entries] of [
    ["not among fifty", many],
    ["behind fifty others", [...many, revoked]],
  ] as const)
    add("the tests' maker", name, makeList({ issuer, entries }));
  const other = playResident("signing", { issuer, person: "somebody else" });
  add("the tests' maker", "no list, but a certificate", other.certificate);
  for (const leaf of changedLeaves(makeList({ issuer, entries: [revoked], point })))
    add("each leaf of a list with it", leaf.name, leaf.octets);
  for (const leaf of changedLeaves(makeList({ issuer, entries: many.slice(0, 2), point })))
    add("each leaf of a list without it", leaf.name, leaf.octets);
  return { cases, skips: [], close: workshop.remove };
}
