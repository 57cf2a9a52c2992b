import * as v from "valibot";
import { FAULT_CODES } from "../errors.ts";
import { base64Schema, challengeSchema, keySchema, originSchema } from "./fields.ts";

/**
 * Ceremony window ⇄ native host, one JSON message a frame (docs/protocol.md has the order).
 *
 * The host speaks first (`hello`). `watch` begins the ceremony and names origin and key once; from then on the host reports the
 * card in events. The PIN is not in this file's JSON grammar: it travels in a frame of its own (`pin-frame.ts`), just before
 * `authenticate` or `unlock`.
 */
export const watchParamsSchema = v.strictObject({ key: keySchema, origin: originSchema });

/** `card` is the number of the card that the resident saw when typing: another card is refused before any try is spent. */
export const authenticateParamsSchema = v.strictObject({ card: v.number(), challenge: challengeSchema });
/** VERIFY with the signing PIN; the answer brings the certificate that the signature file needs before it can be digested. */
export const unlockParamsSchema = v.strictObject({ card: v.number() });
/** SHA-256 digests for the signing key, in order; only in an unlocked session. There is no such message for the login key. */
export const signParamsSchema = v.strictObject({
  digests: v.pipe(v.array(base64Schema(32)), v.minLength(1), v.maxLength(100)),
});
/** Leave the card without PIN state and let go of it. */
export const finishParamsSchema = v.strictObject({});

const requestId = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What the ceremony window sends (the PIN frame aside). */
export const hostRequestSchema = v.variant("method", [
  v.strictObject({ id: requestId, method: v.literal("watch"), params: watchParamsSchema }),
  v.strictObject({ id: requestId, method: v.literal("authenticate"), params: authenticateParamsSchema }),
  v.strictObject({ id: requestId, method: v.literal("unlock"), params: unlockParamsSchema }),
  v.strictObject({ id: requestId, method: v.literal("sign"), params: signParamsSchema }),
  v.strictObject({ id: requestId, method: v.literal("finish"), params: finishParamsSchema }),
]);
/** See {@link hostRequestSchema}. */
export type HostRequest = v.InferOutput<typeof hostRequestSchema>;
/** The methods of the host, without the PIN frame. */
export type HostMethod = HostRequest["method"];
/** The parameters of one method. */
export type HostParams<M extends HostMethod> = Extract<HostRequest, { method: M }>["params"];

const certificateSchema = base64Schema(8 * 1024);
const signatureSchema = base64Schema(1024);

/** The result of every method; a method without a row here does not compile. */
export const hostResultSchemas = {
  watch: v.strictObject({}),
  /** RSASSA-PKCS1-v1_5 with SHA-256 over `SHA-256(origin) ‖ SHA-256(challenge)`; the authentication certificate, DER. */
  authenticate: v.strictObject({
    algorithm: v.literal("RS256"),
    certificate: certificateSchema,
    signature: signatureSchema,
  }),
  /** The signing certificate, DER. */
  unlock: v.strictObject({ certificate: certificateSchema }),
  /** RSASSA-PKCS1-v1_5 signatures over the digests, in their order. */
  sign: v.strictObject({ signatures: v.array(signatureSchema) }),
  finish: v.strictObject({}),
} as const satisfies Record<HostMethod, v.GenericSchema>;
/** The result of one method. */
export type HostResult<M extends HostMethod> = v.InferOutput<(typeof hostResultSchemas)[M]>;

/** What lies on the reader, as far as the ceremony needs it. A new `ready` (with another number) follows every insertion. */
export const cardStateSchema = v.variant("status", [
  v.strictObject({ status: v.literal("pcsc-unavailable") }),
  v.strictObject({ status: v.literal("reader-none") }),
  v.strictObject({ status: v.literal("card-none") }),
  v.strictObject({ status: v.literal("card-unsupported") }),
  /** A card is there and is being asked. */
  v.strictObject({ status: v.literal("reading") }),
  /** There, but does not answer properly (badly placed, mute, electrically silent), or another program keeps it. */
  v.strictObject({ status: v.picklist(["card-unresponsive", "card-busy"]) }),
  /** The card has no signing key or certificate (under 15 years of age), seen before the PIN. */
  v.strictObject({ status: v.literal("certificate-missing") }),
  v.strictObject({
    status: v.literal("ready"),
    /** Counts insertions in this process, from 1; nothing of the card itself. */
    card: v.number(),
    /** 0: blocked. */
    attemptsRemaining: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)),
    /** A virtual card, or a certificate of a test authority: the window says TEST CARD. */
    test: v.boolean(),
    /** The authentication certificate, DER, when the key is `authentication` and the card gives it before the PIN. */
    certificate: v.optional(certificateSchema),
  }),
]);
/** See {@link cardStateSchema}. */
export type CardState = v.InferOutput<typeof cardStateSchema>;

const errorSchema = v.strictObject({
  code: v.picklist(FAULT_CODES),
  /** With `pin-incorrect` only. */
  attemptsRemaining: v.optional(v.number()),
});
/** An error as the host sends it: a code, never a sentence. */
export type HostError = v.InferOutput<typeof errorSchema>;

/** What the host sends. `result` is parsed a second time with the method's own schema. */
export const hostMessageSchema = v.union([
  v.strictObject({
    event: v.literal("hello"),
    /** The host protocols that this host speaks, both ends included. */
    protocols: v.strictObject({ min: v.number(), max: v.number() }),
    version: v.pipe(v.string(), v.maxLength(32)),
    /** `virtual`: the host was started with the embedded virtual card. */
    card: v.picklist(["pcsc", "virtual"]),
  }),
  v.strictObject({ event: v.literal("card"), state: cardStateSchema }),
  /** Something was wrong with a frame that could not be answered by id; the host goes on unless the code says otherwise. */
  v.strictObject({ event: v.literal("fault"), error: errorSchema }),
  v.strictObject({ id: requestId, error: errorSchema }),
  v.strictObject({ id: requestId, result: v.unknown() }),
]);
/** See {@link hostMessageSchema}. */
export type HostMessage = v.InferOutput<typeof hostMessageSchema>;
/** The first message of every host process. */
export type HostHello = Extract<HostMessage, { event: "hello" }>;
