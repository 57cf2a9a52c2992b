import type { Bytes } from "../der/der.ts";
import type { CrossReferenceEntry, CrossReferenceSection } from "./cross-reference.ts";
import { broken } from "./pdf-fault.ts";
import { PdfParser } from "./pdf-parser.ts";
import { integerOf, isArray, isKind, nameOf, type PdfDictionary, type PdfValue } from "./pdf-value.ts";
import { streamData } from "./stream-data.ts";
import type { WorkBudget } from "./work-budget.ts";

/** A cross-reference stream (ISO 32000-1, 7.5.8); its dictionary is the trailer. Types it does not know count as free. */
export async function readCrossReferenceStream(
  file: Bytes,
  offset: number,
  budget: WorkBudget,
): Promise<CrossReferenceSection> {
  const { value } = new PdfParser(file, budget, offset).indirectObject();
  if (!isKind(value, "stream") || nameOf(value.dictionary.get("Type")) !== "XRef")
    throw broken("there is no cross-reference section where one should be");
  const { dictionary } = value;
  const octets = integerOf(dictionary.get("Length"));
  const data = await streamData(file, value, octets, budget);
  const widths = integers(dictionary.get("W"));
  const [type = 0, second = 0, third = 0] = widths;
  const length = type + second + third;
  if (widths.length < 3 || widths.some((width) => width > 8) || length === 0) throw broken("/W is impossible");
  const entries: [number, CrossReferenceEntry][] = [];
  let at = 0;
  for (const [first, count] of subsections(dictionary)) {
    if (at + count * length > data.length) throw broken("a cross-reference stream is cut short");
    budget.spend("entries", count);
    for (let index = 0; index < count; index++, at += length)
      entries.push([
        first + index,
        entryOf(
          type === 0 ? 1 : field(data, at, type),
          field(data, at + type, second),
          field(data, at + type + second, third),
        ),
      ]);
  }
  const closing = new PdfParser(file, budget, value.start + (octets ?? 0));
  closing.keyword("endstream");
  return { entries, trailer: dictionary, end: closing.position };
}

function entryOf(type: number, second: number, third: number): CrossReferenceEntry {
  // some writers leave an unused object "in use" at 0, where the header stands
  if (type === 1 && second > 0) return { kind: "offset", offset: second, generation: third };
  if (type === 2) return { kind: "compressed", stream: second, index: third };
  return { kind: "free" };
}

function field(data: Bytes, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) value = value * 256 + (data[at + index] ?? 0);
  return value;
}

function subsections(dictionary: PdfDictionary): (readonly [number, number])[] {
  const index = dictionary.get("Index");
  if (index === undefined) return [[0, integerOf(dictionary.get("Size")) ?? 0]];
  const numbers = integers(index);
  if (numbers.length % 2 !== 0) throw broken("/Index has no pairs");
  return Array.from({ length: numbers.length / 2 }, (_, pair) => [numbers[pair * 2] ?? 0, numbers[pair * 2 + 1] ?? 0]);
}

function integers(value: PdfValue | undefined): number[] {
  if (!isArray(value)) throw broken("a cross-reference stream lacks an array");
  return value.map((item) => {
    const integer = integerOf(item);
    if (integer === undefined || integer < 0) throw broken("a cross-reference stream has an impossible number");
    return integer;
  });
}
