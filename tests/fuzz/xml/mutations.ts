/** A small generator of pseudo-random numbers (mulberry32): the same seed, the same numbers, on every machine. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What is put into documents: markup in all its pieces, so that some of what comes out is well-formed. */
const PIECES = [
  ...[
    "<",
    ">",
    "/",
    "&",
    ";",
    "'",
    '"',
    "=",
    " ",
    "\n",
    "\r",
    "\t",
    "-",
    "]",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?p ",
    "?>",
  ],
  ...[
    "<b>",
    "</b>",
    "<b/>",
    "<b x='1'>",
    "<p:c xmlns:p='urn:p'>",
    "</p:c>",
    "<c xmlns=''>",
    "<c xmlns='urn:c'/>",
    "</c>",
    "<d Id='t'/>",
  ],
  ...[
    " xml:lang='ja'",
    " xml:id='t'",
    " Id='t'",
    " ID='u'",
    " id='t'",
    " x='&#10;'",
    " xmlns='urn:d'",
    " xmlns:p='urn:q'",
    " p:x='1'",
  ],
  ...[
    "&#13;",
    "&amp;",
    "&lt;",
    "&#x20BB7;",
    "&x;",
    "日本",
    "𠮷",
    "\u0000",
    "\uFFFE",
    "\uFEFF",
    "<!DOCTYPE a>",
    "<?xml version='1.0'?>",
  ],
  ...[
    "<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/>",
    "<Reference xmlns='http://www.w3.org/2000/09/xmldsig#' URI=''/>",
  ],
  ...[
    "<!-- c -->",
    "<?p i?>",
    "<![CDATA[<&]]>",
    "<![CDATA[]]>",
    " xmlns:ds='urn:other'",
    "xml",
    "encoding",
    "UTF-16",
    "Shift_JIS",
  ],
];

const SEEDS = [
  "<a/>",
  '<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns="urn:a" xmlns:p="urn:p"><b Id="t" p:x="1">x</b><c xmlns=""/></a>\n',
  '<申請 xml:lang="ja" 様式="1"><氏名 Id="t">道野　遥𠮷</氏名>\r\n<!-- c --><?p i?></申請>',
  "<a><b><c><d>1</d></c></b>&#13;<![CDATA[ x ]]></a><!-- end -->",
  '<?xml version="1.0" encoding="Shift_JIS"?><a b="&#x3042;"><c/></a>',
  '<a xmlns:p="urn:1"><p:b xmlns:p="urn:2" Id="t"><p:c xmlns:p="urn:1"/></p:b></a>',
];

/** One document out of a few others: pieces put in, taken out, doubled and exchanged, octets changed, sometimes as UTF-16. */
export function mutatedDocument(random: (below: number) => number): Uint8Array<ArrayBuffer> {
  const pick = (from: readonly string[]): string => from[random(from.length)] ?? "";
  let text = pick(SEEDS);
  for (let rounds = random(5); rounds > 0; rounds--) {
    const at = random(text.length + 1);
    const end = at + random(12);
    const kind = random(5);
    if (kind === 0) text = text.slice(0, at) + text.slice(end);
    else if (kind === 1) text = text.slice(0, end) + text.slice(at);
    else if (kind === 2) text = text.slice(0, at) + pick(PIECES) + text.slice(end);
    else text = text.slice(0, at) + pick(PIECES) + text.slice(at);
  }
  const bytes = random(8) === 0 ? utf16(text, random(2) === 0) : new TextEncoder().encode(text);
  if (random(10) === 0 && bytes.length > 0) bytes[random(bytes.length)] = random(256);
  return bytes;
}

function utf16(text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, littleEndian);
  for (let at = 0; at < text.length; at++) view.setUint16(2 + at * 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
}
