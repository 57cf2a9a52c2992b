import type { CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import type { CertificateFacts } from "../certificate/resident-certificate.ts";
import type { Evidence } from "../revocation/evidence.ts";
import type { Failure } from "../verdict/failure.ts";
import type { Check, Verdict } from "../verdict/verdict.ts";
import type { Coverage, VerifiedFormat } from "./found-signature.ts";

/** A timestamp that a trusted authority made over the signature: it was there at that time. */
export interface TrustedTimestamp {
  readonly time: Date;
  /** SHA-256 of the authority's certificate, lower-case hex. */
  readonly authority: string;
}

/** What every signature's report says. */
interface ReportBase {
  /** Where it stands: a field name, an Id, a position. */
  readonly label: string;
  readonly format: VerifiedFormat;
  /** All checks in order, each with its outcome. */
  readonly checks: readonly Check[];
  /** When the signer says that it was. Nobody vouches for it, and nothing is decided by it. */
  readonly claimedTime?: Date;
}

/** A signature that holds. */
export interface AcceptedSignature extends ReportBase {
  readonly verdict: Exclude<Verdict, "refused">;
  /** What `accepted-unchecked` and `undecided` lack. */
  readonly failure?: Failure;
  /** Who signed, as the certificate says: name, address, birth date, sex, and where substitutes stand for characters. */
  readonly signer: CertificateAttributes;
  readonly certificate: CertificateFacts;
  readonly timestamp?: TrustedTimestamp;
  /** The certificate was judged at this time, */
  readonly judgedAt: Date;
  /** which a trusted timestamp, the caller, or the clock said. */
  readonly judgedBy: "timestamp" | "at" | "now";
  readonly coverage: Coverage;
  /** Keep it: `recheck` answers later, with newer lists. Holds no personal data. */
  readonly evidence: Evidence;
  /** The certificate hangs on an authority for tests: nobody is known to have signed. */
  readonly test: boolean;
}

/** A signature that does not hold. Says nothing of the signer: whatever the file says of one, nobody vouches for it. */
export interface RefusedSignatureReport extends ReportBase {
  readonly verdict: "refused";
  readonly failure: Failure;
  /** Where the certificate itself is sound but too old, too new or revoked. */
  readonly certificate?: CertificateFacts;
  readonly evidence?: Evidence;
}

/** What became of one signature. */
export type SignatureReport = AcceptedSignature | RefusedSignatureReport;

/** What became of a file: as good as its worst signature. */
export interface FileReport {
  readonly verdict: Verdict;
  /** The reader that took it; absent where none did. */
  readonly format?: VerifiedFormat;
  /** At least one, unless the file as such is refused. */
  readonly signatures: readonly SignatureReport[];
  /** For every verdict but `valid`: that of the worst signature, or of the file itself. */
  readonly failure?: Failure;
  /** One of the signatures hangs on an authority for tests. */
  readonly test: boolean;
}
