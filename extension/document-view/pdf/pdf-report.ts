/** What a PDF holds besides the pages that are shown, or what of it could not be shown; each is a sentence of the window. */
export const PDF_NOTICES = [
  /** Files inside the file, also as a portfolio. */
  "attachments",
  /** Notes that readers have put onto pages; listed under their page, because the page shows their marks alone. */
  "comments",
  /** A form; its values are shown and can't be changed. */
  "form",
  /** Layers or annotations that are switched off: not shown here, and shown elsewhere perhaps. */
  "hidden-layers",
  /** Some part of a page could not be drawn: a font, a picture, a command. */
  "incomplete",
  /** Links; they are drawn and lead nowhere. */
  "links",
  /** Films, sound, 3D. */
  "media",
  /** JavaScript; it does not run. */
  "scripts",
  /** The file has been signed before. */
  "signatures",
  /** A second form of the content (XFA) that other programs may show instead of the pages. */
  "xfa",
] as const;
/** One of {@link PDF_NOTICES}. */
export type PdfNotice = (typeof PDF_NOTICES)[number];

/**
 * Why a PDF is not shown: `broken` is no PDF, or none that can be read; `encrypted` needs a password; `silent` is a frame that did not
 * answer in the time of `PDF_LIMITS`, or that did not keep to the protocol.
 */
export const PDF_FAILURES = ["broken", "encrypted", "silent"] as const;
/** One of {@link PDF_FAILURES}. */
export type PdfFailure = (typeof PDF_FAILURES)[number];

/** How far the pages of a shown PDF are. Pages count from 1. The numbers only grow while it is shown. */
export interface PdfProgress {
  readonly pages: number;
  /** Pages whose text has been looked for: until it is all of them, the other numbers may still grow. */
  readonly pagesRead: number;
  /** Pages, of those read, that hold nothing a screen reader could say. */
  readonly pagesWithoutText: number;
  /** Pages that were tried and could not be drawn. */
  readonly pagesFailed: number;
  /** Pages of which a part was drawn and in sight, in ascending order. */
  readonly pagesSeen: readonly number[];
  readonly notices: readonly PdfNotice[];
}

/** What is known of a PDF in the window. */
export type PdfReport =
  | { readonly status: "loading" }
  | ({ readonly status: "shown" } & PdfProgress)
  | { readonly status: "failed"; readonly reason: PdfFailure };
