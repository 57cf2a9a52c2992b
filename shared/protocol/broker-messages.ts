import * as v from "valibot";
import { CEREMONY_OPERATIONS } from "../approval/ceremony-record.ts";
import { LIMITS } from "../limits.ts";
import { callIdSchema } from "./fields.ts";
import { AVAILABILITIES, availabilityOptionsSchema, type PageErrorReason } from "./page-messages.ts";

/**
 * Bridge (and, with `finished`, ceremony window) ⇄ broker, one `runtime.sendMessage` each with its answer, so that the browser may stop the worker between any two.
 * Nothing here says who asks: the broker takes origin, tab, frame and document from the browser's `sender`.
 */
export const brokerRequestSchema = v.variant("type", [
  v.strictObject({ type: v.literal("availability"), options: availabilityOptionsSchema }),
  v.strictObject({
    type: v.literal("open"),
    /** Sent again with the same id when the worker was stopped before it answered. */
    id: callIdSchema,
    operation: v.picklist(CEREMONY_OPERATIONS),
    /** Of every document; empty for other operations. */
    formats: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(LIMITS.documentsPerCall)),
    /** A document is given by its digest alone: the approval must allow it. */
    blind: v.boolean(),
    /** Judged in the isolated world: a gesture that no earlier ceremony has spent. */
    activated: v.boolean(),
  }),
  /** The caller aborted, navigated away or is gone: a waiting call is forgotten, a running ceremony's window closes. */
  v.strictObject({ type: v.literal("withdraw"), id: callIdSchema }),
  /** From a ceremony window: the page has its answer. The window may stay open, for the resident's copy, and no longer counts. */
  v.strictObject({ type: v.literal("finished"), id: callIdSchema }),
]);
/** See {@link brokerRequestSchema}. */
export type BrokerRequest = v.InferOutput<typeof brokerRequestSchema>;

/** Why the broker opens no window, or what became of one that never connected. */
export const BROKER_REASONS = [
  "not-active",
  "unsupported",
  "not-allowed",
  "busy",
  "no-activation",
  "dismissed",
  "failed",
] as const satisfies readonly PageErrorReason[];
/** See {@link BROKER_REASONS}. */
export type BrokerReason = (typeof BROKER_REASONS)[number];
const reason = v.picklist(BROKER_REASONS);

/** The broker's answers. `accepted` says the same for a window that opens and for a call that waits its turn. */
export const brokerAnswerSchema = v.variant("type", [
  v.strictObject({ type: v.literal("availability"), availability: v.picklist(AVAILABILITIES) }),
  v.strictObject({ type: v.literal("accepted") }),
  v.strictObject({ type: v.literal("refused"), reason }),
  v.strictObject({ type: v.picklist(["withdrawn", "noted"]) }),
]);
/** See {@link brokerAnswerSchema}. */
export type BrokerAnswer = v.InferOutput<typeof brokerAnswerSchema>;

/** Broker to one document's bridge, by `tabs.sendMessage` with the `documentId` that was judged. */
export const brokerToBridgeSchema = v.variant("type", [
  /** Asked before a waiting call's window opens: `true` comes back if that call still stands. */
  v.strictObject({ type: v.literal("still-there"), id: callIdSchema }),
  /** The window of an accepted call could not be opened, or went before it ever connected. */
  v.strictObject({ type: v.literal("ended"), id: callIdSchema, reason }),
]);
/** See {@link brokerToBridgeSchema}. */
export type BrokerToBridge = v.InferOutput<typeof brokerToBridgeSchema>;
