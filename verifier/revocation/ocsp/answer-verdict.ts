import { createHash } from "node:crypto";
import type { Authority } from "../../certificate/authority.ts";
import { readableIf, RevocationFault, trustedIf, withFaults } from "../revocation-fault.ts";
import {
  CLOCK_SKEW,
  unknown,
  type AskedTimes,
  type RevocationProof,
  type RevocationStatus,
} from "../revocation-source.ts";
import { isCertificateId, type CertificateId } from "./certificate-id.ts";
import { findResponder, type ResponderRules } from "./find-responder.ts";
import { revokedSince } from "../revoked-since.ts";
import { readOcspResponse, type SingleResponse } from "./ocsp-response.ts";

/** What was asked, and what an answer must be like. */
export interface OcspQuestion extends ResponderRules {
  readonly authority: Authority;
  readonly id: CertificateId;
  /** What was sent. */
  readonly nonce: Uint8Array | undefined;
  /** Whether an answer without our nonce is refused: it may be an old one. */
  readonly nonceRequired: boolean;
  /** An answer whose data are older than so many milliseconds is too old. */
  readonly maxAge: number;
}

/** An answer to our question by somebody who may give it, for the time being. */
export interface OcspAnswer {
  readonly single: SingleResponse;
  readonly producedAt: number;
  /** SHA-256 of the responder's certificate, lower-case hex. */
  readonly responder: string;
}

/**
 * The answer in a response (DER) to this question: signed by the authority or its responder, about this certificate, made for us where the nonce says so. Times are
 * not looked at but the responder's. What is none comes back as `unknown`; nothing is thrown.
 */
export function readAnswer(response: Uint8Array, question: OcspQuestion): OcspAnswer | RevocationStatus {
  try {
    const read = readOcspResponse(response);
    if ("error" in read) return unknown("no-answer", `the responder says ${read.error}`);
    const certificate = findResponder(read, question.authority, question);
    const { nonce } = question;
    if (read.nonce === undefined) trustedIf(!question.nonceRequired, "the answer has no nonce");
    else trustedIf(nonce !== undefined && Buffer.compare(read.nonce, nonce) === 0, "the answer has another nonce");
    const [single, another] = withFaults(() => read.singles.filter(({ id }) => isCertificateId(id, question.id)));
    readableIf(another === undefined, "two answers for one certificate");
    if (!single) return unknown("not-known-there", "the answer is about another certificate");
    const responder = createHash("sha256").update(certificate).digest("hex");
    return { single, producedAt: read.producedAt, responder };
  } catch (fault) {
    if (fault instanceof RevocationFault) return unknown(fault.why, fault.message);
    throw fault;
  }
}

/** Milliseconds since 1970 until which an answer counts. */
export const answerEnds = ({ single: { thisUpdate, nextUpdate } }: OcspAnswer, maxAge: number): number =>
  Math.min(nextUpdate ?? Infinity, thisUpdate + maxAge);

/**
 * What an answer says of the certificate at `at`. A responder speaks of now: what is good now was good before, and what was revoked after `at` was good then (the
 * proof says so).
 */
export function judgeAnswer(
  answer: OcspAnswer,
  { at, now, maxAge, notAfter }: AskedTimes & { readonly maxAge: number; readonly notAfter: number },
): RevocationStatus {
  const { single, producedAt } = answer;
  const { status, thisUpdate, archiveCutoff } = single;
  if (Math.max(thisUpdate, producedAt) > now + CLOCK_SKEW)
    return unknown("not-trusted", "the answer is from the future");
  if (now > answerEnds(answer, maxAge)) return unknown("answer-too-old", `of ${iso(thisUpdate)}`);
  if (status.kind === "unknown") return unknown("not-known-there", "the responder does not know the certificate");
  const proof = proofOf(answer);
  if (status.kind === "revoked") {
    const { reason } = status;
    const since = revokedSince({ reason, revocationDate: status.since, invalidityDate: single.invalidityDate });
    if (since <= at) return { status: "revoked", revokedAt: new Date(since), reason, proof };
    return { status: "good", proof: { ...proof, revokedLater: iso(since) } };
  }
  if (at > now + CLOCK_SKEW) return unknown("answer-too-old", "the time that is asked about is in the future");
  if (notAfter < thisUpdate && !(archiveCutoff !== undefined && archiveCutoff <= notAfter))
    return unknown("expired-before-list", "the certificate expired before the answer");
  return { status: "good", proof };
}

const proofOf = ({ single: { thisUpdate, nextUpdate }, producedAt, responder }: OcspAnswer): RevocationProof => ({
  kind: "ocsp",
  producedAt: iso(producedAt),
  thisUpdate: iso(thisUpdate),
  ...(nextUpdate !== undefined && { nextUpdate: iso(nextUpdate) }),
  responder,
});

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
