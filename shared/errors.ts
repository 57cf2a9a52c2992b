/**
 * Everything that can stop a ceremony: a closed list of codes, grouped by who must act. Codes cross the wire; sentences are made
 * in the user's language in our own window (`extension/locales`). Adding a code without its texts, its row in docs/protocol.md
 * and its ending for the page does not build.
 */
export const FAULT_CODES = [
  // our own programs disagree: the one who sent it has a bug
  "invalid-message",
  "unknown-method",
  "message-too-large",
  "busy",
  "caller-refused",
  "internal",
  // whoever set up this computer
  "host-missing",
  "host-outdated",
  "extension-outdated",
  "host-stopped",
  "pcsc-unavailable",
  "reader-none",
  // the resident, with the card in hand
  "card-none",
  "card-unsupported",
  "card-removed",
  "card-changed",
  "card-unresponsive",
  "card-busy",
  // the resident, with what is on the card
  "pin-malformed",
  "pin-incorrect",
  "pin-blocked",
  "certificate-missing",
  "certificate-expired",
  "certificate-not-yet-valid",
  // the site
  "challenge-failed",
  "challenge-malformed",
  "page-gone",
  "document-broken",
  "document-mismatch",
  "document-unsupported",
  "document-locked",
  "document-unreadable",
  "timestamp-failed",
] as const;

/** One of {@link FAULT_CODES}. */
export type FaultCode = (typeof FAULT_CODES)[number];

/**
 * What can be wrong with a document, found before the PIN is asked: not well-formed; its octets are not what its type says; of a kind that
 * this format can't sign (a document type, an unknown reference, a missing field); encrypted or closed to changes; its file gone.
 */
export type DocumentFaultCode = Extract<FaultCode, `document-${string}`>;

/** Who must act, which also orders the screens and the table in docs/protocol.md. */
export type FaultGroup = "program" | "setup" | "card" | "credential" | "site";

/** The group of every code. */
export const FAULT_GROUPS: Readonly<Record<FaultCode, FaultGroup>> = {
  "invalid-message": "program",
  "unknown-method": "program",
  "message-too-large": "program",
  busy: "program",
  "caller-refused": "program",
  internal: "program",
  "host-missing": "setup",
  "host-outdated": "setup",
  "extension-outdated": "setup",
  "host-stopped": "setup",
  "pcsc-unavailable": "setup",
  "reader-none": "setup",
  "card-none": "card",
  "card-unsupported": "card",
  "card-removed": "card",
  "card-changed": "card",
  "card-unresponsive": "card",
  "card-busy": "card",
  "pin-malformed": "credential",
  "pin-incorrect": "credential",
  "pin-blocked": "credential",
  "certificate-missing": "credential",
  "certificate-expired": "credential",
  "certificate-not-yet-valid": "credential",
  "challenge-failed": "site",
  "challenge-malformed": "site",
  "page-gone": "site",
  "document-broken": "site",
  "document-mismatch": "site",
  "document-unsupported": "site",
  "document-locked": "site",
  "document-unreadable": "site",
  "timestamp-failed": "site",
};

/**
 * How a ceremony ends for the page. The page can't tell the resident, the card, the PIN and the reader apart: all of that is
 * `dismissed`. `failed` is a crash, or a missing host with the window closed before it was mended.
 */
export const PAGE_ENDINGS = ["dismissed", "other-means", "failed", "data", "unsupported", "unreadable"] as const;

/** One of {@link PAGE_ENDINGS}. */
export type PageEnding = (typeof PAGE_ENDINGS)[number];

/** How the ceremony ends for the page when the resident closes the window in front of this fault. */
export const FAULT_ENDINGS: Readonly<Record<FaultCode, PageEnding>> = {
  "invalid-message": "failed",
  "unknown-method": "failed",
  "message-too-large": "failed",
  busy: "failed",
  "caller-refused": "failed",
  internal: "failed",
  "host-missing": "failed",
  "host-outdated": "failed",
  "extension-outdated": "failed",
  "host-stopped": "failed",
  "pcsc-unavailable": "dismissed",
  "reader-none": "dismissed",
  "card-none": "dismissed",
  "card-unsupported": "dismissed",
  "card-removed": "dismissed",
  "card-changed": "dismissed",
  "card-unresponsive": "dismissed",
  "card-busy": "dismissed",
  "pin-malformed": "dismissed",
  "pin-incorrect": "dismissed",
  "pin-blocked": "dismissed",
  "certificate-missing": "dismissed",
  "certificate-expired": "dismissed",
  "certificate-not-yet-valid": "dismissed",
  "challenge-failed": "dismissed",
  "challenge-malformed": "dismissed",
  "page-gone": "dismissed",
  "document-broken": "data",
  "document-mismatch": "data",
  "document-unsupported": "unsupported",
  "document-locked": "unsupported",
  "document-unreadable": "unreadable",
  "timestamp-failed": "dismissed",
};
