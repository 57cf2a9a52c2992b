import type { KeyObject } from "node:crypto";

/** The two kinds of certificate of a resident, each with authorities of its own. */
export type CertificateKind = "authentication" | "signing";

/** An authority that residents' certificates are checked against. */
export interface Authority {
  readonly kind: CertificateKind;
  /** The certificate, DER. */
  readonly certificate: Uint8Array;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  /** `Name` of the subject, DER: the same for all generations of one kind. */
  readonly name: Uint8Array;
  /** subjectKeyIdentifier, where there is one. */
  readonly keyIdentifier: Uint8Array | undefined;
  /** `SubjectPublicKeyInfo`, DER. */
  readonly publicKey: Uint8Array;
  readonly key: KeyObject;
  /** Milliseconds since 1970, both included. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Policies of which a resident's certificate must have one. */
  readonly policies: readonly string[];
  /** Made for tests: whatever hangs on it says so, and proves nothing about a resident. */
  readonly test: boolean;
}

/** Who is trusted, made by `createTrust` or `readTrust`. Immutable. */
export interface Trust {
  readonly authorities: readonly Authority[];
  /** Certificates (DER) of timestamping authorities, or of the authorities above them, that the site trusts. */
  readonly timestampAuthorities: readonly Uint8Array[];
}
