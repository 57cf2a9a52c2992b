import { broken } from "./pdf-fault.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { isDelimiter, isRegular, isSpace, latin1 } from "./pdf-octets.ts";
import { readHexString, readLiteralString } from "./pdf-string-parser.ts";
import { isDictionary, type PdfDictionary, type PdfObject, type PdfReference, type PdfValue } from "./pdf-value.ts";
import type { WorkBudget } from "./work-budget.ts";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const INTEGER = /^\d{1,10}$/;

/** An indirect object as it stands in the file. */
export interface IndirectObject extends Pick<PdfReference, "number" | "generation"> {
  readonly value: PdfObject;
}

/**
 * Reads PDF objects (ISO 32000-1, 7.2 and 7.3) from `source` at `position`, which moves behind what was read. Strict: what is not written
 * as the standard says throws the fault `document-broken`, as does a key that stands twice in one dictionary.
 */
export class PdfParser {
  readonly source: Uint8Array;
  position: number;
  private readonly budget: WorkBudget;

  constructor(source: Uint8Array, budget: WorkBudget, position = 0) {
    this.source = source;
    this.budget = budget;
    this.position = position;
  }

  /** Pays for the octets from `start` to here. */
  settle(start: number): void {
    this.budget.spend("parsed", this.position - start);
  }

  /** Skips white space and comments. */
  skipSpace(): void {
    for (;;) {
      while (isSpace(this.source[this.position])) this.position++;
      if (this.source[this.position] !== 0x25) return;
      while (this.position < this.source.length && !isLineEnd(this.source[this.position])) this.position++;
    }
  }

  /** The run of regular characters that comes next; empty before a delimiter and at the end. */
  token(): string {
    this.skipSpace();
    return this.regular();
  }

  /** The next token, without going there. */
  peek(): string {
    const { position } = this;
    const token = this.token();
    this.position = position;
    return token;
  }

  /** A number without sign and point. */
  integer(): number {
    const token = this.token();
    if (!INTEGER.test(token)) throw broken("a whole number is missing");
    return Number(token);
  }

  /** Goes behind this keyword, which must come next. */
  keyword(word: string): void {
    if (this.token() !== word) throw broken(`"${word}" is missing`);
  }

  /** `number generation obj … endobj`, or the head of a stream up to its first octet. */
  indirectObject(): IndirectObject {
    const start = this.position;
    const number = this.integer();
    const generation = this.integer();
    this.keyword("obj");
    const value = this.value();
    const end = this.token();
    this.settle(start);
    if (end === "endobj") return { number, generation, value };
    if (end !== "stream" || !isDictionary(value)) throw broken(`object ${number} has no end`);
    if (this.source[this.position] === 0x0d) this.position++;
    if (this.source[this.position] === 0x0a) this.position++;
    return { number, generation, value: { kind: "stream", dictionary: value, start: this.position } };
  }

  /** One direct object or reference. */
  value(depth = 0): PdfValue {
    this.budget.spend("values", 1);
    if (depth > PDF_LIMITS.nesting) throw broken("objects are nested too deep");
    this.skipSpace();
    const octet = this.source[this.position];
    if (octet === undefined) throw broken("the file ends inside an object");
    if (!isDelimiter(octet)) return this.plain();
    this.position++;
    switch (octet) {
      case 0x2f:
        return { kind: "name", name: this.name() };
      case 0x28:
        return this.string(readLiteralString(this.source, this.position));
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        if (this.source[this.position] !== 0x3c) return this.string(readHexString(this.source, this.position));
        this.position++;
        return this.dictionary(depth);
      default:
        throw broken("an object begins with a delimiter that begins none");
    }
  }

  private string({ octets, end }: { octets: Uint8Array; end: number }): PdfValue {
    this.position = end;
    return { kind: "string", octets };
  }

  private plain(): PdfValue {
    const text = this.token();
    if (INTEGER.test(text)) return this.reference(text) ?? { kind: "number", value: Number(text), text };
    if (NUMBER.test(text)) return { kind: "number", value: Number(text), text };
    if (text === "true" || text === "false") return text === "true";
    if (text === "null") return null;
    throw broken("an object is none that exists");
  }

  /** What follows the whole number `text` may make it a reference. By octets, because arrays of numbers are long. */
  private reference(text: string): PdfValue | undefined {
    const { position } = this;
    this.skipSpace();
    let generation = 0;
    let digits = 0;
    for (let digit = this.digit(); digit >= 0 && digits < 6; digit = this.digit()) {
      generation = generation * 10 + digit;
      digits++;
      this.position++;
    }
    if (digits > 0 && digits < 6 && isSpace(this.source[this.position])) {
      this.skipSpace();
      if (this.source[this.position] === 0x52 && !isRegular(this.source[this.position + 1])) {
        this.position++;
        return { kind: "reference", number: Number(text), generation };
      }
    }
    this.position = position;
    return undefined;
  }

  /** The digit that comes next; negative for anything else. */
  private digit(): number {
    const value = (this.source[this.position] ?? 0) - 0x30;
    return value < 10 ? value : -1;
  }

  private regular(): string {
    const start = this.position;
    while (isRegular(this.source[this.position])) this.position++;
    if (this.position - start > PDF_LIMITS.token) throw broken("a word is too long");
    return latin1(this.source, start, this.position);
  }

  private name(): string {
    const text = this.regular();
    return text.includes("#")
      ? text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
      : text;
  }

  private array(depth: number): readonly PdfValue[] {
    const items: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.source[this.position] === 0x5d) break;
      items.push(this.value(depth + 1));
    }
    this.position++;
    return items;
  }

  private dictionary(depth: number): PdfDictionary {
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      const octet = this.source[this.position++];
      if (octet === 0x3e && this.source[this.position] === 0x3e) break;
      if (octet !== 0x2f) throw broken("a dictionary has a key that is no name");
      const key = this.name();
      // readers differ on which of two counts, so they would show two documents
      if (entries.has(key)) throw broken(`a dictionary has /${key} twice`);
      entries.set(key, this.value(depth + 1));
    }
    this.position++;
    return entries;
  }
}

const isLineEnd = (octet: number | undefined): boolean => octet === 0x0a || octet === 0x0d;
