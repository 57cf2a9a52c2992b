import type { Bytes } from "../der/der.ts";
import { inflate } from "./flate.ts";
import { broken, unsupported } from "./pdf-fault.ts";
import { PdfParser } from "./pdf-parser.ts";
import {
  integerOf,
  isArray,
  isDictionary,
  nameOf,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
} from "./pdf-value.ts";
import { undoPngPredictor } from "./predictor.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * The octets of a cross-reference or object stream, decoded. `length` is its `/Length`, and `endstream` must follow there. Only FlateDecode
 * with or without a PNG predictor: no writer uses another filter for these.
 */
export async function streamData(
  file: Bytes,
  { dictionary, start }: PdfStream,
  length: number | undefined,
  budget: WorkBudget,
): Promise<Bytes> {
  if (length === undefined || length < 0 || start + length > file.length) throw broken("a stream has no valid length");
  new PdfParser(file, budget, start + length).keyword("endstream");
  const data = file.subarray(start, start + length);
  const filter = only(dictionary.get("Filter"));
  if (filter === undefined || filter === null) return data;
  if (nameOf(filter) !== "FlateDecode") throw unsupported("a cross-reference or object stream has an unusual filter");
  const parameters = only(dictionary.get("DecodeParms"));
  return unpredict(await inflate(data, budget), isDictionary(parameters) ? parameters : new Map());
}

/** One filter may stand in an array or by itself. */
function only(value: PdfValue | undefined): PdfValue | undefined {
  if (!isArray(value)) return value;
  if (value.length > 1) throw unsupported("a cross-reference or object stream has several filters");
  return value[0];
}

function unpredict(data: Bytes, parameters: PdfDictionary): Bytes {
  const parameter = (key: string, otherwise: number): number => integerOf(parameters.get(key)) ?? otherwise;
  const predictor = parameter("Predictor", 1);
  if (predictor === 1) return data;
  if (predictor < 10 || predictor > 15)
    throw unsupported("a cross-reference or object stream has an unusual predictor");
  const pixelBits = parameter("Colors", 1) * parameter("BitsPerComponent", 8);
  const rowBits = pixelBits * parameter("Columns", 1);
  if (!(pixelBits > 0 && rowBits > 0 && rowBits <= 8 * 65536)) throw broken("a predictor has impossible columns");
  return undoPngPredictor(data, { length: Math.ceil(rowBits / 8), pixel: Math.ceil(pixelBits / 8) });
}
