import { describe, expect, it } from "vitest";
import { canonicalize, CANONICALIZATIONS } from "./canonicalization.ts";
import { elementsOf } from "./element-ids.ts";
import { compareCodePoints } from "./xml-characters.ts";
import { parseXml } from "./xml-parser.ts";

const [inclusive, inclusiveComments, inclusive11, , exclusive] = CANONICALIZATIONS;

/** The canonical form of the whole, or of the element called `part`; less the element called `without`. */
function canonical(text: string, method = inclusive, part?: string, without?: string): string {
  const document = parseXml(new TextEncoder().encode(text));
  const named = (wanted?: string) => [...elementsOf(document.root)].find(({ name }) => name === wanted);
  const element = part === undefined ? document : named(part);
  if (!element || !method) throw new RangeError("no such part");
  return new TextDecoder().decode(canonicalize(element, method, named(without)));
}

describe("the examples of Canonical XML 1.0, section 3", () => {
  it("3.1: instructions, comments and what is outside the root", () => {
    const text =
      '<?xml version="1.0"?>\n\n<?xml-stylesheet   href="doc.xsl"\n   type="text/xsl"   ?>\n\n<doc>Hello, world!<!-- Comment 1 --></doc>\n\n' +
      "<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->\n";
    const start = '<?xml-stylesheet href="doc.xsl"\n   type="text/xsl"   ?>\n<doc>Hello, world!';
    expect(canonical(text)).toBe(`${start}</doc>\n<?pi-without-data?>`);
    expect(canonical(text, inclusiveComments)).toBe(
      `${start}<!-- Comment 1 --></doc>\n<?pi-without-data?>\n<!-- Comment 2 -->\n<!-- Comment 3 -->`,
    );
  });

  it("3.3: start and end tags", () => {
    const text =
      '<doc><e1   /><e2   ></e2><e3   name = "elem3"   id="elem3"   /><e5 a:attr="out" b:attr="sorted" attr2="all" attr="I\'m"\n' +
      'xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>' +
      '<e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="" xmlns:a="http://www.w3.org"/></e7></e6></doc>';
    expect(canonical(text)).toBe(
      '<doc><e1></e1><e2></e2><e3 id="elem3" name="elem3"></e3><e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" ' +
        'xmlns:b="http://www.ietf.org" attr="I\'m" attr2="all" b:attr="sorted" a:attr="out"></e5>' +
        '<e6 xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns=""></e8></e7></e6></doc>',
    );
  });

  it("3.4: characters", () => {
    expect(
      canonical(
        '<doc><t>First line&#x0d;&#10;Second line</t><v>&#x32;</v><c><![CDATA[v>"0" && v<"10"]]></c><n a="  x &#32;&#13;&#xa;&#9;  "/></doc>',
      ),
    ).toBe(
      '<doc><t>First line&#xD;\nSecond line</t><v>2</v><c>v&gt;"0" &amp;&amp; v&lt;"10"</c><n a="  x  &#xD;&#xA;&#x9;  "></n></doc>',
    );
  });
});

describe("a part of a document", () => {
  const text =
    '<a xmlns="urn:a" xmlns:p="urn:p" xml:lang="ja" xml:id="r" xml:space="preserve"><b p:x="1" xml:space="default"/></a>';
  it.each([
    [inclusive, '<b xmlns="urn:a" xmlns:p="urn:p" xml:id="r" xml:lang="ja" xml:space="default" p:x="1"></b>'],
    [inclusive11, '<b xmlns="urn:a" xmlns:p="urn:p" xml:lang="ja" xml:space="default" p:x="1"></b>'],
    [exclusive, '<b xmlns="urn:a" xmlns:p="urn:p" xml:space="default" p:x="1"></b>'],
  ])("$uri", (method, expected) => expect(canonical(text, method, "b")).toBe(expected));

  it("the exclusive form says a namespace where it is used", () => {
    const nested = '<n0:a xmlns:n0="urn:0" xmlns:n1="urn:1"><b><n1:c/><n1:d n0:x=""/></b></n0:a>';
    expect(canonical(nested, exclusive)).toBe(
      '<n0:a xmlns:n0="urn:0"><b><n1:c xmlns:n1="urn:1"></n1:c><n1:d xmlns:n1="urn:1" n0:x=""></n1:d></b></n0:a>',
    );
  });
});

describe("prefixes that the exclusive form treats as inclusive", () => {
  const prefixes = (...inclusivePrefixes: string[]) =>
    exclusive && { ...exclusive, inclusivePrefixes: new Set(inclusivePrefixes) };
  const text =
    '<a xmlns="urn:a" xmlns:p="urn:p" xmlns:q="urn:q"><x:b xmlns:x="urn:x" q:r="p:v"><c xmlns="" xmlns:p="urn:2"/></x:b></a>';
  it.each([
    [["p"], 'xmlns:p="urn:p" xmlns:q="urn:q" xmlns:x="urn:x"', '<c xmlns:p="urn:2">'],
    [["q", "none"], 'xmlns:q="urn:q" xmlns:x="urn:x"', "<c>"],
    [["", "p"], 'xmlns="urn:a" xmlns:p="urn:p" xmlns:q="urn:q" xmlns:x="urn:x"', '<c xmlns="" xmlns:p="urn:2">'],
  ])("%j", (list, outer, inner) =>
    expect(canonical(text, prefixes(...list), "x:b")).toBe(`<x:b ${outer} q:r="p:v">${inner}</c></x:b>`),
  );
});

describe("without one element", () => {
  it.each([
    [undefined, "<a>x<b></b>y</a>"],
    ["b", "<b></b>"],
  ])("of %s", (part, expected) =>
    expect(canonical("<a>x<b><s><t/></s></b>y</a>", inclusive, part, "s")).toBe(expected),
  );
});

it("code points sort U+FF71 before U+2000B, UTF-16 units don't", () => {
  expect(["\u{2000B}", "\uFF71", "b", "ba", "\uD7FF"].toSorted(compareCodePoints)).toEqual([
    "b",
    "ba",
    "\uD7FF",
    "\uFF71",
    "\u{2000B}",
  ]);
  expect(canonical('<a \u{2000B}="1" \uFF71="2"/>')).toBe('<a \uFF71="2" \u{2000B}="1"></a>');
});
