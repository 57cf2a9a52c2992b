import { describe, expect, it } from "vitest";
import { parseXml } from "../../formats/xml/xml-parser.ts";
import { hasComments, xmlLines, type XmlLine } from "./xml-lines.ts";

const lines = (xml: string): readonly XmlLine[] => xmlLines(parseXml(new TextEncoder().encode(xml)));
const written = (xml: string): string[] =>
  lines(xml).map(
    ({ depth, parts }) =>
      "  ".repeat(depth) +
      parts.flatMap(({ runs }) => runs.map((run) => (run.kind === "text" ? run.text : `[${run.code}]`))).join(""),
  );

describe("XML as lines", () => {
  it("shows everything that stands in it, indented", () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<?style a="b"?>
<!-- 前 -->
<届書 xmlns="urn:x" xmlns:p="urn:p" p:版="1 &quot;2&quot;"><氏名 種別='漢字'>道野 遥</氏名><空/>
  <注記>この<b>文</b>は
    長い</注記><p:e></p:e><![CDATA[<氏名>偽</氏名>]]></届書>`;
    expect(written(xml)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<?style a="b"?>',
      "<!-- 前 -->",
      '<届書 xmlns="urn:x" xmlns:p="urn:p" p:版="1 &quot;2&quot;">',
      '  <氏名 種別="漢字">道野 遥</氏名>',
      "  <空/>",
      "  <注記>",
      "    この",
      "    <b>文</b>",
      "    は\n    長い",
      "  </注記>",
      "  <p:e></p:e>",
      "  <![CDATA[<氏名>偽</氏名>]]>",
      "</届書>",
    ]);
  });

  it("lets no text look like markup, and marks what can't be seen, references resolved", () => {
    expect(written("<a b='&lt;c/>'>&lt;金額&gt;0&amp;&#x202E;1</a>")).toEqual([
      '<a b="&lt;c/&gt;">&lt;金額&gt;0&amp;[U+202E]1</a>',
    ]);
    expect(written("<a><b/>\u3000<b/>\uFEFF</a>")).toEqual([
      "<a>",
      "  <b/>",
      "  \u3000",
      "  <b/>",
      "  [U+FEFF]",
      "</a>",
    ]);
  });

  it("knows where each line stands, so that the signed part is marked by offsets", () => {
    const xml = "<a><b ID='x'><c>1</c><d/></b><e/></a>";
    const start = xml.indexOf("<b");
    const end = xml.indexOf("</b>") + 4;
    const covered = lines(xml).filter((line) => line.start >= start && line.end <= end);
    expect(covered.map(({ start: from, end: to }) => xml.slice(from, to))).toEqual([
      "<b ID='x'>",
      "<c>1</c>",
      "<d/>",
      "</b>",
    ]);
  });
});

it.each([
  ["<a><b/></a>", false],
  ["<!-- c --><a/>", true],
  ["<a><b><!-- c --></b></a>", true],
  ["<a>&lt;!-- c --&gt;<![CDATA[<!-- c -->]]></a>", false],
])("%s has comments: %s", (xml, expected) => {
  expect(hasComments(parseXml(new TextEncoder().encode(xml)))).toBe(expected);
});
