import * as v from "valibot";
import { callIdSchema } from "../protocol/fields.ts";
import { approvalSchema } from "./approval.ts";

/** The operations that open a window. */
export const CEREMONY_OPERATIONS = ["authenticate", "sign", "readAttributes"] as const;

/**
 * What the broker judged about one call, in `storage.session`. The ceremony window reads its own record by id (the hash of its
 * address) and believes nothing else about who asks.
 */
export const ceremonyRecordSchema = v.strictObject({
  id: callIdSchema,
  operation: v.picklist(CEREMONY_OPERATIONS),
  approval: approvalSchema,
  tabId: v.number(),
  documentId: v.string(),
  /** Order of arrival. */
  since: v.number(),
  /** Absent while the call waits its turn. */
  windowId: v.optional(v.number()),
});
/** See {@link ceremonyRecordSchema}. */
export type CeremonyRecord = v.InferOutput<typeof ceremonyRecordSchema>;

/** Key in `storage.session`: an array of {@link ceremonyRecordSchema}, oldest first. */
export const CEREMONIES_KEY = "ceremonies";
