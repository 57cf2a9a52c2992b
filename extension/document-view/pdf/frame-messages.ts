import * as v from "valibot";
import { PDF_LIMITS, type FrameReady, type FrameToWindow } from "./frame-protocol.ts";
import { PDF_NOTICES } from "./pdf-report.ts";

const pageCount = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(PDF_LIMITS.pages));
const pageNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PDF_LIMITS.pages));

/** The frame's first word. */
export const frameReadySchema = v.strictObject({ type: v.literal("ready") }) satisfies v.GenericSchema<
  unknown,
  FrameReady
>;

/** Everything after it. No text of the frame ever comes to the window: numbers and names of notices only. */
export const frameMessageSchema = v.variant("type", [
  v.strictObject({
    type: v.literal("shown"),
    pages: pageNumber,
    pagesRead: pageCount,
    pagesWithoutText: pageCount,
    pagesFailed: pageCount,
    pagesSeen: v.pipe(v.array(pageNumber), v.maxLength(PDF_LIMITS.pages)),
    notices: v.pipe(v.array(v.picklist(PDF_NOTICES)), v.maxLength(PDF_NOTICES.length)),
  }),
  v.strictObject({ type: v.literal("failed"), reason: v.picklist(["broken", "encrypted"]) }),
  v.strictObject({
    type: v.literal("height"),
    height: v.pipe(v.number(), v.minValue(0), v.maxValue(PDF_LIMITS.heightPixels)),
  }),
  v.strictObject({ type: v.literal("alive") }),
]) satisfies v.GenericSchema<unknown, FrameToWindow>;
