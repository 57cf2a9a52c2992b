/** A document that something about XML or canonicalisation makes tricky. */
export interface TrickyDocument {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** An ID to sign, and the element that has it as `--id-attr` of xmlsec1 wants it: `attribute`, `namespace:name`. */
  readonly target?: { readonly id: string; readonly attribute: string; readonly element: string } | undefined;
  /** Enveloped with Canonical XML 1.1 we refuse it. */
  readonly inheritsBase?: boolean | undefined;
  /** Why a program can't verify what is right. */
  readonly exceptions?: { readonly jdk?: string; readonly xmldsigjs?: string | undefined } | undefined;
}

type Extra = Omit<TrickyDocument, "name" | "bytes">;

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (character) => character.charCodeAt(0));

function utf16(text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, littleEndian);
  for (let at = 0; at < text.length; at++) view.setUint16(2 + at * 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
}

/** Of the second opinion (xmldsigjs 2.8.8 with xmldom 0.9.12); xmlsec1 and the JDK accept every one of these. */
const XMLDSIGJS_IS_WRONG: Readonly<Record<string, string>> = {
  "UTF-16LE": "takes text, not octets",
  "UTF-16BE": "takes text, not octets",
  "UTF-16LE without a declaration": "takes text, not octets",
  "UTF-16LE with a self-closing root": "takes text, not octets",
  "Shift_JIS with trailing octets that look like a backslash": "takes text, not octets",
  "Shift_JIS, self-closing root": "takes text, not octets",
  "Windows-31J with a full-width tilde": "takes text, not octets",
  "EUC-JP": "takes text, not octets",
  "ISO-8859-1": "takes text, not octets",
  "comments and instructions around the root": "leaves out line feeds around instructions outside the root",
  "instruction before the root, no line end": "leaves out line feeds around instructions outside the root",
  "attributes that UTF-16 would sort otherwise": "sorts by UTF-16 units",
  "no-break space, BOM and NEL inside": "reads U+0085 and U+2028 as line ends, as XML 1.1 does",
  "default namespace undeclared": 'writes xmlns="" where nothing is undeclared',
  "default namespace undeclared where there is none": 'writes xmlns="" where nothing is undeclared',
  "our own prefixes, otherwise bound": "loses a prefix that is bound anew",
  "the xml prefix declared": "does not let SignedInfo inherit xml: attributes",
  "xml:lang and xml:space inherited": "does not let SignedInfo inherit xml: attributes",
  "xml:lang overridden on the way": "does not let SignedInfo inherit xml: attributes",
  "xml:id, its own and around": "does not let SignedInfo inherit xml: attributes",
  "xml: attributes and namespaces together": "does not let SignedInfo inherit xml: attributes",
  "xml:base around and inside": "does not let SignedInfo inherit xml: attributes",
  XHTML: "does not let SignedInfo inherit xml: attributes",
};

const document = (name: string, bytes: Uint8Array<ArrayBuffer> | string, extra: Extra = {}): TrickyDocument => ({
  name,
  bytes: typeof bytes === "string" ? utf8(bytes) : bytes,
  ...extra,
  ...(name in XMLDSIGJS_IS_WRONG && { exceptions: { ...extra.exceptions, xmldsigjs: XMLDSIGJS_IS_WRONG[name] } }),
});

const target = (element: string, attribute = "Id", id = "t"): Extra => ({ target: { id, attribute, element } });
/** Japanese octets by hand: no runtime encodes them. */
const SHIFT_JIS =
  '<?xml version="1.0" encoding="Shift_JIS"?>\n<\x90\x5c\x90\xbf \x8e\x96="\x83\x5c">\x95\x5c\x8e\xa6 \xb1\xb2</\x90\x5c\x90\xbf>';

const JDK_NAMES = { jdk: "Xerces knows the names of XML 1.0 up to the 4th edition" } as const;

/** At least sixty. All are well-formed; all can be signed. */
export const TRICKY_DOCUMENTS: readonly TrickyDocument[] = [
  document("the smallest", "<a/>"),
  document("empty with end tag", "<a></a>"),
  document("empty with spaces in the tags", "<a  b = '1'\n></a \t>"),
  document("self-closing root with attributes", '<a b="1" c="2" />'),
  document("self-closing root with a Japanese name", "<申請 様式='一' />"),
  document("XML declaration", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a>x</a>'),
  document(
    "XML declaration in single quotes with spaces",
    "<?xml version = '1.0'  encoding = 'utf-8' ?>\r\n<a>x</a>\r\n",
  ),
  document("byte order mark", utf8('\uFEFF<?xml version="1.0" encoding="UTF-8"?><a>日本</a>')),
  document(
    "UTF-16LE",
    utf16('<?xml version="1.0" encoding="UTF-16"?><申請 xml:lang="ja"><氏名>道野　遥𠮷</氏名></申請>', true),
  ),
  document(
    "UTF-16BE",
    utf16('<?xml version="1.0" encoding="UTF-16"?><申請 xml:lang="ja"><氏名>道野　遥𠮷</氏名></申請>', false),
  ),
  document("UTF-16LE without a declaration", utf16("<a>é</a>", true)),
  document("UTF-16LE with a self-closing root", utf16("<申請 b='1'/>\n", true)),
  document("Shift_JIS with trailing octets that look like a backslash", latin(SHIFT_JIS)),
  document(
    "Shift_JIS, self-closing root",
    latin('<?xml version="1.0" encoding="Shift_JIS"?><\x90\x5c\x90\xbf a="\x83\x5c"/>'),
  ),
  document(
    "Windows-31J with a full-width tilde",
    latin('<?xml version="1.0" encoding="Windows-31J"?><a>9\x81\x6017 \x87\x40</a>'),
  ),
  document(
    "EUC-JP",
    latin('<?xml version="1.0" encoding="EUC-JP"?><\xbf\xbd\xc0\xc1>\xc6\xfc\xcb\xdc</\xbf\xbd\xc0\xc1>'),
  ),
  document("ISO-8859-1", latin('<?xml version="1.0" encoding="ISO-8859-1"?><caf\xe9 b="\xfc">\xa0\xff</caf\xe9>')),
  document("US-ASCII", latin('<?xml version="1.0" encoding="US-ASCII"?><a>&#x65E5;</a>')),
  document("CRLF line ends", "<a>\r\n  <b Id='t'>\r\n</b>\r\n</a>\r\n", target("b")),
  document("bare carriage returns", "<a>\r<b c='1\r2'>\r\r</b>\r</a>"),
  document("carriage return by reference in text", "<a>x&#13;y&#xD;&#xd;\r\nz</a>"),
  document("white space by reference in an attribute", '<a b="x&#13;&#10;&#9;y"/>'),
  document("white space as such in an attribute", '<a b="x\r\n\t y\r\rz  "/>'),
  document("predefined entities", "<a b='&lt;&gt;&amp;&apos;&quot;'>&lt;&gt;&amp;&apos;&quot;</a>"),
  document("]]> in pieces", "<a>]]&gt; ]]&#62; ]] > <![CDATA[]]]]>&gt;</a>"),
  document("> as such in text and values", "<a b='>'>></a>"),
  document("CDATA", "<a><![CDATA[<b>&amp;</b>]]></a>"),
  document("CDATA with a carriage return", "<a><![CDATA[x\r\ny\rz]]></a>"),
  document("empty CDATA, and two in a row", "<a><![CDATA[]]><![CDATA[x]]><![CDATA[y]]></a>"),
  document("comments inside", "<a><!-- x --><b/><!----><c>1<!-- - - -->2</c></a>"),
  document("comments and instructions around the root", "<!--1--><?p 1?>\n<a/>\n\n<!--2--><?p 2?>\n"),
  document("instructions", "<a><?p?><?q  x  y ?><?日本 <a>&amp;?></a>"),
  document("instruction with line ends", "<a><?p x\r\ny\rz?></a>"),
  document("instruction before the root, no line end", '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>'),
  document("white space around the root", "\n\n \t<a/> \n\n"),
  document(
    "Japanese names and values",
    '<申請書 様式="第一号"><氏名 カナ="ミチノ ハルカ">道野　遥</氏名>々〆ヶー</申請書>',
  ),
  document("surrogate pairs in text and values", '<a b="𠮷&#x20BB7;">😀&#x1F600;𩸽</a>'),
  document("names outside the basic plane", "<𠮷 𩸽='1'>x</𠮷>", { exceptions: JDK_NAMES }),
  document("attributes that UTF-16 would sort otherwise", '<a 𠀋="1" ｱ="2" b="3"/>', { exceptions: JDK_NAMES }),
  document("combining characters and joiners", "<a é='1'>é が &#x200D; \u200B</a>"),
  document("no-break space, BOM and NEL inside", "<a> \u00A0\uFEFF\u0085\u2028 </a>"),
  document("control characters of Latin-1", "<a>\u007F\u0080\u009F</a>"),
  document("default namespace", '<a xmlns="urn:a"><b Id="t">x</b></a>', target("urn:a:b")),
  document("default namespace undeclared", '<a xmlns="urn:a"><b xmlns="" Id="t"><c/></b></a>', target("b")),
  document(
    "default namespace undeclared and declared again",
    '<a xmlns="urn:a"><b xmlns=""><c xmlns="urn:a" Id="t"/></b></a>',
    target("urn:a:c"),
  ),
  document("default namespace undeclared where there is none", '<a xmlns=""><b xmlns=""/></a>'),
  document(
    "superfluous redeclarations",
    '<p:a xmlns:p="urn:p"><p:b xmlns:p="urn:p"><p:c xmlns:p="urn:p" Id="t"/></p:b></p:a>',
    target("urn:p:c"),
  ),
  document(
    "a prefix that changes its meaning",
    '<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:1" Id="t"/></p:b></p:a>',
    target("urn:1:c"),
  ),
  document("unused declarations", '<a xmlns:x="urn:x" xmlns:y="urn:y"><b Id="t" xmlns:z="urn:z"/></a>', target("b")),
  document(
    "a prefix used in a value only",
    '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:t"><b Id="t" xsi:type="t:x"/></a>',
    target("b"),
  ),
  document("two prefixes for one namespace", '<a xmlns:p="urn:1" xmlns:q="urn:1" p:x="1" q:y="2"><p:b/><q:b/></a>'),
  document("prefix and default for one namespace", '<a xmlns="urn:1" xmlns:q="urn:1" q:x="1" x="2"><q:b x="3"/></a>'),
  document(
    "our own prefixes, otherwise bound",
    '<ds:a xmlns:ds="urn:other" xmlns:xades="urn:more"><ds:b Id="t"/></ds:a>',
    target("urn:other:b"),
  ),
  document(
    "the signature namespace as the default",
    '<r xmlns="urn:r" xmlns:d="http://www.w3.org/2000/09/xmldsig#"><d:KeyName>x</d:KeyName></r>',
  ),
  document("the xml prefix declared", '<a xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="ja"><b/></a>'),
  document("attributes out of order", '<a z="1" y="2" xmlns:b="urn:z" xmlns:a="urn:y" a:n="3" b:m="4" m="5"/>'),
  document(
    "attributes sorted by namespace, not prefix",
    '<e xmlns:a="http://z" xmlns:b="http://a" a:x="1" b:x="2" x="3"/>',
  ),
  document(
    "xml:lang and xml:space inherited",
    '<a xml:lang="ja" xml:space="preserve"><b><c Id="t"> x </c></b></a>',
    target("c"),
  ),
  document(
    "xml:lang overridden on the way",
    '<a xml:lang="ja"><b xml:lang="en" xml:space="default"><c Id="t" xml:lang="ko"/></b></a>',
    target("c"),
  ),
  document("xml:id, its own and around", '<a xml:id="root"><b xml:id="t">x</b></a>', target("b", "xml:id")),
  document(
    "xml: attributes and namespaces together",
    '<p:a xmlns:p="urn:p" xml:lang="ja"><p:b p:x="1" Id="t" a="0"/></p:a>',
    target("urn:p:b"),
  ),
  document(
    "xml:base around and inside",
    '<a xml:base="http://x/y/"><b xml:base="../z" Id="t"><c xml:base="q"/></b></a>',
    {
      ...target("b"),
      inheritsBase: true,
    },
  ),
  document("the root as target", '<a Id="t">x<b/></a><!--not covered-->', target("a")),
  document("a Japanese ID", '<申請><構成 ID="構成情報">x</構成></申請>', target("構成", "ID", "構成情報")),
  document("a target with lower-case id", '<DATA><R id="t" VR="1.0">1</R></DATA>', target("R", "id")),
  document("the target is empty", "<a><b Id='t'/></a>", target("b")),
  document(
    "the target has everything inside",
    '<a xmlns:u="urn:u"><b Id="t" z="1" a="2"><!--c--><?p i?><![CDATA[&]]>&#13;<u:c/></b></a>',
    target("b"),
  ),
  document("250 elements deep", `${"<a>".repeat(250)}x${"</a>".repeat(250)}`),
  document("many attributes", `<a ${Array.from({ length: 200 }, (_, at) => `x${(at * 7) % 200}="${at}"`).join(" ")}/>`),
  document("many children", `<a>${"<b>1</b>\n".repeat(5000)}</a>`),
  document("a long text", `<a>${"日本語 ".repeat(20_000)}</a>`),
  document("a < b as text beside markup that looks like an end", "<a><!-- </a> --><![CDATA[</a>]]><?p </a>?>x</a>"),
  document("namespace URIs with a query", '<a xmlns:p="urn:x?a=1;b=(2)" p:b="1"/>'),
  document("leading zeros in references", "<a>&#0000065;&#x0000042;</a>"),
  document("mixed content", "<p>一<b>二</b>三<i/>四\n</p>"),
  document("XHTML", '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ja"><body><p>x<br/></p></body></html>'),
];
