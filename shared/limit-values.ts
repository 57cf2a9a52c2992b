/**
 * The values of `LIMITS` (`limits.ts`), a constant each, so that a bundle carries only those that it uses: every approved page loads
 * two of the bundles.
 */

/** Documents of one `sign()` call, all together. */
export const documentBytesPerCall = 64 * 1024 * 1024;
/** One `tabs.connect` message carries at most this much of a document. */
export const documentPieceBytes = 8 * 1024 * 1024;
/** The most documents that one call may bring. */
export const documentsPerCall = 100;
/** The site's own words, in code points; longer is a TypeError, never cut. */
export const documentNameCharacters = 255;
/** See {@link documentNameCharacters}. */
export const purposeCharacters = 200;
/** See {@link documentNameCharacters}; in UTF-16 units. */
export const mediaTypeCharacters = 127;
/** See {@link documentNameCharacters}; in UTF-16 units. */
export const languageTagCharacters = 35;
/** Base64 text of 256 bits and more (Web eID: 44 to 128 characters). */
export const challengeCharacters = { min: 44, max: 128 } as const;
/** A serialised origin. */
export const originCharacters = 255;
/** One native messaging frame from the extension: far above any message, far below what hurts. */
export const hostFrameBytes = 64 * 1024;
/** Calls of one document that may wait at the same time; the next is answered `busy`. */
export const pendingCallsPerDocument = 16;
/** After the window opened or got the focus back, its buttons do nothing for this long (a click meant for something else). */
export const inertMilliseconds = 500;
/** The host ends an unlocked card session that nobody uses, so that it is never open while a human thinks. */
export const unlockedIdleMilliseconds = 10_000;
/** The page's call to the bridge is acknowledged within this time, or the extension is gone. */
export const acknowledgeMilliseconds = 2_000;
