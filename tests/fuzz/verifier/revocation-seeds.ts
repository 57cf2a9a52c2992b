import { crlSource } from "../../../verifier/revocation/crl/crl-source.ts";
import type { NamedCertificate } from "../../../verifier/revocation/named-certificate.ts";
import { ocspSource } from "../../../verifier/revocation/ocsp/ocsp-source.ts";
import { recheck } from "../../../verifier/revocation/recheck.ts";
import type { RevocationStatus } from "../../../verifier/revocation/revocation-source.ts";
import { verifySignature } from "../../../verifier/signature/verify-signature.ts";
import { readElement } from "../../../formats/der/der.ts";
import { openCertificate } from "../../../formats/x509/certificate.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { listPem, makeList } from "../../support/pki/list-maker.ts";
import { answerOcsp, playResponder } from "../../support/pki/ocsp-maker.ts";
import { listName, PLAYED_NOW } from "../../support/pki/played-authorities.ts";
import { named } from "../../support/pki/played-trust.ts";
import { HANAKO, ISSUERS, JIRO, JUDGING, signFile, TRUST } from "./fuzz-people.ts";
import type { Bytes, SignedSeed } from "./signed-seed.ts";

const issuer = ISSUERS.signing;
const now = PLAYED_NOW.getTime();
const times = { at: now, now };
const serialNumber = ({ certificate }: IssuedCertificate): Uint8Array =>
  readElement(openCertificate(certificate).serialNumber).contents;
const since = new Date("2026-11-20T00:00:00Z");

/** Lists (one whole, one of a municipality, one in PEM), answers, and evidence to be judged by them. */
export async function revocationSeeds(): Promise<SignedSeed[]> {
  const revoked = { serialNumber: serialNumber(HANAKO), revocationDate: since, reason: "keyCompromise" } as const;
  const others = [3, 5, 7].map((octet) => ({ serialNumber: Uint8Array.of(octet), revocationDate: since }));
  const whole = makeList({ issuer, entries: [...others, revoked] });
  const point = listName("signing", "Aozora-shi");
  const list = (name: string, kind: SignedSeed["kind"], octets: Bytes): SignedSeed => ({
    name,
    kind,
    octets,
    verify: (changed) => Promise.resolve(byList(changed)),
  });
  return [
    list("revocation list", "der", whole),
    list("revocation list of a municipality", "der", makeList({ issuer, entries: [revoked], point })),
    list("revocation list in PEM", "text", new TextEncoder().encode(listPem(whole))),
    await answer("OCSP answer: revoked", HANAKO, { since, reason: "keyCompromise" }),
    await answer("OCSP answer: good", JIRO, "good"),
    await evidence(whole),
  ];
}

/** What is said of both; `undefined` where nothing is said. */
const said = (...all: readonly RevocationStatus[]): string | undefined =>
  all.every(({ status }) => status === "unknown")
    ? undefined
    : all.map((one) => one.status + (one.status === "revoked" ? one.revokedAt.toISOString() : "")).join();

function byList(octets: Bytes): string | undefined {
  const source = crlSource({ lists: [octets], trust: TRUST });
  return said(...[HANAKO, JIRO].map((one) => source.status(named(one, issuer), times)));
}

async function answer(
  name: string,
  about: IssuedCertificate,
  status: "good" | { readonly since: Date; readonly reason: "keyCompromise" },
): Promise<SignedSeed> {
  const certificate = named(about, issuer);
  const responder = playResponder(issuer);
  let octets: Bytes = new Uint8Array();
  await ask(certificate, (request) => {
    octets = answerOcsp(request, { responder, issuer, status });
    return octets;
  });
  return { name, kind: "der", octets, verify: async (changed) => said(await ask(certificate, () => changed)) };
}

const ask = async (certificate: NamedCertificate, reply: (request: Uint8Array) => Bytes): Promise<RevocationStatus> =>
  ocspSource({ send: (request) => Promise.resolve(reply(request)), trust: TRUST, nonce: "none" }).status(
    certificate,
    times,
  );

/** Evidence is the site's own: what was changed in it may be about something else, but is never an exception, and `refused` stays so. */
async function evidence(list: Bytes): Promise<SignedSeed> {
  const file = await signFile(HANAKO, "cms", new Uint8Array(1), { packaging: "enveloping" });
  const { signatures } = await verifySignature(file, { ...JUDGING });
  const kept = signatures.map((one) => one.evidence);
  const crl = crlSource({ lists: [list], trust: TRUST });
  return {
    name: "evidence",
    kind: "text",
    octets: new TextEncoder().encode(JSON.stringify(kept)),
    verify: (octets) => {
      let read: unknown;
      try {
        read = JSON.parse(new TextDecoder().decode(octets));
      } catch {
        return Promise.resolve(undefined);
      }
      const { results } = recheck(Array.isArray(read) ? read : [read], { crl, now: PLAYED_NOW });
      const isWorse = results.some(({ before, after }) => before === "refused" && after !== "refused");
      if (isWorse) throw new Error("what was refused is taken now");
      return Promise.resolve(results.length > 0 ? "read" : undefined);
    },
  };
}
