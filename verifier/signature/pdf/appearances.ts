import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import {
  isDictionary,
  isKind,
  type PdfDictionary,
  type PdfObject,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";

/** The objects that a widget's `/AP` consists of (ISO 32000-1, 12.5.5), or `undefined` where it is none. */
export async function readAppearance(
  document: PdfDocument,
  widget: PdfDictionary | undefined,
): Promise<readonly number[] | undefined> {
  const numbers: number[] = [];
  const open = async (value: PdfValue | undefined): Promise<PdfObject> => {
    if (isKind(value, "reference")) numbers.push(value.number);
    return document.resolve(value);
  };
  const appearance = widget?.get("AP");
  if (appearance === undefined) return numbers;
  const looks = await open(appearance);
  if (!isDictionary(looks)) return undefined;
  for (const look of looks.values()) {
    const states = await open(look);
    if (isKind(states, "stream")) continue;
    if (!isDictionary(states)) return undefined;
    for (const state of states.values()) if (!isKind(await open(state), "stream")) return undefined;
  }
  return numbers;
}
