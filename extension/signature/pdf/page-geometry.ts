import type { PdfStamp } from "../signature-builder.ts";
import type { Page } from "./page-tree.ts";
import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { broken, unsupported } from "../../../formats/pdf/pdf-fault.ts";
import { isKind, type PdfValue } from "../../../formats/pdf/pdf-value.ts";

/** A rectangle in some user space. */
export interface Rectangle {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** Where a stamp goes on its page. */
export interface StampPlace {
  /** In the page's default user space. */
  readonly rectangle: Rectangle;
  /** How far the page is turned clockwise for display; the stamp is turned back by as much. */
  readonly rotation: 0 | 90 | 180 | 270;
}

/**
 * Turns the place of a stamp, which is counted in points from the lower left corner of the page as it is displayed, into the page's user
 * space: minds `/CropBox`, `/Rotate` and `/UserUnit` (ISO 32000-1, 7.7.3.3 and 14.11.2). Throws `document-unsupported` when a part of it
 * would lie outside of the page, where nobody sees it.
 */
export async function placeStamp(document: PdfDocument, page: Page, stamp: PdfStamp): Promise<StampPlace> {
  const unit = await numberOf(document, page.dictionary.get("UserUnit"), 1);
  const rotation = ((await numberOf(document, page.inherited.get("Rotate"), 0)) % 360) + 360;
  const turned = ([0, 90, 180, 270] as const).find((angle) => angle === rotation % 360);
  if (turned === undefined || unit <= 0) throw broken("a page has an impossible rotation or unit");
  const visible = await visibleBox(document, page);
  const [width, height] = [visible.right - visible.left, visible.top - visible.bottom];
  const [shownWidth, shownHeight] = turned % 180 === 0 ? [width, height] : [height, width];
  const x = stamp.x / unit;
  const y = stamp.y / unit;
  const right = x + stamp.width / unit;
  const top = y + stamp.height / unit;
  // a hundredth of a point for whoever computed the page's edge in floating point
  const inside = x >= -0.01 && y >= -0.01 && right <= shownWidth + 0.01 && top <= shownHeight + 0.01;
  if (!(inside && stamp.width > 0 && stamp.height > 0)) throw unsupported("the stamp is not wholly on the page");
  const corner = (along: number, up: number): readonly [number, number] => {
    switch (turned) {
      case 0:
        return [visible.left + along, visible.bottom + up];
      case 90:
        return [visible.left + width - up, visible.bottom + along];
      case 180:
        return [visible.left + width - along, visible.bottom + height - up];
      case 270:
        return [visible.left + up, visible.bottom + height - along];
    }
  };
  return { rectangle: spanned(...corner(x, y), ...corner(right, top)), rotation: turned };
}

/** What is displayed of a page: the crop box, as far as it lies in the media box. */
async function visibleBox(document: PdfDocument, page: Page): Promise<Rectangle> {
  const media = await readRectangle(document, page.inherited.get("MediaBox"));
  if (!media) throw broken("a page has no size");
  const crop = (await readRectangle(document, page.inherited.get("CropBox"))) ?? media;
  const visible = {
    left: Math.max(media.left, crop.left),
    bottom: Math.max(media.bottom, crop.bottom),
    right: Math.min(media.right, crop.right),
    top: Math.min(media.top, crop.top),
  };
  return visible.left < visible.right && visible.bottom < visible.top ? visible : media;
}

/** A rectangle (ISO 32000-1, 7.9.5), whichever corners it names; `undefined` where there is none. */
export async function readRectangle(
  document: PdfDocument,
  value: PdfValue | undefined,
): Promise<Rectangle | undefined> {
  const corners = await document.array(value, "a rectangle");
  if (!corners) return undefined;
  // one after the other: an object that is asked for while it is read counts as one that needs itself
  const numbers: number[] = [];
  for (const corner of corners) numbers.push(await numberOf(document, corner));
  const [a, b, c, d] = numbers;
  if (corners.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined)
    throw broken("a rectangle has no four numbers");
  return spanned(a, b, c, d);
}

function spanned(x1: number, y1: number, x2: number, y2: number): Rectangle {
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
}

async function numberOf(document: PdfDocument, value: PdfValue | undefined, otherwise?: number): Promise<number> {
  const found = await document.resolve(value);
  if (found === null && otherwise !== undefined) return otherwise;
  if (!isKind(found, "number")) throw broken("a page has something else where a number should be");
  return found.value;
}
