import * as v from "valibot";
import { PAGE_ENDINGS } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { challengeSchema } from "./fields.ts";
import { authenticationTokenSchema, signResultSchema } from "./page-messages.ts";

/**
 * Ceremony window ⇄ bridge, on the port that the window opens with `tabs.connect(tab, { documentId })` to the document that the
 * broker judged. Documents arrive here straight from the page, past the broker.
 */

/** The name of that port: the bridge accepts it for a call that it made itself, and only once. */
export const ceremonyPortName = (callId: string): string => `ceremony/${callId}`;

const lang = v.optional(v.pipe(v.string(), v.maxLength(LIMITS.languageTagCharacters)));
const shortText = v.pipe(v.string(), v.maxLength(64));

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
    purpose: v.optional(v.pipe(v.string(), v.maxLength(LIMITS.purposeCharacters * 2))),
    documents: v.pipe(
      v.array(
        v.strictObject({
          name: v.pipe(v.string(), v.maxLength(LIMITS.documentNameCharacters * 2)),
          type: v.pipe(v.string(), v.maxLength(LIMITS.mediaTypeCharacters)),
          format: shortText,
          profile: v.optional(shortText),
          packaging: v.optional(shortText),
          bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.documentBytesPerCall)),
        }),
      ),
      v.minLength(1),
      v.maxLength(LIMITS.documentsPerCall),
      v.check((documents) => documents.reduce((sum, { bytes }) => sum + bytes, 0) <= LIMITS.documentBytesPerCall),
    ),
  }),
]);
/** See {@link ceremonyRequestSchema}. */
export type CeremonyRequest = v.InferOutput<typeof ceremonyRequestSchema>;

/** A longer challenge is cut to this: still malformed, and no burden. */
export const OVERLONG = LIMITS.challengeCharacters.max + 1;

/** Bridge to ceremony window: `request` first, then the pieces of every document in order. */
export const bridgeToCeremonySchema = v.variant("type", [
  v.strictObject({ type: v.literal("request"), request: ceremonyRequestSchema }),
  v.strictObject({ type: v.literal("piece"), document: v.number(), bytes: v.instance(ArrayBuffer) }),
  /** The late challenge. It is the site's: parsed again with the challenge's own schema before use. */
  v.strictObject({ type: v.literal("challenge"), challenge: v.pipe(v.string(), v.maxLength(OVERLONG)) }),
  v.strictObject({ type: v.literal("challenge-failed") }),
  v.strictObject({ type: v.literal("abort") }),
]);
/** See {@link bridgeToCeremonySchema}. */
export type BridgeToCeremony = v.InferOutput<typeof bridgeToCeremonySchema>;

/** Ceremony window to bridge. The port's end without an `end` or a result counts as `dismissed`. */
export const ceremonyToBridgeSchema = v.variant("type", [
  v.strictObject({ type: v.literal("challenge-request") }),
  v.strictObject({ type: v.literal("token"), token: authenticationTokenSchema }),
  v.strictObject({ type: v.literal("signatures"), result: signResultSchema }),
  /** What the page is told if the window closes from now on without a result (a missing host: `failed`). */
  v.strictObject({ type: v.literal("ending"), ending: v.picklist(PAGE_ENDINGS) }),
  v.strictObject({ type: v.literal("end"), ending: v.picklist(PAGE_ENDINGS) }),
]);
/** See {@link ceremonyToBridgeSchema}. */
export type CeremonyToBridge = v.InferOutput<typeof ceremonyToBridgeSchema>;
