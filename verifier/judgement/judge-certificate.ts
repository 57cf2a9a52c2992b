import type { ResidentCertificate } from "../certificate/resident-certificate.ts";
import { checkValidity } from "../certificate/validity.ts";
import { makeEvidence, type Evidence, type EvidenceSubject } from "../revocation/evidence.ts";
import { nameCertificate } from "../revocation/named-certificate.ts";
import type { RevocationStatus } from "../revocation/revocation-source.ts";
import { failure, Refusal, type Failure } from "../verdict/failure.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { CheckList } from "./check-list.ts";
import type { JudgedTime, JudgingOptions } from "./judging-options.ts";

const UNASKED = failure("revocation-unchecked", "the caller accepts this");

/** What time and revocation make of a certificate that is sound otherwise. */
export interface CertificateJudgement {
  readonly verdict: Verdict;
  /** What was missing (`undecided`, `accepted-unchecked`) or wrong (`refused`); absent for `valid`. */
  readonly failure?: Failure;
  /** For a later `recheck`. */
  readonly evidence: Evidence;
}

/** What is judged. */
export interface CertificateCase {
  readonly certificate: ResidentCertificate;
  readonly time: JudgedTime;
  /** The clock, milliseconds since 1970: decides whether a list or an answer is still new. */
  readonly now: number;
  readonly subject: EvidenceSubject;
}

/**
 * Judges a certificate at the time that counts: its validity and its issuer's, then whether it was revoked by then. Writes both checks down. Nothing but
 * a source's own `good` makes it `valid`; a source that fails is one that does not know.
 */
export async function judgeCertificate(
  { certificate, time, now, subject }: CertificateCase,
  { revocation }: Pick<JudgingOptions, "revocation">,
  checks: CheckList,
): Promise<CertificateJudgement> {
  const conclude = (verdict: Verdict, status: RevocationStatus | undefined, why?: Failure) => ({
    verdict,
    ...(why && { failure: why }),
    evidence: makeEvidence({ certificate, time, verdict, status, subject }),
  });
  try {
    checkValidity(certificate, time.at);
    checks.pass("validity");
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return conclude("refused", undefined, checks.fail("validity", thrown));
  }
  if (revocation === "accept-unknown") {
    checks.leaveOut("revocation", UNASKED);
    return conclude("accepted-unchecked", undefined, UNASKED);
  }
  const status = await askSource(revocation, certificate, { at: time.at, now });
  switch (status.status) {
    case "good":
      checks.pass("revocation");
      return conclude("valid", status);
    case "revoked": {
      const detail = `since ${status.revokedAt.toISOString()}, ${status.reason ?? "no reason given"}`;
      return conclude("refused", status, checks.fail("revocation", new Refusal("certificate-revoked", detail)));
    }
    case "unknown": {
      const missing = failure("revocation-unknown", `${status.why}: ${status.detail}`);
      checks.leaveOut("revocation", missing);
      return conclude("undecided", status, missing);
    }
  }
}

async function askSource(
  source: Exclude<JudgingOptions["revocation"], "accept-unknown">,
  certificate: ResidentCertificate,
  times: { at: number; now: number },
): Promise<RevocationStatus> {
  try {
    return await source.status(nameCertificate(certificate), times);
  } catch (thrown) {
    // a caller's own client may throw whatever it likes: then nothing is known
    return { status: "unknown", why: "no-answer", detail: thrown instanceof Error ? thrown.name : "the source failed" };
  }
}
