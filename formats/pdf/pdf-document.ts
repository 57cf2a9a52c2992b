import type { Bytes } from "../der/der.ts";
import { readCrossReferences, type CrossReferences } from "./cross-reference.ts";
import { ObjectStream } from "./object-stream.ts";
import { broken, locked } from "./pdf-fault.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { latin1 } from "./pdf-octets.ts";
import { PdfParser } from "./pdf-parser.ts";
import { readText } from "./pdf-text.ts";
import {
  integerOf,
  isArray,
  isDictionary,
  isKind,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  type PdfValue,
} from "./pdf-value.ts";
import { streamData } from "./stream-data.ts";
import { WorkBudget } from "./work-budget.ts";

/** The newest revision of a PDF file: its objects, read when they are asked for. Every method rejects with a `DocumentFault` only. */
export class PdfDocument {
  readonly file: Bytes;
  readonly references: CrossReferences;
  private readonly budget: WorkBudget;
  private readonly objects = new Map<number, Promise<PdfObject>>();
  private readonly streams = new Map<number, Promise<ObjectStream>>();
  private readonly busy = new Set<number>();
  /** Object streams that are being opened, by number. */
  private readonly opening = new Set<number>();

  private constructor(file: Bytes, references: CrossReferences, budget: WorkBudget) {
    this.file = file;
    this.references = references;
    this.budget = budget;
  }

  /**
   * Reads the file's structure. Encrypted: the fault `document-locked`. The header must be the file's first octets: with anything before
   * it, readers count offsets from different places. Every object must stand where the cross-references say, also those that we never read:
   * one that does not makes readers search the file, each in its own way. Several revisions may be read on one `budget`.
   */
  static async open(file: Bytes, budget = new WorkBudget()): Promise<PdfDocument> {
    const head = latin1(file.subarray(0, 1024));
    if (!/^%PDF-[12]\.\d/.test(head))
      throw broken(head.includes("%PDF-") ? "something stands before the header" : "this is no PDF");
    const references = await readCrossReferences(file, budget);
    if (references.encrypted) throw locked("the file is encrypted");
    for (const [number, entry] of references.entries)
      if (entry.kind === "offset") checkPlace(new PdfParser(file, budget, entry.offset), number, entry.generation);
    return new PdfDocument(file, references, budget);
  }

  /** The lowest object number that nothing uses. */
  get nextNumber(): number {
    let next = integerOf(this.references.trailer.get("Size")) ?? 0;
    for (const number of this.references.entries.keys()) if (number >= next) next = number + 1;
    if (next < 1 || next > PDF_LIMITS.objectNumber - 100) throw broken("the object numbers are used up");
    return next;
  }

  /** The object behind a reference, or the value itself; `null` for what does not exist (ISO 32000-1, 7.3.10). */
  async resolve(value: PdfValue | undefined): Promise<PdfObject> {
    this.budget.spend("values", 1);
    let found: PdfObject | undefined = value;
    for (let hops = 0; isKind(found, "reference"); hops++) {
      if (hops > PDF_LIMITS.hops) throw broken("references lead in a circle");
      found = await this.object(found);
    }
    return found ?? null;
  }

  /** The dictionary that `value` is or refers to; `undefined` for nothing. */
  async dictionary(value: PdfValue | undefined, what: string): Promise<PdfDictionary | undefined> {
    const found = await this.resolve(value);
    if (found === null) return undefined;
    if (!isDictionary(found)) throw broken(`${what} is no dictionary`);
    return found;
  }

  /** The array that `value` is or refers to; `undefined` for nothing. */
  async array(value: PdfValue | undefined, what: string): Promise<readonly PdfValue[] | undefined> {
    const found = await this.resolve(value);
    if (found === null) return undefined;
    if (!isArray(found)) throw broken(`${what} is no array`);
    this.budget.spend("values", found.length);
    return found;
  }

  /** The text string that `value` is or refers to; `undefined` for anything else. */
  async text(value: PdfValue | undefined): Promise<string | undefined> {
    const found = await this.resolve(value);
    if (!isKind(found, "string")) return undefined;
    this.budget.spend("values", Math.ceil(found.octets.length / 8));
    return readText(found);
  }

  /** The object that a reference names, not followed any further. */
  async object({ number, generation }: PdfReference): Promise<PdfObject> {
    const entry = this.references.entries.get(number);
    if (!entry || entry.kind === "free") return null;
    if (generation !== (entry.kind === "offset" ? entry.generation : 0)) return null;
    const known = this.objects.get(number);
    if (known) {
      // waiting for what waits for us would be for ever
      if (this.busy.has(number)) throw broken(`object ${number} needs itself`);
      return known;
    }
    this.busy.add(number);
    const reading =
      entry.kind === "offset"
        ? Promise.resolve(new PdfParser(this.file, this.budget, entry.offset).indirectObject().value)
        : this.inStream(number, entry.stream, entry.index);
    this.objects.set(number, reading);
    return reading.finally(() => this.busy.delete(number));
  }

  private async inStream(number: number, stream: number, index: number): Promise<PdfObject> {
    // its own length in itself, or behind a chain of references that ends in it (ISO 32000-1, 7.5.7)
    if (this.opening.has(stream)) throw broken(`object stream ${stream} needs itself`);
    let known = this.streams.get(stream);
    if (!known) {
      this.opening.add(stream);
      known = this.openStream(stream).finally(() => this.opening.delete(stream));
      this.streams.set(stream, known);
    }
    return (await known).object(number, index);
  }

  private async openStream(number: number): Promise<ObjectStream> {
    const entry = this.references.entries.get(number);
    if (entry?.kind !== "offset") throw broken("an object stream is missing");
    const stream = await this.object({ kind: "reference", number, generation: entry.generation });
    if (!isKind(stream, "stream")) throw broken("an object stream is none");
    const length = integerOf(await this.resolve(stream.dictionary.get("Length")));
    const data = await streamData(this.file, stream, length, this.budget);
    return new ObjectStream(stream.dictionary, data, this.budget);
  }
}

function checkPlace(parser: PdfParser, number: number, generation: number): void {
  const start = parser.position;
  if (parser.integer() !== number || parser.integer() !== generation)
    throw broken(`object ${number} is not at its place`);
  parser.keyword("obj");
  parser.settle(start);
}
