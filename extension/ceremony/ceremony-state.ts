import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { DocumentFaultCode, FaultCode } from "../../shared/errors.ts";
import type { CeremonyRequest, CeremonyToBridge } from "../../shared/protocol/ceremony-messages.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import type { Attributes, AuthenticationToken, SignResult } from "../../shared/protocol/page-messages.ts";
import type { ResolvedFormat } from "../../shared/protocol/signing-formats.ts";
import type { Bytes } from "../../formats/der/der.ts";
import type { OpenedDocument, PdfOptions, XmlOptions } from "../signature/signature-builder.ts";
import type { Validity, ValidityVerdict } from "./certificate-validity.ts";
import type { DocumentContent } from "../document-view/document-content.ts";

/**
 * One file of a signing request, in the order of the request: a document, or (with `partOf`) a file that another document's
 * signature covers too. What was received is there once all pieces have arrived.
 */
export interface WindowDocument {
  readonly name: string;
  readonly type: string;
  readonly format: ResolvedFormat;
  readonly xml: XmlOptions | undefined;
  readonly pdf: PdfOptions | undefined;
  /** Index of the document whose signature covers this file. */
  readonly partOf: number | undefined;
  /** As announced, in octets; 0 for a digest. */
  readonly size: number;
  /** How its octets come: held and shown; hashed as they are read and not shown; never, there is only a digest. */
  readonly delivery: "held" | "streamed" | "digest";
  /** Octets that have come so far, and how long that took, in milliseconds. */
  readonly progress: { readonly octets: number; readonly milliseconds: number };
  readonly received?: {
    /** Only where they are held. */
    readonly bytes: Bytes | undefined;
    /** SHA-256, lower-case hexadecimal. */
    readonly digest: string;
    readonly content: DocumentContent;
  };
  /** The document can be signed as asked (`signature/`); never for files that are part of another. */
  readonly opened?: OpenedDocument;
  /** The resident had it on the screen. */
  readonly seen: boolean;
  /** The resident wants it signed. A single document is taken along by going on; of several, each is ticked. */
  readonly ticked: boolean;
}

/** A finished signature file, for the resident's own copy. */
export interface SignedFile {
  readonly name: string;
  readonly type: string;
  readonly file: Uint8Array<ArrayBuffer>;
  /** Index of its document. */
  readonly document: number;
}

/** A certificate's days and what today says about them. */
export interface JudgedValidity extends Validity {
  readonly verdict: ValidityVerdict;
}

/** What is known of the card in place. */
export interface ReadyCard {
  /** Counts insertions; sent back with the PIN, so that the host refuses any other card. */
  readonly card: number;
  readonly attemptsRemaining: number;
  /** Of the authentication certificate, where the card gives it before the PIN. */
  readonly validity: JudgedValidity | undefined;
}

/** Where the ceremony stands. Screens follow from this together with host and card, see `ceremony-screen.ts`. */
export type Phase =
  | { readonly name: "opening" }
  | { readonly name: "review" }
  | {
      readonly name: "pin";
      readonly lastTryAccepted: boolean;
      readonly problem: "pin.incorrect" | "pin.malformed" | undefined;
      /** A card was here and is gone. */
      readonly lost: boolean;
    }
  | {
      readonly name: "working";
      readonly step: "challenge" | "card" | "timestamp";
      /** The card that the resident saw when typing. */
      readonly card: number;
      readonly seconds: 0 | 5 | 15;
      readonly signed: number;
      /** The site's challenge, for the proof of `readAttributes`. */
      readonly challenge: string | undefined;
    }
  /** Something broke the work off that the resident can mend; the PIN is asked again. */
  | { readonly name: "interrupted"; readonly code: FaultCode; readonly card: number | undefined }
  /** All is signed and the card may go, but the site's timestamp did not come: it can be asked for again, without a PIN. */
  | { readonly name: "timestamp-lacking"; readonly working: Extract<Phase, { name: "working" }> }
  | {
      readonly name: "stopped";
      readonly code: FaultCode;
      readonly date: number | undefined;
      /** The document that it is about, and a note in English for whoever debugs the site. */
      readonly document?: number;
      readonly detail?: string;
    }
  | {
      readonly name: "done";
      readonly at: number;
      readonly files: readonly SignedFile[];
      /** Documents that were to be signed and are not, because something broke the work off; the page is told the same. */
      readonly unsigned: readonly number[];
      /** What broke it off. */
      readonly broken: FaultCode | undefined;
      /** What was handed over of the certificate, by `readAttributes`. */
      readonly attributes: Attributes | undefined;
      readonly validity: JudgedValidity | undefined;
    }
  | { readonly name: "ended" };

/** All that the window knows. The PIN is not here: it is in the field, or in the runner's hand on its way to the host. */
export interface CeremonyState {
  readonly record: CeremonyRecord | undefined;
  readonly request: CeremonyRequest | undefined;
  readonly documents: readonly WindowDocument[];
  /** Index of the document on the screen, of several. */
  readonly shown: number;
  readonly host: { readonly status: "connecting" | "open" } | { readonly status: "fault"; readonly code: FaultCode };
  readonly card: CardState | undefined;
  readonly ready: ReadyCard | undefined;
  /** A virtual card, or a certificate of a test authority, was seen: TEST CARD on every screen from then on. */
  readonly test: boolean;
  /** Counts submitted PINs, so that a late answer to an earlier one is told apart. */
  readonly attempt: number;
  readonly phase: Phase;
}

/** What can happen. `at` is the clock, in milliseconds since 1970. */
export type CeremonyEvent =
  | { readonly type: "record"; readonly record: CeremonyRecord | undefined }
  | { readonly type: "request"; readonly request: CeremonyRequest }
  | { readonly type: "document-progress"; readonly index: number; readonly progress: WindowDocument["progress"] }
  | { readonly type: "document"; readonly index: number; readonly received: NonNullable<WindowDocument["received"]> }
  | { readonly type: "document-opened"; readonly index: number; readonly opened: OpenedDocument }
  | {
      readonly type: "document-refused";
      readonly index: number;
      readonly code: DocumentFaultCode;
      readonly detail: string;
    }
  | { readonly type: "show-document"; readonly index: number }
  | { readonly type: "tick-document"; readonly index: number; readonly ticked: boolean }
  | { readonly type: "host-open"; readonly test: boolean }
  | { readonly type: "host-fault"; readonly code: FaultCode }
  | { readonly type: "card"; readonly state: CardState; readonly validity: Validity | undefined; readonly at: number }
  | { readonly type: "challenge"; readonly attempt: number; readonly challenge: string }
  | {
      readonly type: "authenticated";
      readonly attempt: number;
      readonly token: AuthenticationToken;
      readonly validity: Validity | undefined;
      readonly at: number;
    }
  | {
      readonly type: "unlocked";
      readonly attempt: number;
      readonly certificate: Uint8Array<ArrayBuffer>;
      readonly validity: Validity | undefined;
      readonly at: number;
    }
  | { readonly type: "document-signed"; readonly attempt: number; readonly count: number }
  /** The card's work is done, or was broken off behind the first signature; the files are not finished yet. */
  | { readonly type: "card-signed"; readonly attempt: number; readonly timestamps: boolean }
  | { readonly type: "timestamp-refused"; readonly attempt: number }
  | {
      readonly type: "signed";
      readonly attempt: number;
      readonly files: readonly SignedFile[];
      readonly unsigned: readonly number[];
      readonly broken: FaultCode | undefined;
      readonly result: SignResult;
      readonly validity: Validity | undefined;
      readonly at: number;
    }
  | {
      readonly type: "attributes-read";
      readonly attempt: number;
      readonly attributes: Attributes;
      readonly validity: Validity | undefined;
      readonly at: number;
    }
  | {
      readonly type: "refused";
      readonly attempt: number;
      readonly code: FaultCode;
      readonly attemptsRemaining: number | undefined;
    }
  | { readonly type: "working-for"; readonly attempt: number; readonly seconds: 5 | 15 }
  | { readonly type: "page-gone" }
  | { readonly type: UserAction };

/** What the resident does. The PIN itself goes past the machine. */
export type UserAction = "next" | "accept-last-try" | "pin-submitted" | "retry" | "cancel" | "other-means" | "close";

/** What the machine asks the runner to do. */
export type CeremonyEffect =
  | { readonly type: "open-host" | "retry-host" | "close-host" | "forget-pin" | "close-window" | "tell-finished" }
  | { readonly type: "watch"; readonly key: KeyName; readonly origin: string }
  | { readonly type: "request-challenge" | "time-working"; readonly attempt: number }
  | { readonly type: "authenticate"; readonly attempt: number; readonly card: number; readonly challenge: string }
  | { readonly type: "unlock"; readonly attempt: number; readonly card: number }
  | { readonly type: "open-document"; readonly index: number }
  | {
      readonly type: "sign" | "read-attributes";
      readonly attempt: number;
      readonly certificate: Uint8Array<ArrayBuffer>;
      readonly validity: Validity | undefined;
      readonly challenge: string | undefined;
    }
  /** Asks for the timestamps that are lacking, and finishes the files. */
  | { readonly type: "finish-files"; readonly attempt: number }
  | { readonly type: "deliver"; readonly files: readonly SignedFile[]; readonly result: SignResult }
  | { readonly type: "send"; readonly message: CeremonyToBridge };

/** A window that has just opened: the host is being started while its record is read. */
export const INITIAL_STATE: CeremonyState = {
  record: undefined,
  request: undefined,
  documents: [],
  shown: 0,
  host: { status: "connecting" },
  card: undefined,
  ready: undefined,
  test: false,
  attempt: 0,
  phase: { name: "opening" },
};

/** The key that the operation needs. */
export const keyOf = (operation: CeremonyRecord["operation"]): KeyName =>
  operation === "authenticate" ? "authentication" : "signing";
