import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { FaultCode } from "../../shared/errors.ts";
import type { CeremonyRequest, CeremonyToBridge } from "../../shared/protocol/ceremony-messages.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import type { AuthenticationToken, SignResult } from "../../shared/protocol/page-messages.ts";
import type { Validity, ValidityVerdict } from "./certificate-validity.ts";
import type { DocumentContent } from "./document-content.ts";

/** One document of a signing request; octets, digest and content are there once all pieces have arrived. */
export interface WindowDocument {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly packaging: string | undefined;
  /** As announced, in octets. */
  readonly size: number;
  readonly received?: {
    readonly bytes: Uint8Array<ArrayBuffer>;
    /** SHA-256, lower-case hexadecimal. */
    readonly digest: string;
    readonly content: DocumentContent;
  };
}

/** A finished signature file, for the resident's own copy. */
export interface SignedFile {
  readonly name: string;
  readonly type: string;
  readonly file: Uint8Array<ArrayBuffer>;
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
      readonly step: "challenge" | "card";
      /** The card that the resident saw when typing. */
      readonly card: number;
      readonly seconds: 0 | 5 | 15;
      readonly signed: number;
    }
  /** Something broke the work off that the resident can mend; the PIN is asked again. */
  | { readonly name: "interrupted"; readonly code: FaultCode; readonly card: number | undefined }
  | { readonly name: "stopped"; readonly code: FaultCode; readonly date: number | undefined }
  | {
      readonly name: "done";
      readonly at: number;
      readonly files: readonly SignedFile[];
      readonly validity: JudgedValidity | undefined;
    }
  | { readonly name: "ended" };

/** All that the window knows. The PIN is not here: it is in the field, or in the runner's hand on its way to the host. */
export interface CeremonyState {
  readonly record: CeremonyRecord | undefined;
  readonly request: CeremonyRequest | undefined;
  readonly documents: readonly WindowDocument[];
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
  | { readonly type: "document"; readonly index: number; readonly received: NonNullable<WindowDocument["received"]> }
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
  | {
      readonly type: "signed";
      readonly attempt: number;
      readonly files: readonly SignedFile[];
      readonly result: SignResult;
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
  | {
      readonly type: "sign";
      readonly attempt: number;
      readonly certificate: Uint8Array<ArrayBuffer>;
      readonly validity: Validity | undefined;
    }
  | { readonly type: "send"; readonly message: CeremonyToBridge };

/** A window that has just opened: the host is being started while its record is read. */
export const INITIAL_STATE: CeremonyState = {
  record: undefined,
  request: undefined,
  documents: [],
  host: { status: "connecting" },
  card: undefined,
  ready: undefined,
  test: false,
  attempt: 0,
  phase: { name: "opening" },
};

/** The key that the operation needs. */
export const keyOf = (operation: CeremonyRecord["operation"]): KeyName =>
  operation === "sign" ? "signing" : "authentication";
