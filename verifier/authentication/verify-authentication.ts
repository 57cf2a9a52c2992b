import { hash } from "node:crypto";
import { certificateFacts } from "../certificate/certificate-facts.ts";
import { readResidentCertificate } from "../certificate/read-resident-certificate.ts";
import type { ResidentCertificate } from "../certificate/resident-certificate.ts";
import { CheckList } from "../judgement/check-list.ts";
import { judgeCertificate } from "../judgement/judge-certificate.ts";
import { checkJudgingOptions, timeWithoutTimestamp, type JudgingOptions } from "../judgement/judging-options.ts";
import { failure, Refusal, refuseUnless } from "../verdict/failure.ts";
import type { AuthenticationResult } from "./authentication-result.ts";
import { readAuthenticationToken } from "./authentication-token.ts";
import { isLocalhost, requireChallenge, requireOrigin } from "../judgement/expected-origin.ts";
import { verifyTokenSignature } from "./token-signature.ts";

/** What the site knows by itself: nothing of it is taken from the token. */
export interface AuthenticationOptions extends JudgingOptions {
  /** The site's own origin, serialized: `https://` and the host, and the port unless it is 443. Never the request's Host or Origin header. */
  readonly origin: string;
  /** What `ChallengeStore.take` gave for the session that sent the token: `undefined` refuses the login (`challenge-unknown`). */
  readonly challenge: string | undefined;
}

/**
 * Decides whether a login token (`web-eid:1.0` or `1.1`, JSON text or the object in it) was made for this site and this challenge by the authentication key of a My
 * Number Card. Resolves for every token; throws a `TypeError` only for options with which nothing could be judged: an origin that is none, a challenge that is too
 * short, no word about revocation, `http://localhost` without authorities for tests.
 */
export async function verifyAuthentication(
  token: unknown,
  options: AuthenticationOptions,
): Promise<AuthenticationResult> {
  checkJudgingOptions(options);
  const { origin, challenge, trust } = options;
  requireOrigin(origin, trust);
  requireChallenge(challenge);
  const checks = new CheckList();
  try {
    const read = checks.run("form", () => readAuthenticationToken(token));
    const expected = checks.run("content", () => {
      refuseUnless(challenge !== undefined, "challenge-unknown", "this session has no challenge");
      return { origin, challenge };
    });
    const certificate = checks.run("certificate", () => {
      const found = readResidentCertificate(read.certificate, "authentication", trust);
      const { test } = found.authority;
      refuseUnless(test || !isLocalhost(origin), "issuer-unknown", "a real certificate on http://localhost");
      return found;
    });
    checks.run("signature", () => verifyTokenSignature(read, certificate, expected));
    return await judge(certificate, read.signature, options, checks);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { verdict: "refused", failure: failure(thrown.code, thrown.detail), checks: checks.list() };
  }
}

/** The certificate in time, once it is known that its key signed. */
async function judge(
  certificate: ResidentCertificate,
  signature: Uint8Array,
  options: AuthenticationOptions,
  checks: CheckList,
): Promise<AuthenticationResult> {
  const now = Date.now();
  const time = timeWithoutTimestamp(options, now);
  const subject = { sha256: hash("sha256", signature, "hex") };
  const judged = await judgeCertificate({ certificate, time, now, subject }, options, checks);
  const { verdict, evidence } = judged;
  const facts = certificateFacts(certificate);
  if (verdict === "refused") {
    const why = judged.failure ?? failure("certificate-unreadable", "no reason");
    return { verdict, failure: why, checks: checks.list(), certificate: facts, evidence };
  }
  return {
    verdict,
    ...(judged.failure && { failure: judged.failure }),
    certificate: facts,
    judgedAt: new Date(time.at),
    judgedBy: options.at === undefined ? "now" : "at",
    test: facts.test,
    checks: checks.list(),
    evidence,
  };
}
