import { broken } from "./pdf-fault.ts";
import { PdfParser } from "./pdf-parser.ts";
import { integerOf, nameOf, type PdfDictionary, type PdfValue } from "./pdf-value.ts";
import type { WorkBudget } from "./work-budget.ts";

/** The objects of a decoded object stream (ISO 32000-1, 7.5.7). */
export class ObjectStream {
  private readonly data: Uint8Array;
  private readonly budget: WorkBudget;
  private readonly first: number;
  /** Object number and offset from `first`, in turn. */
  private readonly index: readonly number[];

  constructor(dictionary: PdfDictionary, data: Uint8Array, budget: WorkBudget) {
    const count = integerOf(dictionary.get("N"));
    const first = integerOf(dictionary.get("First"));
    if (nameOf(dictionary.get("Type")) !== "ObjStm" || count === undefined || first === undefined)
      throw broken("an object stream is none");
    if (count < 0 || first < 0 || first > data.length || count > first) throw broken("an object stream is impossible");
    const parser = new PdfParser(data.subarray(0, first), budget);
    this.data = data;
    this.budget = budget;
    this.first = first;
    this.index = Array.from({ length: count * 2 }, () => parser.integer());
    const numbers = new Set(this.index.filter((_, at) => at % 2 === 0));
    // readers that go by the number alone take the first or the last, those that go by the index another one
    if (numbers.size < count) throw broken("an object stream has two objects of one number");
  }

  /** The object at `index`, which must be the one of that number. */
  object(number: number, index: number): PdfValue {
    const offset = this.index[index * 2 + 1];
    if (this.index[index * 2] !== number || offset === undefined) throw broken(`object ${number} is not in its stream`);
    const parser = new PdfParser(this.data, this.budget, this.first + offset);
    const value = parser.value();
    parser.settle(this.first + offset);
    return value;
  }
}
