/** Sizes and times that every hop enforces before it parses. Units are in the names. */
export const LIMITS = {
  /** Documents of one `sign()` call, all together. */
  documentBytesPerCall: 64 * 1024 * 1024,
  /** One `tabs.connect` message carries at most this much of a document. */
  documentPieceBytes: 8 * 1024 * 1024,
  documentsPerCall: 100,
  /** The site's own words, in code points; longer is a TypeError, never cut. */
  documentNameCharacters: 255,
  purposeCharacters: 200,
  mediaTypeCharacters: 127,
  languageTagCharacters: 35,
  /** Base64 text of 256 bits and more (Web eID: 44 to 128 characters). */
  challengeCharacters: { min: 44, max: 128 },
  originCharacters: 255,
  /** One native messaging frame from the extension: far above any message, far below what hurts. */
  hostFrameBytes: 64 * 1024,
  /** Calls of one document that may wait at the same time; the next is answered `busy`. */
  pendingCallsPerDocument: 16,
  /** After the window opened or got the focus back, its buttons do nothing for this long (a click meant for something else). */
  inertMilliseconds: 500,
  /** The host ends an unlocked card session that nobody uses, so that it is never open while a human thinks. */
  unlockedIdleMilliseconds: 10_000,
  /** The page's call to the bridge is acknowledged within this time, or the extension is gone. */
  acknowledgeMilliseconds: 2_000,
} as const;
