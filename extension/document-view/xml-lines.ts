import type { XmlDocument, XmlElement, XmlNode } from "../../formats/xml/xml-tree.ts";
import { visibleRuns, type VisibleRun } from "./visible-text.ts";

/** A piece of a line: markup of XML itself, or what stands in it. */
export interface XmlPart {
  readonly role: "markup" | "name" | "attribute" | "value" | "text" | "comment";
  readonly runs: readonly VisibleRun[];
}

/** One line of the tree; `start` and `end` as in `XmlDocument.text`. */
export interface XmlLine {
  readonly depth: number;
  readonly parts: readonly XmlPart[];
  readonly start: number;
  readonly end: number;
}

const SPACE = /^[ \t\r\n]*$/;

/** Characters that would pass for markup are written as references, so that no text can look like an element. */
const escapeMarkup = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Without the white space at both ends: of XML's own kind alone, so that nothing else disappears. */
function trimSpace(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && SPACE.test(text[start] ?? "")) start += 1;
  while (end > start && SPACE.test(text[end - 1] ?? "")) end -= 1;
  return text.slice(start, end);
}

const part = (role: XmlPart["role"], text: string): XmlPart => ({
  role,
  runs: visibleRuns(text, role === "text" || role === "comment"),
});

const attribute = (name: string, value: string): XmlPart[] => [
  part("attribute", ` ${name}`),
  part("markup", '="'),
  part("value", escapeMarkup(value).replaceAll('"', "&quot;")),
  part("markup", '"'),
];

function startTag(element: XmlElement): XmlPart[] {
  return [
    part("markup", "<"),
    part("name", element.name),
    ...[...element.declarations].flatMap(([prefix, namespace]) =>
      attribute(prefix === "" ? "xmlns" : `xmlns:${prefix}`, namespace),
    ),
    ...element.attributes.flatMap(({ name, value }) => attribute(name, value)),
    part("markup", element.selfClosing ? "/>" : ">"),
  ];
}

const endTag = ({ name }: XmlElement): XmlPart[] => [part("markup", "</"), part("name", name), part("markup", ">")];

function elementLines(element: XmlElement, depth: number): XmlLine[] {
  const { start, contentStart, contentEnd, end, children } = element;
  const [only, another] = children;
  if (element.selfClosing || !only) {
    return [{ depth, parts: [...startTag(element), ...(element.selfClosing ? [] : endTag(element))], start, end }];
  }
  if (!another && only.kind === "text" && !only.cdata) {
    const text = part("text", escapeMarkup(only.value));
    return [{ depth, parts: [...startTag(element), text, ...endTag(element)], start, end }];
  }
  return [
    { depth, parts: startTag(element), start, end: contentStart },
    ...children.flatMap((child) => nodeLines(child, depth + 1)),
    { depth, parts: endTag(element), start: contentEnd, end },
  ];
}

function nodeLines(node: XmlNode, depth: number): XmlLine[] {
  if (node.kind === "element") return elementLines(node, depth);
  const { start, end } = node;
  const line = (...parts: readonly XmlPart[]): XmlLine[] => [{ depth, parts, start, end }];
  switch (node.kind) {
    case "text":
      if (node.cdata) return line(part("markup", "<![CDATA["), part("text", node.value), part("markup", "]]>"));
      // white space between elements is only how the file was written
      return SPACE.test(node.value) ? [] : line(part("text", escapeMarkup(trimSpace(node.value))));
    case "comment":
      return line(part("markup", "<!--"), part("comment", node.value), part("markup", "-->"));
    case "instruction":
      return line(
        part("markup", "<?"),
        part("name", node.target),
        part("comment", node.value === "" ? "" : ` ${node.value}`),
        part("markup", "?>"),
      );
  }
}

/**
 * An XML document as indented lines, in document order: everything that stands in it, references resolved, comments and instructions
 * too, and nothing invented but the indentation. White space between elements, and at both ends of text beside elements, is left out.
 */
export function xmlLines({ text, children }: XmlDocument): readonly XmlLine[] {
  const declared = /^<\?xml[ \t\r\n][^?]*\?>/.exec(text)?.[0];
  const declaration: XmlLine[] =
    declared === undefined ? [] : [{ depth: 0, parts: [part("comment", declared)], start: 0, end: declared.length }];
  return [...declaration, ...children.flatMap((node) => nodeLines(node, 0))];
}

/** Whether comments stand anywhere in it, and so between lines that are signed. */
export function hasComments({ children }: XmlDocument): boolean {
  const waiting: XmlNode[] = [...children];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === "comment") return true;
    if (node.kind === "element") for (const child of node.children) waiting.push(child);
  }
  return false;
}
