import type { ResolvedFormat } from "../../shared/protocol/signing-formats.ts";
import type { Bytes } from "../../formats/der/der.ts";

/**
 * The seam between documents and the card. Every format is three steps, and the card stands between the second and the third:
 *
 * 1. **open** (while the resident reads): parse and check the document; nothing is known of the signer yet. What can't be signed is
 *    refused here, before a PIN is typed.
 * 2. **prepare** (the card is unlocked, so the certificate is known): everything that is digested is fixed. Must be quick: the card waits.
 * 3. **finish** (the card is left already): the signature, and the timestamp if there is one, are put in.
 */

/** A file that a signature covers, by its octets, or by its digest alone where they are too many or were never given. */
export interface SourceFile {
  /** The site's name for it; also what a detached XML reference points to. */
  readonly name: string;
  /** Media type as declared, already found to be true. */
  readonly type: string;
  /** Never changed by anybody: the very octets that the window shows. */
  readonly bytes: Bytes | undefined;
  /** SHA-256 of the file's octets. */
  readonly digest: Bytes;
}

/** `JpkiXmlOptions` of docs/api.webidl. */
export interface XmlOptions {
  /** Algorithm URI of the canonicalisation of reference and SignedInfo; the format's own choice when absent. */
  readonly canonicalization?: string | undefined;
  /** The value of the ID attribute of the element to sign; the whole document when absent. */
  readonly target?: string | undefined;
}

/** `JpkiPdfStamp`: where the visible stamp goes, in points from the page's lower left corner as it is displayed. */
export interface PdfStamp {
  /** Counted from 1. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `JpkiPdfOptions` of docs/api.webidl. */
export interface PdfOptions {
  /** Full name of an existing empty signature field to fill; a new invisible field when absent. */
  readonly field?: string | undefined;
  readonly reason?: string | undefined;
  readonly location?: string | undefined;
  readonly stamp?: PdfStamp | undefined;
}

/** One document and what it is to become. */
export interface SignatureSource extends ResolvedFormat {
  readonly file: SourceFile;
  /** Further files that an XML signature covers by reference; empty for every other format. */
  readonly references: readonly SourceFile[];
  readonly xml?: XmlOptions | undefined;
  readonly pdf?: PdfOptions | undefined;
  /** A timestamp will be put in: room for it is needed. Only for formats that have a place for one. */
  readonly timestamped: boolean;
}

/** Who signs, and when. */
export interface Signer {
  /** The signing certificate, DER. */
  readonly certificate: Bytes;
  readonly signingTime: Date;
}

/** A finished signature file. */
export interface SignatureFile {
  readonly file: Bytes;
  /** Its media type. */
  readonly type: string;
  /** A name for it, from the document's: `plan.pdf` → `plan.signed.pdf`, `a.txt` → `a.txt.p7s`. */
  readonly name: string;
}

/** What the card signs, and what becomes of it. */
export interface PreparedSignature {
  /** SHA-256 digest for the card; 32 octets. */
  readonly toBeSigned: Bytes;
  /** SHA-256 imprint for the timestamp over this signature value (RFC 3161, 2.4.1); where the format has a place for one, asked for or not. */
  readonly timestampImprint?: (signature: Bytes) => Promise<Bytes>;
  /** Puts the card's RSASSA-PKCS1-v1_5 signature in, and a DER TimeStampToken where one was announced. */
  readonly finish: (signature: Bytes, timestampToken?: Bytes) => Promise<SignatureFile>;
}

/** A part of a text document, as offsets in UTF-16 units of its decoded text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A document that can be signed. */
export interface OpenedDocument {
  /** The part of an XML document that the signature covers, where that is not all of it: the window marks it. */
  readonly covered?: TextRange | undefined;
  /** May be called again, with another signer, after a failure. */
  readonly prepare: (signer: Signer) => Promise<PreparedSignature>;
}

/** One format. Rejects with `DocumentFault` when the document can't be signed as asked. */
export type OpenDocument = (source: SignatureSource) => Promise<OpenedDocument>;
