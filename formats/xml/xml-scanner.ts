import { DocumentFault } from "../document-fault.ts";
import { isCharacter, QUALIFIED_NAME, SPACE } from "./xml-characters.ts";
import { checkLimit, XML_LIMITS } from "./xml-limits.ts";

const REFERENCE = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));|&/y;
/** So many pieces of a text are put together at a time: a text may be nothing but references, and a piece takes ten times its place. */
const PIECES = 10_000;
const PREDEFINED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** A place in an XML text, and what can be read there. Every failure is a `DocumentFault` that says where. */
export class XmlScanner {
  readonly text: string;
  /** Offset of what is read next. */
  at = 0;
  /** White space in attributes' values so far that became spaces. */
  #replaced = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Not well-formed, at the current place unless `at` says another. */
  fail(reason: string, at = this.at): never {
    throw new DocumentFault("document-broken", `not well-formed XML at ${at}: ${reason}`);
  }

  /** Whether `markup` stands next. */
  sees(markup: string): boolean {
    return this.text.startsWith(markup, this.at);
  }

  /** Goes behind white space; whether there was any. */
  skipSpace(): boolean {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    const moved = SPACE.lastIndex > this.at;
    this.at = SPACE.lastIndex;
    return moved;
  }

  /** Reads a name, with a prefix or without. */
  name(): string {
    QUALIFIED_NAME.lastIndex = this.at;
    const name = QUALIFIED_NAME.exec(this.text)?.[0] ?? this.fail("a name is missing");
    checkLimit("nameLength", name.length);
    this.at += name.length;
    return name;
  }

  /** Goes behind `markup`, which must be next. */
  expect(markup: string): void {
    if (!this.sees(markup)) this.fail(`${markup} is missing`);
    this.at += markup.length;
  }

  /** Everything up to `markup`, and goes behind that. */
  upTo(markup: string): string {
    const end = this.text.indexOf(markup, this.at);
    if (end < 0) this.fail(`${markup} never comes`);
    const found = this.text.slice(this.at, end);
    this.at = end + markup.length;
    return found;
  }

  /** An attribute's value behind its equals sign (XML 1.0, 3.3.3: every attribute is CDATA where there is no document type). */
  attributeValue(): string {
    const start = this.at;
    const quote = this.text[start];
    if (quote !== '"' && quote !== "'") this.fail("a value without quotes");
    this.at += 1;
    const written = this.upTo(quote);
    if (written.includes("<")) this.fail("< in a value", start);
    this.#replaced += occurrences(written, "\t") + occurrences(written, "\n") + occurrences(written, "\r");
    checkLimit("replacedCharacters", this.#replaced);
    return this.#resolved(written.replaceAll(/\r\n|[\t\n\r]/g, " "), start);
  }

  /** Character data as written, with line ends normalised and then references resolved, so that `&#13;` stays (XML 1.0, 2.11 and 4.1). */
  characterData(written: string, start: number): string {
    if (written.includes("]]>")) this.fail("]]> in character data", start);
    return this.#resolved(normaliseLineEnds(written), start);
  }

  #resolved(text: string, start: number): string {
    if (!text.includes("&")) return text;
    let resolved = "";
    let pieces: string[] = [];
    let from = 0;
    for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", from)) {
      REFERENCE.lastIndex = at;
      const [reference = "&", hex, decimal, name] = REFERENCE.exec(text) ?? [];
      pieces.push(
        text.slice(from, at),
        name === undefined ? this.#character(reference, hex, decimal, start) : (PREDEFINED[name] ?? ""),
      );
      from = at + reference.length;
      if (pieces.length < PIECES) continue;
      resolved += pieces.join("");
      pieces = [];
    }
    return resolved + pieces.join("") + text.slice(from);
  }

  #character(reference: string, hex: string | undefined, decimal = "", start: number): string {
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    if (!(code <= 0x10ffff) || !isCharacter(code)) this.fail(`the reference ${reference.slice(0, 20)}`, start);
    return String.fromCodePoint(code);
  }
}

/** How often a character stands in a text; counts no further than the limit of what is replaced. */
function occurrences(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count <= XML_LIMITS.replacedCharacters; count++)
    at = text.indexOf(character, at + 1);
  return count;
}

/** Throws `DocumentFault` for a text with more carriage returns than are replaced. */
export const checkLineEnds = (text: string): void => checkLimit("replacedCharacters", occurrences(text, "\r"));

/** XML 1.0, 2.11. */
export function normaliseLineEnds(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
