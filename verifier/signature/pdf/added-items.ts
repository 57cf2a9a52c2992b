import type { PdfValue } from "../../../formats/pdf/pdf-value.ts";
import { sameValue } from "./object-differences.ts";

/** What was added to a list: `undefined` where not everything that was in it still is, in the same order. */
export function addedItems(before: readonly PdfValue[], after: readonly PdfValue[]): readonly PdfValue[] | undefined {
  const added: PdfValue[] = [];
  let at = 0;
  for (const item of after) {
    if (at < before.length && sameValue(item, before[at])) at++;
    else added.push(item);
  }
  return at === before.length ? added : undefined;
}
