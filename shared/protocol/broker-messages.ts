import * as v from "valibot";
import { callIdSchema } from "./fields.ts";
import { AVAILABILITIES, PAGE_ERROR_NAMES, PAGE_ERROR_REASONS, availabilityOptionsSchema } from "./page-messages.ts";

/**
 * Bridge ⇄ broker, one `runtime.sendMessage` each with its answer, so that the browser may stop the worker between any two.
 * Nothing here says who asks: the broker takes origin, tab, frame and document from the browser's `sender`.
 */
export const brokerRequestSchema = v.variant("type", [
  v.strictObject({ type: v.literal("availability"), options: availabilityOptionsSchema }),
  v.strictObject({
    type: v.literal("open"),
    /** Sent again with the same id when the worker was stopped before it answered. */
    id: callIdSchema,
    operation: v.picklist(["authenticate", "sign"]),
    formats: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(100)),
    /** Judged in the isolated world: a gesture that no earlier ceremony has spent. */
    activated: v.boolean(),
  }),
  /** The caller aborted, navigated away or is gone: a waiting call is forgotten, a running ceremony's window closes. */
  v.strictObject({ type: v.literal("withdraw"), id: callIdSchema }),
]);
/** See {@link brokerRequestSchema}. */
export type BrokerRequest = v.InferOutput<typeof brokerRequestSchema>;

const pageErrorSchema = v.strictObject({ name: v.picklist(PAGE_ERROR_NAMES), reason: v.picklist(PAGE_ERROR_REASONS) });

/** The broker's answers. `accepted` says the same for a window that opens and for a call that waits its turn. */
export const brokerAnswerSchema = v.variant("type", [
  v.strictObject({ type: v.literal("availability"), availability: v.picklist(AVAILABILITIES) }),
  v.strictObject({ type: v.literal("accepted") }),
  v.strictObject({ type: v.literal("refused"), error: pageErrorSchema }),
  v.strictObject({ type: v.literal("withdrawn") }),
]);
/** See {@link brokerAnswerSchema}. */
export type BrokerAnswer = v.InferOutput<typeof brokerAnswerSchema>;

/** Broker to one document's bridge, by `tabs.sendMessage` with the `documentId` that was judged. */
export const brokerToBridgeSchema = v.variant("type", [
  /** Asked before a waiting call's window opens: `true` comes back if that call still stands. */
  v.strictObject({ type: v.literal("still-there"), id: callIdSchema }),
  /** The window of an accepted call could not be opened, or went before it ever connected. */
  v.strictObject({ type: v.literal("ended"), id: callIdSchema, error: pageErrorSchema }),
]);
/** See {@link brokerToBridgeSchema}. */
export type BrokerToBridge = v.InferOutput<typeof brokerToBridgeSchema>;
