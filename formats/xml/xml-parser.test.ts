import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DocumentFault } from "../document-fault.ts";
import { XML_LIMITS } from "./xml-limits.ts";
import { parseInside, parseXml } from "./xml-parser.ts";

const parse = (text: string) => parseXml(new TextEncoder().encode(text));
const faultOf = (text: string | Uint8Array): unknown => {
  try {
    parseXml(typeof text === "string" ? new TextEncoder().encode(text) : text);
    return undefined;
  } catch (error) {
    return error instanceof DocumentFault ? error.code : error;
  }
};

describe("the tree", () => {
  it("says what is written, and where", () => {
    const text =
      '<?xml version="1.0"?>\r\n<!-- c --><a xmlns="urn:a" xmlns:p="urn:p"\n p:x="1 &lt;&#10;"><p:b/>x&amp;y<![CDATA[<z>]]></a>';
    const document = parse(text);
    expect(document).toMatchObject({ text, encoding: "UTF-8" });
    const { root } = document;
    const at = (markup: string): number => text.indexOf(markup);
    expect(document.children).toMatchObject([
      { kind: "comment", value: " c ", start: at("<!--"), end: at("<a") },
      root,
    ]);
    expect(root).toMatchObject({
      ...{ name: "a", prefix: "", localName: "a", namespace: "urn:a", parent: undefined, selfClosing: false },
      attributes: [{ name: "p:x", prefix: "p", localName: "x", namespace: "urn:p", value: "1 <\n" }],
      ...{ start: at("<a"), contentStart: at("<p:b"), contentEnd: at("</a>"), end: text.length },
    });
    expect([...root.declarations]).toEqual([
      ["", "urn:a"],
      ["p", "urn:p"],
    ]);
    expect(root.children).toMatchObject([
      { name: "p:b", namespace: "urn:p", parent: root, selfClosing: true, start: at("<p:b"), end: at("x&amp;") },
      { kind: "text", value: "x&y", cdata: false, start: at("x&amp;"), end: at("<![CDATA") },
      { kind: "text", value: "<z>", cdata: true, start: at("<![CDATA"), end: at("</a>") },
    ]);
  });

  it.each([
    ["x\r\ny\rz", "x\ny\nz"],
    ["&#13;\r\n", "\r\n"],
    ["&#x1F600;&#65;&apos;&quot;&gt;", "\u{1F600}A'\">"],
  ])("reads %j as text", (written, value) => {
    expect(parse(`<a>${written}</a>`).root.children).toMatchObject([{ value }]);
  });

  it.each([
    ["x\r\n\ty\rz", "x  y z"],
    ["&#13;&#10;&#9;", "\r\n\t"],
    ["  >  ", "  >  "],
  ])("reads %j as an attribute", (written, value) => {
    expect(parse(`<a b="${written}"/>`).root.attributes).toMatchObject([{ value }]);
  });

  it("gives an element the namespaces of the place it is read for", () => {
    const around = parse('<a xmlns="urn:a" xmlns:p="urn:p"><b xmlns=""/></a>').root;
    expect(parseInside("<p:c/>", around)).toMatchObject({ namespace: "urn:p", parent: around });
    expect(parseInside("<c><d/></c>", around).children).toMatchObject([{ namespace: "urn:a" }]);
    expect(() => parseInside("<q:c/>", around)).toThrow(DocumentFault);
  });
});

describe("encodings", () => {
  const octets = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
  it.each([
    ["UTF-8", "\xef\xbb\xbf<a>\xe6\x97\xa5</a>", "日"],
    ["UTF-16LE", "\xff\xfe<\0a\0>\0\xe5\x65<\0/\0a\0>\0", "日"],
    ["UTF-16BE", "\xfe\xff\0<\0a\0>\x65\xe5\0<\0/\0a\0>", "日"],
    ["SHIFT_JIS", "<?xml version='1.0' encoding='shift_jis'?><a>\x93\xfa</a>", "日"],
    ["WINDOWS-31J", "<?xml version='1.0' encoding='Windows-31J'?><a>\x93\xfa\x81\x60</a>", "日～"],
    ["EUC-JP", "<?xml version='1.0' encoding='EUC-JP'?><a>\xc6\xfc</a>", "日"],
    ["ISO-8859-1", "<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>", "é"],
  ])("%s", (encoding, written, value) => {
    const document = parseXml(octets(written));
    expect(document.encoding).toBe(encoding);
    expect(document.root.children).toMatchObject([{ value }]);
    expect(document.text.startsWith("<")).toBe(true);
  });

  it.each([
    ["a wave dash, which decoders read differently", "<?xml version='1.0' encoding='Shift_JIS'?><a>\x81\x60</a>"],
    ["ISO-2022-JP", "<?xml version='1.0' encoding='ISO-2022-JP'?><a/>"],
    ["a name that objects have", "<?xml version='1.0' encoding='constructor'?><a/>"],
  ])("not %s", (_, written) => expect(faultOf(octets(written))).toBe("document-unsupported"));
});

describe("limits", () => {
  const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);
  const wide = (count: number): string => `<a ${Array.from({ length: count }, (_, at) => `x${at}=""`).join(" ")}/>`;
  it.each([
    ["depth", nested(XML_LIMITS.depth), nested(XML_LIMITS.depth + 1)],
    ["attributes", wide(XML_LIMITS.attributes), wide(XML_LIMITS.attributes + 1)],
    ["names", `<${"a".repeat(XML_LIMITS.nameLength)}/>`, `<${"a".repeat(XML_LIMITS.nameLength + 1)}/>`],
    ["nodes", "<a/>", `<a>${"<!---->".repeat(XML_LIMITS.nodes)}</a>`],
  ])("of %s", (_, most, more) => {
    expect(faultOf(most)).toBeUndefined();
    expect(faultOf(more)).toBe("document-unsupported");
  });

  it.each([
    ["open tags", "<a>".repeat(300_000)],
    ["ampersands", `<a>${"&".repeat(300_000)}</a>`],
    ["brackets", `<a>${"]".repeat(300_000)}</a`],
    ["spaces in a tag", `<a${" ".repeat(300_000)}`],
    ["quotes", `<a b='${"x='".repeat(100_000)}`],
    ["dashes", `<!-${"-".repeat(300_000)}`],
    ["a long number", `<a>&#${"9".repeat(300_000)};</a>`],
  ])("%s without end are refused, however many", (_, text) => {
    expect(["document-broken", "document-unsupported"]).toContain(faultOf(text));
  });

  it("many namespaces around many elements cost no more than they say", () => {
    const around = Array.from({ length: 500 }, (_, at) => ` xmlns:p${at}="urn:${at}"`).join("");
    expect(parse(`<a${around}>${"<b xmlns:q='urn:q'/>".repeat(5_000)}</a>`).root.children.length).toBe(5_000);
  });
});

it("anything else is a tree or a DocumentFault", () => {
  const pieces = [
    "<a>",
    "</a>",
    "<a/>",
    "<",
    ">",
    "&",
    ";",
    "'",
    '"',
    "xmlns:p=",
    "p:",
    "]]>",
    "<!--",
    "<![CDATA[",
    "<?",
    "?>",
    "\r",
    "\0",
    "\uFFFE",
    "𠮷",
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 }))), (parts) => {
      expect(["document-broken", "document-unsupported", undefined]).toContain(faultOf(parts.join("")));
    }),
  );
});

it("reads long texts of nothing but line ends and references as short ones", () => {
  const bytes = new TextEncoder().encode(
    `<a b="${"\r\n".repeat(70_001)}">${"\r\n".repeat(70_001)}${"&amp;&#13;".repeat(20_001)}</a>`,
  );
  const { root } = parseXml(bytes);
  expect(root.attributes[0]?.value).toBe(" ".repeat(70_001));
  expect(root.children[0]).toMatchObject({ value: `${"\n".repeat(70_001)}${"&\r".repeat(20_001)}` });
});

describe("what would cost much more than it says", () => {
  it.each([
    ["carriage returns", `<a>${"\r".repeat(4_000_001)}</a>`],
    ["tabs in a value", `<a b="${"\t".repeat(2_000_000)}" c="${"\n".repeat(2_000_001)}"/>`],
  ])("is refused: %s", (_, text) => {
    expect(() => parseXml(new TextEncoder().encode(text))).toThrow("replacedCharacters");
  });
});
