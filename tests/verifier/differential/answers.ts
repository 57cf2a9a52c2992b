import { nothing } from "../../../formats/der/der.ts";
import { createTrust } from "../../../verifier/certificate/trust.ts";
import { ocspSource } from "../../../verifier/revocation/ocsp/ocsp-source.ts";
import { answerOcsp, ocspError, playResponder, type AnswerPlan } from "../../support/pki/ocsp-maker.ts";
import { playAuthority, playResident } from "../../support/pki/played-authorities.ts";
import { named } from "../../support/pki/played-trust.ts";
import { pemOf } from "../openssl-folder.ts";
import type { Answer, Case, Family } from "./case.ts";
import { changedLeaves } from "./leaves.ts";
import { openWorkshop } from "./workshop.ts";

const DAY = 86_400_000;
// openssl judges answers by the machine's clock
const now = Math.floor(Date.now() / 1000) * 1000;
const fromNow = (days: number): Date => new Date(now + days * DAY);
const validity = { notBefore: fromNow(-100), notAfter: fromNow(100) };
const issuer = playAuthority("signing", "2023", validity);
const stranger = playAuthority("signing", "stranger", validity);
const resident = playResident("signing", { issuer, changes: validity });
const responder = playResponder(issuer, validity);
const certificate = named(resident, issuer);
const trust = createTrust({ certificates: [], testAuthorities: { signing: [issuer.certificate] } });
const times = { thisUpdate: fromNow(-0.01), nextUpdate: fromNow(0.01) };
const revoked = { since: fromNow(-1), reason: "keyCompromise" } as const;

const PLANS: Readonly<Record<string, Partial<AnswerPlan>>> = {
  good: {},
  revoked: { status: revoked },
  "on hold": { status: { since: fromNow(-1), reason: "certificateHold" } },
  "revoked an hour later": { status: { since: fromNow(1 / 24) } },
  unknown: { status: "unknown" },
  "named by its key": { byKey: true },
  "by the authority itself": { responder: issuer, certificates: [] },
  "by the authority itself, with its certificate": { responder: issuer },
  "with more certificates": { certificates: [issuer.certificate, responder.certificate] },
  "without a certificate": { certificates: [] },
  "with SHA-384": { hash: "sha384" },
  "with SHA-1": { hash: "sha1" },
  "of a responder without nocheck": { responder: playResponder(issuer, { ...validity, noCheck: false }) },
  "of a responder that is for something else": {
    responder: playResponder(issuer, { ...validity, purposes: ["1.3.6.1.5.5.7.3.1"] }),
  },
  "of a responder without a purpose": { responder: playResponder(issuer, { ...validity, purposes: [] }) },
  "of an expired responder": { responder: playResponder(issuer, { ...validity, notAfter: fromNow(-1) }) },
  "of a resident": { responder: resident },
  "of a stranger's responder": { responder: playResponder(stranger, validity) },
  "of a stranger of the same name": { responder: stranger },
  "signed by another key": { signWith: resident.key },
  "about another certificate": { serialNumber: Uint8Array.of(7) },
  "about another authority's certificate": { issuerKey: new Uint8Array(270) },
  "two answers at once": { times: 2 },
  "an answer of yesterday that is due": { thisUpdate: fromNow(-1), nextUpdate: fromNow(-0.5) },
  "an answer of tomorrow": { thisUpdate: fromNow(1), nextUpdate: fromNow(2) },
  "an answer of the day before yesterday that is not due": { thisUpdate: fromNow(-2), nextUpdate: fromNow(2) },
  "without nextUpdate": { nextUpdate: undefined },
  "an unknown extension": { extensions: [{ type: "1.2.3.4", value: nothing }] },
  "an unknown critical extension": { extensions: [{ type: "1.2.3.4", critical: true, value: nothing }] },
  "an unknown critical extension of the single answer": {
    singleExtensions: [{ type: "1.2.3.4", critical: true, value: nothing }],
  },
};

/** Answers about one resident, by `openssl ocsp`: good is accepted, revoked refused, everything else undecided. Without nonces: openssl reads files here. */
export async function answers(): Promise<Family> {
  const workshop = openWorkshop();
  workshop.write("ca.pem", pemOf(issuer.certificate));
  workshop.write("resident.pem", pemOf(resident.certificate));
  workshop.writeSigner("ca", issuer);
  workshop.writeSigner("responder", responder);
  const ours = async (octets: Uint8Array): Promise<Answer> => {
    const source = ocspSource({ send: () => Promise.resolve(octets), trust, nonce: "none" });
    const status = await source.status(certificate, { at: now, now });
    if (status.status === "unknown") return { opinion: "undecided", words: `${status.why} ${status.detail}` };
    return { opinion: status.status === "good" ? "accepted" : "refused", words: status.status };
  };
  const theirs = async (octets: Uint8Array): Promise<Answer> => {
    const words = ["-issuer", "ca.pem", "-cert", "resident.pem", "-CAfile", "ca.pem", "-no_nonce", "-respin"];
    const { output } = await workshop.run("openssl", "ocsp", ...words, workshop.put(octets));
    const holds = output.includes("Response verify OK") && !output.includes("WARNING");
    const status = /resident\.pem: (\w+)/.exec(output)?.[1] ?? "";
    const opinion = !holds
      ? "undecided"
      : status === "good"
        ? "accepted"
        : status === "revoked"
          ? "refused"
          : "undecided";
    return { opinion, words: output.slice(0, 300) };
  };
  const cases: Case[] = [];
  const add = (group: string, name: string, octets: Uint8Array): void => {
    cases.push({ group, name, ours: () => ours(octets), peers: { "openssl ocsp": () => theirs(octets) } });
  };
  let request: Uint8Array = new Uint8Array();
  const send = (asked: Uint8Array): Promise<Uint8Array> => {
    request = asked;
    return Promise.resolve(new Uint8Array());
  };
  await ocspSource({ send, trust, nonce: "none" }).status(certificate, { at: now, now });
  const made = (plan: Partial<AnswerPlan> = {}) => answerOcsp(request, { responder, issuer, ...times, ...plan });
  for (const [name, plan] of Object.entries(PLANS)) add("the tests' maker", name, made(plan));
  add("the tests' maker", "an error", ocspError(6));
  add("the tests' maker", "an octet behind it", Uint8Array.from([...made(), 0]));
  for (const { name, octets } of changedLeaves(made())) add("each leaf of a good one", name, octets);
  for (const { name, octets } of changedLeaves(made({ status: revoked })))
    add("each leaf of a revoked one", name, octets);
  workshop.write("request.der", request);
  for (const [name, line] of Object.entries(databases()))
    for (const [signer, more] of Object.entries({ authority: ["ca"], responder: ["responder", "-resp_key_id"] })) {
      workshop.write("index.txt", line);
      const [who = "", ...key] = more;
      const signing = ["-rsigner", `${who}.pem`, "-rkey", `${who}.key`, "-CA", "ca.pem", "-nmin", "5", ...key];
      workshop.openssl("ocsp", "-index", "index.txt", "-reqin", "request.der", "-respout", "made.der", ...signing);
      add(`openssl ocsp, by the ${signer}`, name, workshop.read("made.der"));
    }
  return { cases, skips: [], close: workshop.remove };
}

/** Lines of openssl's database: status, end, revocation, serial number, file, subject. */
function databases(): Readonly<Record<string, string>> {
  const utc = (date: Date): string => `${date.toISOString().slice(2, 19).replaceAll(/[-T:]/g, "")}Z`;
  const serial = certificate.serialNumber.toUpperCase();
  const line = (status: string, since = "", number = serial): string =>
    `${[status, utc(fromNow(100)), since, number, "unknown", `/CN=${number}`].join("\t")}\n`;
  return {
    good: line("V"),
    revoked: line("R", utc(fromNow(-1))),
    "revoked for a reason": line("R", `${utc(fromNow(-1))},keyCompromise`),
    "not known there": line("V", "", "0A"),
  };
}
