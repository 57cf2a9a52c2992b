/** What a PDF with its signatures may cost, beside what `formats/pdf` allows a reading. Over it: `too-large`. */
export const SIGNED_PDF_LIMITS = {
  /** Fields with a signature or a document timestamp. */
  signatures: 100,
  /** Revisions: every signature, every filled form makes one. */
  revisions: 200,
  /** How many readings of the largest file all of it may cost: the newest revision, and each signed one that later ones followed. */
  readings: 2,
  /** Cross-reference entries that are compared, and those that turn out to differ, for all signatures together. */
  compared: 20_000_000,
  moved: 1_000_000,
  /** Octets that are hashed for all signatures and timestamps together. */
  hashed: 4 * 1024 * 1024 * 1024,
  /** Differences that are listed; more say nothing new. */
  changes: 100,
} as const;
