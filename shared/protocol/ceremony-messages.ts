import * as v from "valibot";
import { PAGE_ENDINGS } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { attributeNamesSchema, fileWordsEntries, formatEntries } from "./document-options.ts";
import { challengeSchema } from "./fields.ts";
import { attributesSchema, authenticationTokenSchema, signResultSchema } from "./page-messages.ts";

/**
 * Ceremony window ⇄ bridge, on the port that the window opens with `tabs.connect(tab, { documentId })` to the document that the
 * broker judged. Documents arrive here straight from the page, past the broker.
 */

/** The name of that port: the bridge accepts it for a call that it made itself, and only once. */
export const ceremonyPortName = (callId: string): string => `ceremony/${callId}`;

const lang = v.optional(v.pipe(v.string(), v.maxLength(LIMITS.languageTagCharacters)));
const purpose = v.pipe(v.string(), v.maxLength(LIMITS.purposeCharacters * 2));
const octets = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.documentBytesPerCall));

/** One file of a signing request: a document, or a file that the signature of the document `partOf` covers too. */
const requestFileSchema = v.strictObject({
  ...fileWordsEntries,
  ...formatEntries,
  /** Index of a document that stands before it in the list. */
  partOf: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Size of the octets that follow in pieces; 0 with a digest. */
  bytes: octets,
  /** SHA-256, in place of octets: blind signing. */
  digest: v.optional(v.instance(ArrayBuffer)),
});

/** What the resident is asked for. Sizes are announced first; the bytes follow in pieces. */
export const ceremonyRequestSchema = v.variant("operation", [
  v.strictObject({
    operation: v.literal("authenticate"),
    lang,
    challenge: v.nullable(challengeSchema),
  }),
  v.strictObject({
    operation: v.literal("sign"),
    lang,
    purpose: v.optional(purpose),
    timestamp: v.boolean(),
    documents: v.pipe(
      v.array(requestFileSchema),
      v.minLength(1),
      v.maxLength(LIMITS.filesPerCall),
      v.check((files) => files.reduce((sum, { bytes }) => sum + bytes, 0) <= LIMITS.documentBytesPerCall),
      v.check((files) => files.every(({ digest }) => digest === undefined || digest.byteLength === 32)),
      v.check((files) =>
        files.every(
          ({ partOf }, index) => partOf === undefined || (partOf < index && files[partOf]?.partOf === undefined),
        ),
      ),
    ),
  }),
  v.strictObject({
    operation: v.literal("readAttributes"),
    lang,
    purpose,
    attributes: attributeNamesSchema,
    challenge: v.optional(v.nullable(challengeSchema)),
  }),
]);
/** See {@link ceremonyRequestSchema}. */
export type CeremonyRequest = v.InferOutput<typeof ceremonyRequestSchema>;

/** A longer challenge is cut to this: still malformed, and no burden. */
export const OVERLONG = LIMITS.challengeCharacters.max + 1;

/** Bridge to ceremony window: `request` first, then the pieces of every file in order, `LIMITS.piecesAhead` of them ahead. */
export const bridgeToCeremonySchema = v.variant("type", [
  v.strictObject({ type: v.literal("request"), request: ceremonyRequestSchema }),
  v.strictObject({ type: v.literal("piece"), document: v.number(), bytes: v.instance(ArrayBuffer) }),
  /** The late challenge. It is the site's: parsed again with the challenge's own schema before use. */
  v.strictObject({ type: v.literal("challenge"), challenge: v.pipe(v.string(), v.maxLength(OVERLONG)) }),
  v.strictObject({ type: v.literal("challenge-failed") }),
  /** A TimeStampResp. It is the site's: parsed and checked before use. */
  v.strictObject({ type: v.literal("timestamp"), response: v.instance(ArrayBuffer) }),
  v.strictObject({ type: v.literal("timestamp-failed") }),
  /** The file behind a `Blob` was changed or removed while it was read: the window answers `refused`. */
  v.strictObject({ type: v.literal("unreadable"), document: v.number() }),
  v.strictObject({ type: v.literal("abort") }),
]);
/** See {@link bridgeToCeremonySchema}. */
export type BridgeToCeremony = v.InferOutput<typeof bridgeToCeremonySchema>;

/** Ceremony window to bridge. The port's end without an `end` or a result counts as `dismissed`. */
export const ceremonyToBridgeSchema = v.variant("type", [
  /** A piece is digested: the next may come. */
  v.strictObject({ type: v.literal("piece-taken") }),
  v.strictObject({ type: v.literal("challenge-request") }),
  v.strictObject({ type: v.literal("timestamp-request"), request: v.instance(ArrayBuffer) }),
  v.strictObject({ type: v.literal("token"), token: authenticationTokenSchema }),
  /** A part of a signature file, in order; `signatures` follows when all of them went. */
  v.strictObject({
    type: v.literal("file-piece"),
    signature: v.pipe(v.number(), v.finite()),
    bytes: v.instance(ArrayBuffer),
  }),
  v.strictObject({ type: v.literal("signatures"), result: signResultSchema }),
  v.strictObject({ type: v.literal("attributes"), result: attributesSchema }),
  /** What the page is told if the window closes from now on without a result (a missing host: `failed`). */
  v.strictObject({ type: v.literal("ending"), ending: v.picklist(PAGE_ENDINGS) }),
  v.strictObject({ type: v.literal("end"), ending: v.picklist(PAGE_ENDINGS) }),
  /** The same for the page, but the window stays open for the resident to read why. */
  v.strictObject({ type: v.literal("refused"), ending: v.picklist(PAGE_ENDINGS) }),
]);
/** See {@link ceremonyToBridgeSchema}. */
export type CeremonyToBridge = v.InferOutput<typeof ceremonyToBridgeSchema>;
