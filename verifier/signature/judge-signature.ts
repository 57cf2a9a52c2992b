import type { Authority } from "../certificate/authority.ts";
import type { ResidentCertificate } from "../certificate/resident-certificate.ts";
import { certificateFacts } from "../certificate/certificate-facts.ts";
import { readResidentCertificate } from "../certificate/read-resident-certificate.ts";
import { verifySignatureValue } from "../cryptography/signature-value.ts";
import type { CheckList } from "../judgement/check-list.ts";
import { judgeCertificate } from "../judgement/judge-certificate.ts";
import { timeWithoutTimestamp, type JudgedTime, type JudgingOptions } from "../judgement/judging-options.ts";
import { CLOCK_SKEW } from "../revocation/revocation-source.ts";
import { verifyTimestamp } from "../timestamp/verify-timestamp.ts";
import { failure, Refusal, refuseUnless } from "../verdict/failure.ts";
import type { FoundSignature } from "./found-signature.ts";
import type { SignatureReport, TrustedTimestamp } from "./report.ts";

/** What the judge of one signature needs beside it. */
export interface SignatureCase extends JudgingOptions {
  /** Whether a signature without a trusted timestamp is refused. */
  readonly timestamps: "optional" | "required";
  readonly now: number;
  /** SHA-256 of the file, lower-case hex. */
  readonly fileHash: string;
  /** Which signature of the file it is, from 1: evidence names it so, because a label may hold a name. */
  readonly place: number;
  readonly checks: CheckList;
  /** For what else must hold of the certificate once it is known to be sound. */
  readonly also?: (certificate: ResidentCertificate) => void;
}

/**
 * Judges a signature whose form, content and coverage hold already: certificate and mathematics, then timestamps, then time and revocation. The signer's
 * claimed time decides nothing.
 */
export async function judgeSignature(found: FoundSignature, options: SignatureCase): Promise<SignatureReport> {
  const { checks, trust, now, fileHash } = options;
  const { label, format, claimedTime } = found;
  const base = { label, format, ...(claimedTime && { claimedTime }) };
  try {
    const certificate = checks.run("certificate", () => readResidentCertificate(found.certificate, "signing", trust));
    checks.run("signature", () => checkValue(found, certificate));
    checks.run("content", () => options.also?.(certificate));
    const timestamp = checkTimestamps(found, options);
    const time: JudgedTime = timestamp
      ? { at: timestamp.time.getTime(), by: "timestamp" }
      : timeWithoutTimestamp(options, now);
    const subject = { sha256: fileHash, label: String(options.place) };
    const judgement = await judgeCertificate({ certificate, time, now, subject }, options, checks);
    const { verdict, evidence } = judgement;
    const facts = certificateFacts(certificate);
    if (verdict === "refused") {
      const why = judgement.failure ?? failure("certificate-unreadable", "no reason");
      return { ...base, verdict, checks: checks.list(), failure: why, certificate: facts, evidence };
    }
    return {
      ...base,
      verdict,
      checks: checks.list(),
      ...(judgement.failure && { failure: judgement.failure }),
      signer: certificate.holder,
      certificate: facts,
      ...(timestamp && { timestamp }),
      judgedAt: new Date(time.at),
      judgedBy: time.by,
      coverage: found.coverage,
      evidence,
      test: isTest(certificate.authority),
    };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { ...base, verdict: "refused", failure: failure(thrown.code, thrown.detail), checks: checks.list() };
  }
}

const isTest = ({ test }: Authority): boolean => test;

function checkValue({ algorithm, signed, value }: FoundSignature, { key, keyType }: ResidentCertificate): void {
  refuseUnless(
    verifySignatureValue(algorithm, key, keyType, signed, value),
    "signature-wrong",
    `${algorithm} does not verify`,
  );
}

/** The earliest timestamp of a trusted authority. One that is wrong or untrusted counts as none: anybody can add it. */
function checkTimestamps(
  { timestamps }: FoundSignature,
  { trust, now, checks, timestamps: wanted }: SignatureCase,
): TrustedTimestamp | undefined {
  let earliest: TrustedTimestamp | undefined;
  let refused: Refusal | undefined;
  for (const found of timestamps) {
    try {
      const { time, authority } = verifyTimestamp(found, trust.timestampAuthorities);
      refuseUnless(time <= now + CLOCK_SKEW, "timestamp-wrong", "it is from the future");
      if (!earliest || time < earliest.time.getTime()) earliest = { time: new Date(time), authority };
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      refused ??= thrown;
    }
  }
  if (earliest) checks.pass("timestamp");
  else if (wanted === "required") {
    const missing = refused ?? new Refusal("timestamp-missing", "there is none");
    checks.fail("timestamp", missing);
    throw missing;
  } else if (refused?.code === "timestamp-authority-unknown")
    checks.leaveOut("timestamp", failure(refused.code, refused.detail));
  else if (refused) checks.fail("timestamp", refused);
  return earliest;
}
