import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { nothing, smallInteger } from "../../../formats/der/der.ts";
import { EXTENSIONS, type PlannedExtension } from "../../../tests/support/pki/certificate-maker.ts";
import { generalizedTime } from "../../../tests/support/pki/list-maker.ts";
import { answerOcsp, OCSP, ocspError, playResponder, type AnswerPlan } from "../../../tests/support/pki/ocsp-maker.ts";
import { playAuthority, PLAYED_NOW, playResident } from "../../../tests/support/pki/played-authorities.ts";
import { named, playedTrust } from "../../../tests/support/pki/played-trust.ts";
import type { RevocationStatus } from "../revocation-source.ts";
import { ocspSource, type OcspOptions, type SendOcsp } from "./ocsp-source.ts";
import { OcspTransportError } from "./ocsp-transport-error.ts";

const issuer = playAuthority("signing");
const older = playAuthority("signing", "2019");
const stranger = playAuthority("signing", "not ours");
const trust = playedTrust("signing", issuer, older);
const resident = playResident("signing", { issuer });
const hanako = named(resident, issuer);
const responder = playResponder(issuer);
const now = PLAYED_NOW.getTime();
const HOUR = 3_600_000;

type Options = Partial<OcspOptions>;
const ask = async (send: SendOcsp, options: Options = {}, times = { at: now, now }): Promise<RevocationStatus> =>
  await ocspSource({ send, trust, ...options }).status(hanako, times);
const answering =
  (plan: Partial<AnswerPlan> = {}): SendOcsp =>
  (request) =>
    Promise.resolve(answerOcsp(request, { responder, issuer, ...plan }));
/** The verdict in one word: the status, or why there is none. */
const word = (status: RevocationStatus): string => (status.status === "unknown" ? status.why : status.status);
const answer = async (plan: Partial<AnswerPlan>, options: Options = {}, times = { at: now, now }): Promise<string> =>
  word(await ask(answering(plan), options, times));

describe("an answer that is taken", () => {
  it.each<[string, Partial<AnswerPlan>, Options?]>([
    ["of a delegated responder", {}],
    ["that names it by its key", { byKey: true }],
    ["of the authority itself", { responder: issuer, certificates: [] }],
    ["of the authority itself, by its key, with its certificate", { responder: issuer, byKey: true }],
    ["with more certificates than the responder's", { certificates: [issuer.certificate, responder.certificate] }],
    ["without a nonce, where none is required", { nonce: undefined }],
    ["without a nonce, where none was sent", {}, { nonce: "none" }],
    ["with the nonce that is required", {}, { nonce: "required" }],
    ["to a question with SHA-256", {}, { certificateIdHash: "sha256" }],
    ["without nextUpdate", { nextUpdate: undefined }],
    [
      "of a responder without nocheck, where that is accepted",
      { responder: playResponder(issuer, { noCheck: false }) },
      { responderWithoutNoCheck: "accept" },
    ],
    ["with an extension that nobody knows", { extensions: [{ type: "1.2.3.4", value: nothing }] }],
  ])("%s", async (_, plan, options) => expect(await answer(plan, options)).toBe("good"));

  it("is named in the proof", async () => {
    expect(await ask(answering())).toEqual({
      status: "good",
      proof: {
        kind: "ocsp",
        producedAt: "2026-11-24T02:30:00.000Z",
        thisUpdate: "2026-11-24T02:30:00.000Z",
        nextUpdate: "2026-11-24T03:30:00.000Z",
        responder: createHash("sha256").update(responder.certificate).digest("hex"),
      },
    });
  });

  it("revoked, since when and for which reason", async () => {
    const since = new Date(now - HOUR);
    expect(await ask(answering({ status: { since, reason: "certificateHold" } }))).toMatchObject({
      status: "revoked",
      revokedAt: since,
      reason: "certificateHold",
    });
    expect(await ask(answering({ status: { since } }))).toMatchObject({ status: "revoked", reason: undefined });
  });

  it("was good before it was revoked, and the proof says when that ended", async () => {
    const since = new Date(now - HOUR);
    const status = await ask(answering({ status: { since } }), {}, { at: now - 2 * HOUR, now });
    expect(status).toMatchObject({ status: "good", proof: { revokedLater: since.toISOString() } });
  });

  it("sends the kind of certificate, and 32 octets of nonce, another every time", async () => {
    const nonces = new Set<string>();
    const send: SendOcsp = (request, certificate) => {
      expect(certificate).toBe(hanako);
      nonces.add(Buffer.from(request.subarray(-32)).toString("hex"));
      return answering()(request, certificate, AbortSignal.any([]));
    };
    for (let time = 0; time < 3; time++) expect(word(await ask(send))).toBe("good");
    expect(nonces.size).toBe(3);
  });
});

describe("an answer that is not taken", () => {
  const unknownCritical: PlannedExtension = { type: "1.2.3.4", critical: true, value: nothing };
  const expired = { notBefore: new Date("2026-10-01T00:00:00Z"), notAfter: new Date("2026-11-23T00:00:00Z") };
  const early = { notBefore: new Date("2026-11-25T00:00:00Z") };
  const elsewhere = playResponder(stranger);
  it.each<[string, Partial<AnswerPlan>, string, Options?]>([
    ["the responder does not know it", { status: "unknown" }, "not-known-there"],
    ["about another serial number", { serialNumber: Uint8Array.of(1, 2, 3, 4) }, "not-known-there"],
    ["about a certificate of another generation", { issuer: older }, "not-known-there"],
    ["about a certificate of another key", { issuerKey: Uint8Array.of(1) }, "not-known-there"],
    ["twice", { times: 2 }, "unreadable"],
    ["another nonce", { nonce: new Uint8Array(32) }, "not-trusted"],
    ["a nonce where none was sent", { nonce: new Uint8Array(32) }, "not-trusted", { nonce: "none" }],
    ["no nonce where it is required", { nonce: undefined }, "not-trusted", { nonce: "required" }],
    ["changed", { status: { since: PLAYED_NOW }, changed: (own) => withoutYear(own) }, "not-trusted"],
    ["signed by another than it names", { signWith: stranger.key }, "not-trusted"],
    ["signed with SHA-1", { hash: "sha1" }, "not-trusted"],
    ["of a responder of a stranger with our authority's name", { responder: elsewhere }, "not-trusted"],
    ["of that stranger itself", { responder: stranger }, "not-trusted"],
    ["of the other generation", { responder: older }, "not-trusted"],
    ["of the other generation's responder", { responder: playResponder(older) }, "not-trusted"],
    ["of a resident", { responder: resident }, "not-trusted"],
    [
      "of a responder that is for something else",
      { responder: playResponder(issuer, { purposes: ["1.3.6.1.5.5.7.3.2"] }) },
      "not-trusted",
    ],
    [
      "of a responder that is for anything",
      { responder: playResponder(issuer, { purposes: ["2.5.29.37.0"] }) },
      "not-trusted",
    ],
    ["of a responder for nothing", { responder: playResponder(issuer, { purposes: [] }) }, "not-trusted"],
    ["of a responder that expired", { responder: playResponder(issuer, expired) }, "not-trusted"],
    ["of a responder from the future", { responder: playResponder(issuer, early) }, "not-trusted"],
    [
      "of a responder that may have been revoked",
      { responder: playResponder(issuer, { noCheck: false }) },
      "not-trusted",
    ],
    [
      "of a responder with a critical extension",
      {
        responder: playResponder(issuer, {
          extensions: [
            unknownCritical,
            { type: OCSP.noCheck, value: nothing },
            { type: EXTENSIONS.extendedKeyUsage, value: Buffer.from("300a06082b06010505070309", "hex") },
          ],
        }),
      },
      "not-trusted",
    ],
    [
      "of a responder whose certificate is SHA-1's",
      { responder: playResponder(issuer, { hash: "sha1" }) },
      "not-trusted",
    ],
    ["without the responder's certificate", { certificates: [] }, "not-trusted"],
    ["with the certificate of another", { certificates: [resident.certificate] }, "not-trusted"],
    ["with a hundred certificates", { certificates: Array<Uint8Array>(100).fill(smallSequence()) }, "unreadable"],
    ["with a critical extension", { extensions: [unknownCritical] }, "unreadable"],
    ["with a critical extension of its answer", { singleExtensions: [unknownCritical] }, "unreadable"],
    ["from the future", { thisUpdate: new Date(now + 0.2 * HOUR) }, "not-trusted"],
    ["produced in the future", { producedAt: new Date(now + HOUR) }, "not-trusted"],
    ["that is due", { nextUpdate: new Date(now - 1000) }, "answer-too-old"],
    ["that is old", { thisUpdate: new Date(now - 25 * HOUR) }, "answer-too-old"],
    ["that is older than the site wants", {}, "answer-too-old", { maxAgeMilliseconds: HOUR / 4 }],
    ["that is due before it is made", { nextUpdate: new Date(now - HOUR) }, "unreadable"],
    ["removed from a list", { status: { since: PLAYED_NOW, reason: "removeFromCRL" } }, "unreadable"],
  ])("%s", async (_, plan, expected, options) => expect(await answer(plan, options)).toBe(expected));

  it.each<[string, () => unknown, string]>([
    ["nothing", () => undefined, "no-answer"],
    ["text", () => "good", "no-answer"],
    ["no octets", () => new Uint8Array(), "unreadable"],
    ["64 KB and one octet", () => new Uint8Array(65_537), "unreadable"],
    ["an error: try later", () => ocspError(3), "no-answer"],
    ["an error: unauthorized", () => ocspError(6), "no-answer"],
    ["success without an answer", () => ocspError(0), "unreadable"],
    ["a failure of its own", () => Promise.reject(new Error("Taro Denshi")), "no-answer"],
    [
      "a throw",
      () => {
        throw new OcspTransportError("HTTP 500");
      },
      "no-answer",
    ],
  ])("the client gives back %s", async (_, send, expected) => {
    const status = await ask(send as SendOcsp);
    expect(word(status)).toBe(expected);
    expect(JSON.stringify(status)).not.toContain("Denshi");
  });

  it("however it is cut or changed, nothing is thrown and nothing gets better", async () => {
    let sent = new Uint8Array();
    await ask(
      (request) => {
        sent = answerOcsp(request, { responder, issuer, status: { since: new Date(now - HOUR) } });
        return Promise.resolve(sent);
      },
      { nonce: "none" },
    );
    for (let at = 0; at < sent.length; at += 7) {
      const changed = Uint8Array.from(sent);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      expect(word(await ask(() => Promise.resolve(changed), { nonce: "none" }))).not.toBe("good");
      expect(word(await ask(() => Promise.resolve(sent.subarray(0, at)), { nonce: "none" }))).not.toBe("good");
    }
  });

  it("too late: the client is told, and nobody waits", async () => {
    let told = false;
    const send: SendOcsp = (_request, _certificate, signal) => {
      signal.addEventListener("abort", () => (told = true));
      return new Promise(() => undefined);
    };
    expect(word(await ask(send, { timeoutMilliseconds: 5 }))).toBe("no-answer");
    expect(told).toBe(true);
  });

  it("of an authority that nobody trusts", async () => {
    const asked = ocspSource({ send: answering(), trust }).status(
      { ...hanako, authorityFingerprint: "00" },
      { at: now, now },
    );
    expect(word(await asked)).toBe("not-trusted");
  });

  /** The year of the revocation another. */
  function withoutYear(own: Uint8Array): Uint8Array<ArrayBuffer> {
    const changed = Buffer.from(own);
    changed.write("2027", changed.indexOf("20261124030000Z"));
    return new Uint8Array(changed);
  }
  function smallSequence(): Uint8Array {
    return Uint8Array.of(0x30, 0x03, ...smallInteger(1));
  }
});

describe("a certificate that expired before the answer", () => {
  const expired = { ...hanako, notAfter: now - 2 * HOUR };
  const status = async (singleExtensions: readonly PlannedExtension[]): Promise<string> =>
    word(
      await ocspSource({ send: answering({ singleExtensions }), trust }).status(expired, { at: now - 3 * HOUR, now }),
    );
  const cutoff = (time: number): PlannedExtension[] => [
    { type: OCSP.archiveCutoff, value: generalizedTime(new Date(time)) },
  ];

  it("need not be known any longer", async () => expect(await status([])).toBe("expired-before-list"));
  it("is, where the responder keeps such", async () => {
    expect(await status(cutoff(now - 9 * HOUR))).toBe("good");
    expect(await status(cutoff(now - HOUR))).toBe("expired-before-list");
  });
});

describe("remembered answers", () => {
  const counted = (): { send: SendOcsp; count: () => number } => {
    let count = 0;
    const good = answering();
    return { send: (...asked) => (count++, good(...asked)), count: () => count };
  };
  const times = (clock: number): { at: number; now: number } => ({ at: clock, now: clock });

  it("are none unless the site wants them", async () => {
    const { send, count } = counted();
    const source = ocspSource({ send, trust });
    await source.status(hanako, times(now));
    await source.status(hanako, times(now));
    expect(count()).toBe(2);
  });

  it("count until they are due", async () => {
    const { send, count } = counted();
    const source = ocspSource({ send, trust, rememberedAnswers: 1 });
    for (const clock of [now, now + 1000, now + HOUR / 2])
      expect(word(await source.status(hanako, times(clock)))).toBe("good");
    expect(count()).toBe(1);
    expect(word(await source.status(hanako, times(now + HOUR / 2 + 1)))).toBe("answer-too-old");
    expect(count()).toBe(2);
  });

  it("are so many, and each for its certificate alone", async () => {
    const { send, count } = counted();
    const source = ocspSource({ send, trust, rememberedAnswers: 1 });
    const taro = { ...hanako, serialNumber: "0102" };
    for (const certificate of [hanako, taro, taro, hanako]) await source.status(certificate, times(now));
    expect(count()).toBe(3);
  });
});

it.each<[string, Options]>([
  ["send", { send: "https://ocsp.example" as never }],
  ["maxAgeMilliseconds", { maxAgeMilliseconds: NaN }],
  ["timeoutMilliseconds", { timeoutMilliseconds: 0 }],
  ["rememberedAnswers", { rememberedAnswers: -1 }],
])("%s without sense is a TypeError", (name, options) => {
  expect(() => ocspSource({ send: answering(), trust, ...options })).toThrow(new RegExp(`^${name}: `));
});
