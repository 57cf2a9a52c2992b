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

/** What the resident is asked for. Sizes are announced first; the bytes follow in pieces. */
export const ceremonyRequestSchema = v.variant("operation", [
  v.strictObject({
    operation: v.literal("authenticate"),
    lang: v.optional(v.string()),
    challenge: v.nullable(challengeSchema),
  }),
  v.strictObject({
    operation: v.literal("sign"),
    lang: v.optional(v.string()),
    purpose: v.optional(v.string()),
    documents: v.array(
      v.strictObject({
        name: v.string(),
        type: v.string(),
        format: v.string(),
        profile: v.optional(v.string()),
        packaging: v.optional(v.string()),
        bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.documentBytesPerCall)),
      }),
    ),
  }),
]);
/** See {@link ceremonyRequestSchema}. */
export type CeremonyRequest = v.InferOutput<typeof ceremonyRequestSchema>;

/** Bridge to ceremony window: `request` first, then the pieces of every document in order. */
export const bridgeToCeremonySchema = v.variant("type", [
  v.strictObject({ type: v.literal("request"), request: ceremonyRequestSchema }),
  v.strictObject({ type: v.literal("piece"), document: v.number(), bytes: v.instance(ArrayBuffer) }),
  /** The late challenge. It is the site's: parsed again with the challenge's own schema before use. */
  v.strictObject({ type: v.literal("challenge"), challenge: v.string() }),
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
