/** Everything that the doctor can find, in the order in which it looks. */
export const FINDING_CODES = [
  "node-ok",
  "node-old",
  "host-ok",
  "host-missing",
  "launcher-ok",
  "launcher-missing",
  "launcher-not-executable",
  "launcher-outdated",
  "launcher-fails",
  "manifest-ok",
  "manifest-missing",
  "manifest-unreadable",
  "manifest-other-extension",
  "manifest-other-launcher",
  "browser-none",
  "browser-sandboxed",
  "virtual-card",
  "pcsc-ok",
  "pcsc-unavailable",
  "reader-ok",
  "reader-none",
  "card-ok",
  "card-none",
  "card-unresponsive",
  "card-busy",
  "card-unsupported",
  "attempts-authentication",
  "attempts-signing",
  "blocked-authentication",
  "blocked-signing",
  "signing-missing",
  "card-test",
  "card-real",
] as const;

/** One of {@link FINDING_CODES}. */
export type FindingCode = (typeof FINDING_CODES)[number];

/** `missing`: the road ends here until somebody does something. `note`: it may matter. */
export type FindingLevel = "ok" | "note" | "missing";

/** The weight of every finding. */
export const FINDING_LEVELS: Readonly<Record<FindingCode, FindingLevel>> = {
  "node-ok": "ok",
  "node-old": "missing",
  "host-ok": "ok",
  "host-missing": "missing",
  "launcher-ok": "ok",
  "launcher-missing": "missing",
  "launcher-not-executable": "missing",
  "launcher-outdated": "missing",
  "launcher-fails": "missing",
  "manifest-ok": "ok",
  "manifest-missing": "missing",
  "manifest-unreadable": "missing",
  "manifest-other-extension": "missing",
  "manifest-other-launcher": "missing",
  "browser-none": "note",
  "browser-sandboxed": "note",
  "virtual-card": "note",
  "pcsc-ok": "ok",
  "pcsc-unavailable": "missing",
  "reader-ok": "ok",
  "reader-none": "missing",
  "card-ok": "ok",
  "card-none": "missing",
  "card-unresponsive": "missing",
  "card-busy": "missing",
  "card-unsupported": "missing",
  "attempts-authentication": "ok",
  "attempts-signing": "ok",
  "blocked-authentication": "missing",
  "blocked-signing": "missing",
  "signing-missing": "note",
  "card-test": "note",
  "card-real": "ok",
};

/** One thing that the doctor looked at. */
export interface Finding {
  readonly code: FindingCode;
  /** What it is about: a browser, a file, a reader, a version. Nothing of the card's holder. */
  readonly subject?: string;
  /** Tries left. */
  readonly count?: number;
}

/** A finding, built in one line. */
export const finding = (code: FindingCode, subject?: string): Finding =>
  subject === undefined ? { code } : { code, subject };
