import { createHash } from "node:crypto";
import type { CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import { CheckList } from "../judgement/check-list.ts";
import { isLocalhost, requireChallenge, requireOrigin } from "../judgement/expected-origin.ts";
import { checkJudgingOptions, type JudgingOptions } from "../judgement/judging-options.ts";
import { Refusal, refuseUnless, type Failure } from "../verdict/failure.ts";
import type { Check } from "../verdict/verdict.ts";
import { checkProvenAttributes, readAttributesProof } from "./attributes-proof/attributes-proof.ts";
import { judgeSignature } from "./judge-signature.ts";
import type { AcceptedSignature } from "./report.ts";

/** What the site asked for, and knows by itself: nothing of it is taken from the proof. */
export interface AttributesOptions extends JudgingOptions {
  /** The site's own origin, serialized: `https://` and the host. */
  readonly origin: string;
  /** The challenge that this session was given, as text, used once; `undefined` where there is none (any more). */
  readonly challenge: string | undefined;
  /** The purpose that `readAttributes` was called with. */
  readonly purpose?: string;
}

/** Attributes that were proven: the certificate says the same, and its key signed for this site, challenge and purpose. */
export interface ProvenAttributes extends Pick<
  AcceptedSignature,
  "verdict" | "failure" | "checks" | "certificate" | "judgedAt" | "judgedBy" | "evidence" | "test" | "claimedTime"
> {
  /** Those that the resident gave; the certificate's others are not handed on. */
  readonly attributes: CertificateAttributes;
  /** What the resident was shown. */
  readonly purpose: string;
}

/** A proof that does not hold. */
export interface RefusedAttributes {
  readonly verdict: "refused";
  readonly failure: Failure;
  readonly checks: readonly Check[];
}

/**
 * Decides whether a proof of attributes (`JpkiAttributes.proof`, a compact JWS) was made for this site, this challenge and this purpose by the holder of a My Number Card, and that
 * each attribute is what the certificate says. Resolves for every input; throws a `TypeError` only for options with which nothing could be judged: an origin that is none, a challenge that is too short, no word about revocation.
 */
export async function verifyAttributes(
  proof: string,
  options: AttributesOptions,
): Promise<ProvenAttributes | RefusedAttributes> {
  checkJudgingOptions(options);
  const { origin, challenge, purpose, trust } = options;
  requireOrigin(origin, trust);
  requireChallenge(challenge);
  const checks = new CheckList();
  try {
    if (challenge === undefined) throw new Refusal("challenge-unknown", "this session has no challenge");
    const { found, claims } = readAttributesProof(proof, {
      origin,
      challenge,
      ...(purpose !== undefined && { purpose }),
    });
    checks.pass("form", "coverage");
    const report = await judgeSignature(found, {
      ...options,
      timestamps: "optional",
      now: Date.now(),
      fileHash: createHash("sha256").update(proof).digest("hex"),
      place: 1,
      checks,
      also: ({ holder, authority: { test } }) => {
        refuseUnless(test || !isLocalhost(origin), "issuer-unknown", "a real certificate on http://localhost");
        checkProvenAttributes(claims, holder);
      },
    });
    if (report.verdict === "refused") return { verdict: "refused", failure: report.failure, checks: report.checks };
    const { verdict, certificate, judgedAt, judgedBy, evidence, test, claimedTime } = report;
    return {
      verdict,
      attributes: claims.attributes,
      purpose: claims.purpose,
      checks: report.checks,
      ...(report.failure && { failure: report.failure }),
      certificate,
      judgedAt,
      judgedBy,
      evidence,
      test,
      ...(claimedTime && { claimedTime }),
    };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const why = checks.fail("form", thrown);
    return { verdict: "refused", failure: why, checks: checks.list() };
  }
}
