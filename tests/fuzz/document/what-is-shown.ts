import type { DocumentContent } from "../../../extension/document-view/document-content.ts";
import type { VisibleRun } from "../../../extension/document-view/visible-text.ts";
import { xmlLines, type XmlPart } from "../../../extension/document-view/xml-lines.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlDocument, XmlNode } from "../../../formats/xml/xml-tree.ts";

type Shown<Kind extends DocumentContent["kind"]> = Extract<DocumentContent, { kind: Kind }>;

/** Line ends are the one thing that a screen does not tell apart. */
const oneLineEnd = (text: string): string => text.replaceAll("\r\n", "\n");

const character = (code: string): string => String.fromCodePoint(Number.parseInt(code.slice(2), 16));

/** The text that these runs stand for; throws where a run of ordinary text holds what can't be seen. */
function textOf(runs: readonly VisibleRun[], mark = character): string {
  return runs
    .map((run) => {
      if (run.kind === "mark") return mark(run.code);
      if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(run.text.replaceAll(/[\n\t]/g, "")))
        throw new Error("something in the text can't be seen");
      return run.text;
    })
    .join("");
}

/** What is on the screen of a text, beside what is in the file. */
export function compareText({ runs }: Shown<"text">, file: string): void {
  if (textOf(runs) !== oneLineEnd(file)) throw new Error("the text on the screen is another");
}

/**
 * The table written as JSON again, beside the file without the white space between its tokens and beside what `JSON.parse` sees: a
 * member too many, one twice, another order would differ.
 */
export function compareForm({ title, rows }: Shown<"form">, file: string): void {
  const fields = rows.map(({ label, value }) => ({ label: textOf(label), value: textOf(value) }));
  const shown = { form: "kodo:1", title: textOf(title), fields };
  // written as JSON on both sides, with the carriage returns before a line feed left out on both
  const withoutReturns = (json: string): string => json.replaceAll(/(?:\\r)+\\n/g, "\\n");
  const same = (other: string, where: string): void => {
    if (withoutReturns(JSON.stringify(shown)) !== withoutReturns(other))
      throw new Error(`the form hides something ${where}`);
  };
  const tokens = file.replaceAll(/"(?:[^"\\]|\\.)*"|[ \t\r\n]+/gs, (token) =>
    token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : "",
  );
  same(tokens, "in the file");
  same(JSON.stringify(JSON.parse(file)), "that a parser sees");
}

/** The lines of the tree written as XML again and parsed: the same tree, white space between elements aside. */
export function compareXml({ document }: Shown<"xml">): void {
  const written = xmlLines(document)
    // the declaration says an encoding, which this copy is not in
    .filter(({ parts: [first] }) => first?.role !== "comment")
    .map(({ parts }) => parts.map(writtenPart).join(""))
    .join("\n");
  const again = parseXml(new TextEncoder().encode(written));
  if (rendered(again) !== rendered(document)) throw new Error("the tree on the screen is another");
}

function writtenPart({ role, runs }: XmlPart, at: number, parts: readonly XmlPart[]): string {
  const before = parts[at - 1];
  const isPlain = before?.role === "markup" && textOf(before.runs) === "<![CDATA[";
  const escapes = (role === "value" || role === "text") && !isPlain;
  return textOf(runs, (code) => (escapes ? `&#x${code.slice(2)};` : character(code)));
}

function rendered({ children }: XmlDocument): string {
  const trim = (text: string): string => text.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  const plain = (node: XmlNode): unknown[] => {
    switch (node.kind) {
      case "element": {
        const { name, namespace, attributes, declarations, children: inside } = node;
        const words = attributes.map((one) => [one.name, one.namespace, one.value]);
        return [[name, namespace, words, [...declarations], inside.flatMap(plain)]];
      }
      case "text":
        if (node.cdata) return [["cdata", oneLineEnd(node.value)]];
        return trim(node.value) === "" ? [] : [trim(oneLineEnd(node.value))];
      case "comment":
        return [["comment", node.value]];
      case "instruction":
        return [["instruction", node.target, node.value]];
    }
  };
  return JSON.stringify(children.flatMap(plain));
}
