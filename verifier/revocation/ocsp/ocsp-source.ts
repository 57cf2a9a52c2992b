import { randomBytes } from "node:crypto";
import type { Authority, Trust } from "../../certificate/authority.ts";
import type { NamedCertificate } from "../named-certificate.ts";
import { CLOCK_SKEW, unknown, type RevocationSource, type RevocationStatus } from "../revocation-source.ts";
import { AnswerCache } from "./answer-cache.ts";
import { answerEnds, judgeAnswer, readAnswer, type OcspAnswer, type OcspQuestion } from "./answer-verdict.ts";
import { certificateId, type CertificateIdHash } from "./certificate-id.ts";
import { NONCE_OCTETS, ocspRequest } from "./ocsp-request.ts";
import { OcspTransportError } from "./ocsp-transport-error.ts";

/**
 * Carries an OCSPRequest (DER) to the responder for this certificate, and its OCSPResponse back. What it throws is `no-answer`. `signal` ends when nobody waits any
 * longer. Two kinds of certificate have two responders: `certificate.kind` says which.
 */
export type SendOcsp = (request: Uint8Array, certificate: NamedCertificate, signal: AbortSignal) => Promise<Uint8Array>;

/** How a responder is asked, and what is taken of it. */
export interface OcspOptions {
  /** The site's own client (JPKI's responders answer contracted verifiers alone), or `httpOcspClient`. */
  readonly send: SendOcsp;
  /** Whose certificates are asked about, and who must have signed the answer or its signer's certificate. */
  readonly trust: Trust;
  /** Names certificates by SHA-1 unless told otherwise: all responders know that, and nothing rests on it. */
  readonly certificateIdHash?: CertificateIdHash;
  /**
   * A nonce makes sure that the answer was made for this question. `when-echoed` (the default): one is sent, and an answer with another is refused; one without is
   * taken, which can be an old one until it is due. `required`: it is refused too. `none`: for responders that stumble over it.
   */
  readonly nonce?: "required" | "when-echoed" | "none";
  /** Answers whose data are older than so many milliseconds are too old, whatever they say; 24 hours by default (JPKI renews its data every 15 minutes). */
  readonly maxAgeMilliseconds?: number;
  /** After so many milliseconds there is no answer; 10,000 by default. */
  readonly timeoutMilliseconds?: number;
  /**
   * `accept`: a responder's certificate without id-pkix-ocsp-nocheck is taken though nobody can say whether it was revoked itself (RFC 6960, 4.2.2.2.1 leaves
   * that to policy). `refuse` by default.
   */
  readonly responderWithoutNoCheck?: "refuse" | "accept";
  /** So many answers are remembered until they are due, and no new question is asked meanwhile: a revocation is seen later by that. None by default. */
  readonly rememberedAnswers?: number;
}

/**
 * A source that asks a responder (RFC 6960), one question for one certificate. Answers are at most 64 KB and read strictly; they must be signed by the authority of
 * the certificate or by a responder to which it gave a certificate for that. Everything else, errors and silence are `unknown`. Throws `TypeError` for
 * options that have no sense.
 */
export function ocspSource(options: OcspOptions): RevocationSource {
  const { trust, nonce = "when-echoed", certificateIdHash = "sha1", rememberedAnswers = 0 } = options;
  const { maxAgeMilliseconds: maxAge = 86_400_000, timeoutMilliseconds = 10_000 } = options;
  if (typeof (options.send as unknown) !== "function") throw new TypeError("send: give a function");
  requireNumber("maxAgeMilliseconds", maxAge, 1);
  requireNumber("timeoutMilliseconds", timeoutMilliseconds, 1);
  requireNumber("rememberedAnswers", rememberedAnswers, 0);
  const authorities = new Map(trust.authorities.map((authority) => [authority.fingerprint, authority]));
  const cache = new AnswerCache(rememberedAnswers);

  const question = (authority: Authority, serialNumber: string, now: number): OcspQuestion => ({
    authority,
    id: certificateId(authority, serialNumber, certificateIdHash),
    nonce: nonce === "none" ? undefined : randomBytes(NONCE_OCTETS),
    nonceRequired: nonce === "required",
    maxAge,
    now,
    withoutNoCheck: options.responderWithoutNoCheck ?? "refuse",
  });

  return {
    async status(certificate, { at, now }) {
      const { authorityFingerprint, serialNumber, notAfter } = certificate;
      const authority = authorities.get(authorityFingerprint);
      if (!authority) return unknown("not-trusted", "the certificate's authority is not in trust");
      const key = `${authorityFingerprint} ${serialNumber}`;
      const known = cache.get(key, now);
      const answer =
        known ?? (await ask(options.send, question(authority, serialNumber, now), certificate, timeoutMilliseconds));
      if ("status" in answer) return answer;
      const status = judgeAnswer(answer, { at, now, maxAge, notAfter });
      const isNew = answer.single.thisUpdate <= now + CLOCK_SKEW && answer.producedAt <= now + CLOCK_SKEW;
      if (!known && isNew && answer.single.status.kind !== "unknown")
        cache.keep(key, answer, answerEnds(answer, maxAge));
      return status;
    },
  };
}

async function ask(
  send: SendOcsp,
  question: OcspQuestion,
  certificate: NamedCertificate,
  timeout: number,
): Promise<OcspAnswer | RevocationStatus> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new Error("timeout"));
    }, timeout);
  });
  let response: unknown;
  try {
    response = await Promise.race([
      send(ocspRequest(question.id, question.nonce), certificate, controller.signal),
      silence,
    ]);
  } catch (thrown) {
    // a client's own words could be anything
    return unknown("no-answer", controller.signal.aborted ? `nothing within ${timeout} ms` : reasonOf(thrown));
  } finally {
    clearTimeout(timer);
  }
  if (!(response instanceof Uint8Array)) return unknown("no-answer", "the client gave back no Uint8Array");
  return readAnswer(response, question);
}

const reasonOf = (thrown: unknown): string =>
  thrown instanceof OcspTransportError ? thrown.message : thrown instanceof Error ? thrown.name : "the client failed";

function requireNumber(name: string, value: number, least: number): void {
  if (!(value >= least && Number.isFinite(value))) throw new TypeError(`${name}: give a number of at least ${least}`);
}
