import type { CertificateKind } from "../certificate/authority.ts";
import type { ResidentCertificate } from "../certificate/resident-certificate.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { nameCertificate, type NamedCertificate } from "./named-certificate.ts";
import type { RevocationProof, RevocationReason, RevocationStatus, UnknownReason } from "./revocation-source.ts";

/** Where it stands in its file: a field name, an Id, a position; so many characters of it are kept. */
export const LABEL_LENGTH = 200;

/**
 * What is kept of a verification so that it can be judged again when newer lists are there: JSON, version 1. It names the certificate and holds neither
 * it nor anything that it says of its holder: sites may not keep signing certificates. Times are ISO 8601 with milliseconds, in UTC; hashes are
 * SHA-256, lower-case hex.
 */
export interface Evidence {
  readonly version: 1;
  readonly subject: EvidenceSubject;
  readonly certificate: {
    readonly kind: CertificateKind;
    readonly authorityFingerprint: string;
    readonly issuerNameHash: string;
    /** Contents of the INTEGER, hex. */
    readonly serialNumber: string;
    /** Which partial list would name it. */
    readonly distributionPointHash?: string;
    readonly notAfter: string;
  };
  readonly judgedAt: string;
  readonly judgedBy: "timestamp" | "at" | "now";
  readonly verdict: Verdict;
  readonly revocation:
    | { readonly status: "good"; readonly proof: RevocationProof }
    | {
        readonly status: "revoked";
        readonly revokedAt: string;
        readonly reason?: RevocationReason;
        readonly proof: RevocationProof;
      }
    | { readonly status: "unknown"; readonly why: UnknownReason }
    | { readonly status: "not-asked" };
  /** The certificate hangs on an authority for tests. */
  readonly test: boolean;
}

/** What was verified: SHA-256 of the file or token, lower-case hex, and where in it the signature stands. */
export interface EvidenceSubject {
  readonly sha256: string;
  /** A position, to tell apart several signatures of one file; what is longer than 200 characters is cut. */
  readonly label?: string;
}

/** What a judge came to. */
export interface JudgedCase {
  readonly certificate: ResidentCertificate;
  /** The time at which it was judged, milliseconds since 1970, and who said it. */
  readonly time: { readonly at: number; readonly by: "timestamp" | "at" | "now" };
  readonly verdict: Verdict;
  /** What the source said; `undefined` where none was asked. */
  readonly status: RevocationStatus | undefined;
  readonly subject: EvidenceSubject;
}

/** Evidence of a judgement. */
export function makeEvidence({ certificate, time: { at, by }, verdict, status, subject }: JudgedCase): Evidence {
  const { kind, authorityFingerprint, issuerNameHash, serialNumber, distributionPointHash, notAfter } =
    nameCertificate(certificate);
  const { sha256, label } = subject;
  return {
    version: 1,
    subject: { sha256, ...(label !== undefined && { label: label.slice(0, LABEL_LENGTH) }) },
    certificate: {
      kind,
      authorityFingerprint,
      issuerNameHash,
      serialNumber,
      ...(distributionPointHash !== undefined && { distributionPointHash }),
      notAfter: iso(notAfter),
    },
    judgedAt: iso(at),
    judgedBy: by,
    verdict,
    revocation: keptStatus(status),
    test: certificate.authority.test,
  };
}

/** What {@link Evidence} says of its certificate, as sources want it. */
export const namedInEvidence = ({ certificate }: Evidence): NamedCertificate => ({
  ...certificate,
  distributionPointHash: certificate.distributionPointHash,
  notAfter: Date.parse(certificate.notAfter),
});

function keptStatus(status: RevocationStatus | undefined): Evidence["revocation"] {
  switch (status?.status) {
    case undefined:
      return { status: "not-asked" };
    case "good":
      return { status: "good", proof: status.proof };
    case "revoked": {
      const { revokedAt, reason } = status;
      const when = revokedAt.toISOString();
      return { status: "revoked", revokedAt: when, ...(reason !== undefined && { reason }), proof: status.proof };
    }
    case "unknown":
      // a source's own words could be anything
      return { status: "unknown", why: status.why };
  }
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
