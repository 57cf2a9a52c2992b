import type { PdfFailure, PdfProgress } from "./pdf-report.ts";

/** Where the page of the frame lies in the extension. */
export const PDF_FRAME_PAGE = "pdf-frame.html";

/** Sizes and times of the frame and of the talk with it. Units are in the names. */
export const PDF_LIMITS = {
  /** A frame that is not ready, has not opened the file or does not answer a question by then is given up. */
  answerMilliseconds: 15_000,
  /** How long after an answer the next question waits. */
  askMilliseconds: 5_000,
  /** What a frame may send: this many messages at once, and this many more each second. */
  messagesAtOnce: 60,
  messagesPerSecond: 20,
  /** The frame tells its progress no oftener. */
  progressMilliseconds: 250,
  /** Nor its height. */
  heightMilliseconds: 100,
  /** A file of more pages is not shown. */
  pages: 5_000,
  /** A page that is not drawn or read by then counts as failed. */
  pageMilliseconds: 30_000,
  /** Browsers lay out boxes up to about here. */
  heightPixels: 16_000_000,
  /** One page on the screen. */
  pageHeightPixels: 20_000,
  /** One canvas: what lies above is drawn coarser. */
  canvasPixels: 8_000_000,
  canvasSidePixels: 8_192,
} as const;

/** What the frame says by itself, in the resident's language. `{page}` and `{pages}` stand for numbers. */
export interface PdfWords {
  /** Names a page, `{page}` of `{pages}`. */
  readonly page: string;
  /** The page holds no text: a picture, a scan. */
  readonly withoutText: string;
  /** The page could not be drawn. */
  readonly failed: string;
  /** Names the list of a page's form fields, for screen readers. */
  readonly fields: string;
  /** Names the list of notes on a page. */
  readonly comments: string;
  /** A box of the form that is ticked, and one that is not. */
  readonly ticked: string;
  readonly unticked: string;
}

/** From the frame to its window, before there is a port. */
export interface FrameReady {
  readonly type: "ready";
}

/** To the frame's window, once, with the port on which all the rest is said. The octets are the frame's own copy, transferred. */
export interface OpenPdf {
  readonly type: "open";
  readonly bytes: ArrayBuffer;
  readonly words: PdfWords;
}

/** To the frame, on the port. */
export type WindowToFrame =
  | { readonly type: "words"; readonly words: PdfWords }
  /** To be answered with `alive`. */
  | { readonly type: "ask" };

/** From the frame, on the port. `frameMessageSchema` parses it: what a PDF may have taken over sends here. */
export type FrameToWindow =
  | ({ readonly type: "shown" } & PdfProgress)
  | { readonly type: "failed"; readonly reason: Exclude<PdfFailure, "silent"> }
  /** How high the frame has to be to show everything, in CSS pixels. */
  | { readonly type: "height"; readonly height: number }
  | { readonly type: "alive" };
