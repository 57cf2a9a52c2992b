/**
 * The values of `LIMITS` (`limits.ts`), a constant each, so that a bundle carries only those that it uses: every approved page loads
 * two of the bundles.
 */

/** A document up to this size is held, shown and signed as the same octets; a larger one is hashed as it is read, and not shown. */
export const shownDocumentBytes = 64 * 1024 * 1024;
/** Documents of one `sign()` call that are held at the same time, all together. */
export const heldBytesPerCall = 128 * 1024 * 1024;
/** Documents of one `sign()` call, all together, those that are only hashed included. */
export const documentBytesPerCall = 4 * 1024 * 1024 * 1024;
/** One message between bridge and window carries at most this much of a document or of a signature file. */
export const documentPieceBytes = 4 * 1024 * 1024;
/** Pieces that may be under way to the window: what a document of any size takes in memory. */
export const piecesAhead = 2;
/** The most documents that one call may bring. */
export const documentsPerCall = 100;
/** The most files that one XML signature may cover besides its document. */
export const referencesPerDocument = 100;
/** Files of one call, referenced ones included. */
export const filesPerCall = 200;
/** The site's own words, in code points; longer is a TypeError, never cut. */
export const documentNameCharacters = 255;
/** See {@link documentNameCharacters}. */
export const purposeCharacters = 200;
/** Reason, place and field of a PDF signature, ID of an XML element; see {@link documentNameCharacters}. */
export const optionCharacters = 200;
/** See {@link documentNameCharacters}; in UTF-16 units. */
export const mediaTypeCharacters = 127;
/** See {@link documentNameCharacters}; in UTF-16 units. */
export const languageTagCharacters = 35;
/** Base64 text of 256 bits and more (Web eID: 44 to 128 characters). */
export const challengeCharacters = { min: 44, max: 128 } as const;
/** A TimeStampReq or TimeStampResp of RFC 3161; both are a few kilobytes. */
export const timestampBytes = 64 * 1024;
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
