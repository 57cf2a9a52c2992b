import { DocumentFault } from "../document-fault.ts";
import { PrefixScope } from "./prefix-scope.ts";
import { readStartTag, type StartTag } from "./start-tag.ts";
import { NO_CHARACTER } from "./xml-characters.ts";
import { decodeXml } from "./xml-encoding.ts";
import { checkLimit } from "./xml-limits.ts";
import { checkLineEnds, normaliseLineEnds, XmlScanner } from "./xml-scanner.ts";
import type { XmlComment, XmlDocument, XmlElement, XmlInstruction, XmlNode } from "./xml-tree.ts";

/** An element while it is read. */
type OpenElement = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & { readonly children: XmlNode[] };

const SPACE = "[ \\t\\r\\n]";
const DECLARATION = new RegExp(
  `<\\?xml${SPACE}+version${SPACE}*=${SPACE}*(?:"1\\.([0-9]+)"|'1\\.([0-9]+)')` +
    `(?:${SPACE}+encoding${SPACE}*=${SPACE}*(?:"[A-Za-z][\\w.-]*"|'[A-Za-z][\\w.-]*'))?` +
    `(?:${SPACE}+standalone${SPACE}*=${SPACE}*(?:"(?:yes|no)"|'(?:yes|no)'))?${SPACE}*\\?>`,
  "y",
);

/**
 * Reads a document: XML 1.0 (5th edition) with Namespaces, strictly, in one pass over its text, whatever stands in it. Throws
 * `DocumentFault`: `document-broken` when it is not well-formed, `document-unsupported` for a document type, XML 1.1, an encoding that
 * we don't read, or more than `XML_LIMITS` allows. Nothing is ever fetched or expanded.
 */
export function parseXml(bytes: Uint8Array): XmlDocument {
  const { text, encoding } = decodeXml(bytes);
  const children = new XmlReader(text).document();
  const root = children.find((node) => node.kind === "element");
  if (!root) throw new DocumentFault("document-broken", "not well-formed XML: no element");
  return { text, encoding, children, root };
}

/**
 * Reads one element as if it stood inside `parent`: with the namespaces that are declared around it. `parent` itself stays as it is.
 * Offsets count in `text`.
 */
export function parseInside(text: string, parent: XmlElement | undefined): XmlElement {
  const [element] = new XmlReader(text, parent).document();
  if (element?.kind !== "element") throw new RangeError("not an element");
  return element;
}

class XmlReader {
  readonly #scanner: XmlScanner;
  readonly #scope = new PrefixScope();
  readonly #top: (XmlElement | XmlComment | XmlInstruction)[] = [];
  readonly #around: XmlElement | undefined;
  #open: OpenElement | undefined;
  #depth = 0;
  #nodes = 0;

  constructor(text: string, around?: XmlElement) {
    this.#scanner = new XmlScanner(text);
    this.#around = around;
    const ancestors: XmlElement[] = [];
    for (let element = around; element; element = element.parent) ancestors.unshift(element);
    for (const { declarations } of ancestors)
      for (const [prefix, namespace] of declarations) this.#scope.bind(prefix, namespace);
  }

  document(): (XmlElement | XmlComment | XmlInstruction)[] {
    const scanner = this.#scanner;
    const { text } = scanner;
    const bad = NO_CHARACTER.exec(text);
    if (bad) scanner.fail("a character that XML does not allow", bad.index);
    checkLineEnds(text);
    this.#declaration();
    while (scanner.at < text.length) {
      if (scanner.sees("<")) this.#markup();
      else this.#text();
    }
    if (this.#open) scanner.fail(`${this.#open.name} never ends`);
    return this.#top;
  }

  #declaration(): void {
    const scanner = this.#scanner;
    if (!/^<\?xml[ \t\r\n?]/.test(scanner.text.slice(0, 6))) return;
    DECLARATION.lastIndex = 0;
    const [whole, double, single] = DECLARATION.exec(scanner.text) ?? scanner.fail("the XML declaration");
    // a reader of XML 1.1 ends lines in other places than one of 1.0
    if ((double ?? single) !== "0") throw new DocumentFault("document-unsupported", "a later version of XML than 1.0");
    scanner.at = whole.length;
  }

  #markup(): void {
    const scanner = this.#scanner;
    const start = scanner.at;
    const next = scanner.text[start + 1];
    if (next === "/") this.#endTag(start);
    else if (next === "?") this.#instruction(start);
    else if (next !== "!") this.#startTag(start);
    else if (scanner.sees("<!--")) this.#comment(start);
    else if (scanner.sees("<![CDATA[")) this.#cdata(start);
    else if (scanner.sees("<!DOCTYPE") && !this.#open && !this.#hasRoot())
      throw new DocumentFault("document-unsupported", "a document type");
    else scanner.fail("<!");
  }

  #hasRoot(): boolean {
    return this.#top.some((node) => node.kind === "element");
  }

  #startTag(start: number): void {
    const scanner = this.#scanner;
    if (!this.#open && this.#hasRoot()) scanner.fail("a second root");
    scanner.at = start + 1;
    const tag: StartTag = readStartTag(scanner, this.#scope);
    const place = { start, contentStart: scanner.at, contentEnd: scanner.at, end: scanner.at };
    const element: OpenElement = {
      kind: "element",
      parent: this.#open ?? this.#around,
      ...tag,
      children: [],
      ...place,
    };
    this.#count(1 + tag.attributes.length + tag.declarations.size);
    checkLimit("depth", this.#depth + 1);
    this.#add(element);
    if (tag.selfClosing) this.#scope.release(tag.declarations.keys());
    else {
      this.#open = element;
      this.#depth++;
    }
  }

  #endTag(start: number): void {
    const scanner: XmlScanner = this.#scanner;
    const element = this.#open;
    scanner.at = start + 2;
    if (element?.name !== scanner.name()) scanner.fail("an end tag that nothing waits for", start);
    scanner.skipSpace();
    scanner.expect(">");
    element.contentEnd = start;
    element.end = scanner.at;
    this.#scope.release(element.declarations.keys());
    this.#depth--;
    this.#open = this.#depth === 0 ? undefined : (element.parent as OpenElement | undefined);
  }

  #text(): void {
    const scanner = this.#scanner;
    const start = scanner.at;
    const next = scanner.text.indexOf("<", start);
    const end = next < 0 ? scanner.text.length : next;
    const written = scanner.text.slice(start, end);
    scanner.at = end;
    if (this.#open) this.#add({ kind: "text", value: scanner.characterData(written, start), cdata: false, start, end });
    else if (/[^ \t\r\n]/.test(written)) scanner.fail("text outside the root", start);
  }

  #cdata(start: number): void {
    const scanner = this.#scanner;
    if (!this.#open) scanner.fail("a CDATA section outside the root");
    scanner.at = start + 9;
    const value = normaliseLineEnds(scanner.upTo("]]>"));
    this.#add({ kind: "text", value, cdata: true, start, end: scanner.at });
  }

  #comment(start: number): void {
    const scanner = this.#scanner;
    scanner.at = start + 4;
    const value = normaliseLineEnds(scanner.upTo("--"));
    scanner.expect(">");
    this.#add({ kind: "comment", value, start, end: scanner.at });
  }

  #instruction(start: number): void {
    const scanner = this.#scanner;
    scanner.at = start + 2;
    const target = scanner.name();
    if (target.includes(":") || target.toLowerCase() === "xml") scanner.fail(`the target ${target}`, start);
    if (!scanner.skipSpace() && !scanner.sees("?>")) scanner.fail("?> is missing");
    const value = normaliseLineEnds(scanner.upTo("?>"));
    this.#add({ kind: "instruction", target, value, start, end: scanner.at });
  }

  #add(node: XmlNode): void {
    if (node.kind !== "element") this.#count(1);
    if (this.#open) this.#open.children.push(node);
    else if (node.kind !== "text") this.#top.push(node);
  }

  #count(more: number): void {
    this.#nodes += more;
    checkLimit("nodes", this.#nodes);
  }
}
