import type { SignatureAlgorithm } from "../cryptography/algorithms.ts";
import type { Refusal } from "../verdict/failure.ts";

/** Formats that can be verified: those of the page API, and those that other software makes with the same names. */
export const VERIFIED_FORMATS = ["pkcs1", "cms", "cades", "jws", "xmldsig", "xades", "pdf", "pades"] as const;
/** One of {@link VERIFIED_FORMATS}. */
export type VerifiedFormat = (typeof VERIFIED_FORMATS)[number];

/** A part of an XML document, or a file beside it, that a signature covers. */
export interface CoveredPart {
  /** The reference's URI, as it stands in the file. */
  readonly uri: string;
  /** Where it is in this document: element names and positions from the root, `/form[1]/answers[1]`; absent for a file beside it. */
  readonly path?: string;
  /** The octets that were digested: read these, not the file around them. */
  readonly octets: Uint8Array;
}

/** What a later revision of a PDF file did. `what` is a short English note (`/Pages 3 0 R changed`). */
export interface LaterChange {
  /**
   * `signature`, `timestamp`, `validation-data`, `form-entry` and `annotation` may be allowed by the signer; `metadata` is not shown, and always allowed;
   * `content` never is.
   */
  readonly kind: "signature" | "timestamp" | "validation-data" | "metadata" | "form-entry" | "annotation" | "content";
  readonly what: string;
  readonly allowed: boolean;
}

/** What a signature covers. `whole`: nothing that says something is outside. */
export type Coverage =
  /** CMS, JWS, PKCS #1: all of the content, inside of the file or beside it. `octets` is absent where only its digest was given. */
  | { readonly kind: "content"; readonly whole: true; readonly octets: Uint8Array | undefined }
  | { readonly kind: "parts"; readonly whole: boolean; readonly parts: readonly CoveredPart[] }
  | {
      readonly kind: "revision";
      /** The newest revision is signed, or later ones did only what is allowed. */
      readonly whole: boolean;
      /** From 1, of how many. */
      readonly revision: number;
      readonly revisions: number;
      /** So many octets from the file's beginning are signed (the signature value itself left out). */
      readonly octets: number;
      readonly laterChanges: readonly LaterChange[];
    };

/** A timestamp that hangs on a signature: the token (DER, RFC 3161) and the octets of which it states the digest. */
export interface FoundTimestamp {
  readonly token: Uint8Array;
  readonly over: Uint8Array;
}

/**
 * One signature as the reader of its format found it. The reader has made sure that all of the form holds and that every digest is that of what it
 * says; what is left is the mathematics (`signed`, `value`, `algorithm` under the certificate's key), the certificate, and time.
 */
export interface FoundSignature {
  readonly format: VerifiedFormat;
  /** DER: the one that the signature itself names as the signer's, wherever the format can do that. */
  readonly certificate: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  /** The octets that the signature value is over; hashed by `algorithm`. */
  readonly signed: Uint8Array;
  /** RSA as it is; ECDSA as r‖s, each of the curve's length (readers convert where their format has DER). */
  readonly value: Uint8Array;
  /** When the signer says that it was; nobody vouches for it. */
  readonly claimedTime: Date | undefined;
  readonly coverage: Coverage;
  readonly timestamps: readonly FoundTimestamp[];
  /** Where it stands, for people and logs: a field name, an Id, a position. */
  readonly label: string;
}

/** A signature of which the reader can already say that it does not hold. `label` as above. */
export interface RefusedSignature {
  readonly refusal: Refusal;
  readonly label: string;
  /** Which check failed; those before it passed. */
  readonly check: "form" | "content" | "coverage";
  readonly format: VerifiedFormat;
  /** What could still be read of the signer: never trusted. */
  readonly claimedTime?: Date;
}

/** What may stand beside the file: one content, its SHA-256 alone, or files by the names that an XML signature refers to. */
export type DetachedContent = Uint8Array | { readonly sha256: Uint8Array } | ReadonlyMap<string, Uint8Array>;

/** What a reader is told. */
export interface ReaderOptions {
  readonly content: DetachedContent | undefined;
  /** XML: the Ids of the parts that must be signed, where it is not the whole document that is expected. */
  readonly parts: readonly string[] | undefined;
}

/**
 * Reads all signatures of a file. Throws {@link Refusal} for a file that as such can't be taken; what concerns one signature comes as
 * a {@link RefusedSignature}. Nothing else is ever thrown, and every file ends in bounded time. At least one comes back.
 */
export type SignatureReader = (
  file: Uint8Array,
  options: ReaderOptions,
) => Promise<readonly (FoundSignature | RefusedSignature)[]>;
