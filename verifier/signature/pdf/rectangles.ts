import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { isKind, type PdfValue } from "../../../formats/pdf/pdf-value.ts";

/** Points of the page; left below right, bottom below top. */
export interface Rectangle {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** A rectangle (ISO 32000-1, 7.9.5), whichever corners it names; `undefined` where it is none. */
export async function readRectangle(
  document: PdfDocument,
  value: PdfValue | undefined,
): Promise<Rectangle | undefined> {
  const found = await document.resolve(value);
  if (!Array.isArray(found) || found.length !== 4) return undefined;
  const numbers: number[] = [];
  for (const item of found as readonly PdfValue[]) {
    const number = await document.resolve(item);
    if (!isKind(number, "number")) return undefined;
    numbers.push(number.value);
  }
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers;
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
}

/** In square points; a line has none. */
export const areaOf = ({ left, bottom, right, top }: Rectangle): number => (right - left) * (top - bottom);

/** Whether they have more than an edge in common. */
export const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.left < other.right && other.left < one.right && one.bottom < other.top && other.bottom < one.top;
