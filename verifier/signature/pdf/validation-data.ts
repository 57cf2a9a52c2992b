import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { isArray, isDictionary, isKind, type PdfValue } from "../../../formats/pdf/pdf-value.ts";

/**
 * The objects that a document security store consists of (ETSI EN 319 142-1, 5.4.2): its dictionaries and arrays, and the streams that they end in. What is
 * of another form is left out, so that nothing else can pass as a part of it.
 */
export async function readValidationData(
  document: PdfDocument,
  store: PdfValue | undefined,
): Promise<ReadonlySet<number>> {
  const numbers = new Set<number>();
  /** `shape`: how many dictionaries may still be inside of each other. */
  const visit = async (value: PdfValue | undefined, dictionaries: number): Promise<void> => {
    const found = await document.resolve(value);
    const isPart = isArray(found) || isKind(found, "stream") || (isDictionary(found) && dictionaries > 0);
    if (!isPart) return;
    if (isKind(value, "reference")) {
      if (numbers.has(value.number)) return;
      numbers.add(value.number);
    }
    if (isArray(found)) {
      for (const item of found) if (isKind(await document.resolve(item), "stream")) await visit(item, 0);
    } else if (isDictionary(found)) for (const item of found.values()) await visit(item, dictionaries - 1);
  };
  // the store, its /VRI, and one entry of that
  await visit(store, 3);
  return numbers;
}
