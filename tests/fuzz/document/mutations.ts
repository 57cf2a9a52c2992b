import type { Random } from "../pdf/random.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Source<Content> = readonly [type: string, content: Content];

/** A file and the media type that a page says it has. */
export interface DeclaredFile {
  readonly type: string;
  readonly bytes: Bytes;
}

const octets = (...parts: readonly (string | number)[]): Bytes =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? Array.from(part, (one) => one.charCodeAt(0)) : [part])),
  );

const FORM =
  '{"form":"kodo:1","title":"申請書","fields":[{"label":"氏名","value":"道野　遥𠮷"},{"label":"給付の額","value":"50,000円\\n"},{"label":"備考","value":""}]}';
const SPACED =
  '{\n "form" : "kodo:1" ,\r\n\t"title": "a", "fields": [ {"label": "b", "value": "c\\r\\nd\\u202e"} ]\n}\n';
const XML =
  '<?xml version="1.0" encoding="UTF-8"?>\n<申請 xmlns="urn:a" 様式="1"><氏名 Id="t">道野　遥 &lt;b&gt;</氏名>\n<!-- c --><?p i?> x <![CDATA[ <y> ]]></申請>';

const JSON_TYPE = "application/json";
/** Texts, and the type that each has by itself. */
const TEXTS: readonly [Source<string>, ...Source<string>[]] = [
  [JSON_TYPE, FORM],
  [JSON_TYPE, FORM],
  ["application/vnd.city+json; charset=utf-8", SPACED],
  [JSON_TYPE, '{"a":[1,{"b":null}]}'],
  ["application/xml", XML],
  ["image/svg+xml", XML],
  ["text/plain", "申請します。\r\n氏名\t道野\n"],
  ["text/html", "a\u202Eb\u200B\uFEFFc"],
];

/** Images that are drawn, by their headers, each with enough behind it to be read; and files of other kinds. */
const FILES: readonly [Source<Bytes>, ...Source<Bytes>[]] = [
  [
    "image/png",
    octets(
      0x89,
      "PNG\r\n",
      0x1a,
      "\n",
      0,
      0,
      0,
      13,
      "IHDR",
      0,
      0,
      0,
      9,
      0,
      0,
      0,
      7,
      8,
      6,
      0,
      0,
      0,
      1,
      2,
      3,
      4,
      0,
      0,
      0,
      0,
      "IDAT",
      0,
    ),
  ],
  [
    "image/jpeg",
    octets(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0, 7, 0, 9, 1, 1, 0x11, 0, 0xff, 0xd9),
  ],
  [
    "image/gif",
    octets("GIF89a", 9, 0, 7, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6, 0x2c, 0, 0, 0, 0, 9, 0, 7, 0, 0, 2, 1, 0, 0, 0x3b),
  ],
  ["image/webp", octets("RIFF", 30, 0, 0, 0, "WEBPVP8X", 10, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 6, 0, 0, 0, 0)],
  ["image/webp", octets("RIFF", 30, 0, 0, 0, "WEBPVP8L", 10, 0, 0, 0, 0x2f, 8, 0, 0, 0, 0, 0, 0, 0)],
  ["application/pdf", octets("%PDF-1.7\n%", 0xe2, 0xe3)],
  ["application/pdf", octets("%PDF-1.7\n%", 0xe2, 0xe3)],
  ["application/zip", octets("PK", 3, 4, 20, 0)],
  ["", octets("MZ", 0x90, 0, 3)],
];

/** Types that are claimed of anything. */
const TYPES: readonly [string, ...string[]] = [
  JSON_TYPE,
  "text/plain",
  "text/plain; charset=Shift_JIS",
  "text/html;charset=euc-jp",
  "text/xml; charset=utf-8",
  "image/png",
  "application/pdf",
  "application/octet-stream",
  "",
];

/** What is put into a text: JSON's and XML's own marks, what can't be seen, what turns text around, half characters. */
const PIECES: readonly [string, ...string[]] = [
  ...(["{", "}", "[", "]", '"', ":", ",", "\\", "\\u", "\\u0000", "\\ud842", "\\n", " ", "\n", "\r\n", "\t"] as const),
  ...['"hidden":"1",', '"value":"2",', '"label":"x"', '{"label":"z","value":"w"},', "null", "1e9", '"form":"kodo:1"'],
  ...[
    "\u0000",
    "\u200B",
    "\u202E",
    "\uFEFF",
    "\u2028",
    "\u3164",
    "\u{E0041}",
    "日本",
    "𠮷",
    "%PDF-",
    "<b>",
    "</b>",
    "&#10;",
  ],
  ...["&amp;", "<!-- x -->", "]]>", "<![CDATA[", "<!DOCTYPE a>", " x='&#x202E;'", "<c/>", "kodo:2"],
];

function mutatedText(source: string, random: Random): Bytes {
  let text = source;
  for (let left = random.below(4); left > 0; left--) {
    const at = random.below(text.length + 1);
    const end = at + random.below(10);
    const kind = random.below(6);
    if (kind === 0) text = text.slice(0, at) + text.slice(end);
    else if (kind === 1) text = text.slice(0, end) + text.slice(at);
    else text = text.slice(0, at) + random.pick(PIECES) + text.slice(kind === 2 ? end : at);
  }
  return new TextEncoder().encode(text);
}

/** A file out of a few others, most of the time under the type that is its own. */
export function mutatedFile(random: Random): DeclaredFile {
  const isText = random.below(4) > 0;
  const [own, content] = isText ? random.pick(TEXTS) : random.pick(FILES);
  const bytes = typeof content === "string" ? mutatedText(content, random) : Uint8Array.from(content);
  for (let left = isText ? Number(random.below(12) === 0) : random.below(4); left > 0 && bytes.length > 0; left--)
    bytes[random.below(bytes.length)] = random.below(256);
  const cut = random.below(12) === 0 ? bytes.slice(0, random.below(bytes.length + 1)) : bytes;
  return { type: random.below(4) > 0 ? own : random.pick(TYPES), bytes: cut };
}
