import type { Random } from "../pdf/random.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What readers of XML, JSON and compact JWS stumble over. */
const PIECES = [
  ...['"', ",", ":", "{", "}", "[", "]", "null", "-1", "1e999", "\\u0000", '"alg":"none",', '"crit":["b64"],'],
  ...[".", "..", "=", "==", "-", "_", "A", "AAAA", "eyJhbGciOiJub25lIn0", "web-eid:10.0", "ES256", "HS256"],
  ...[
    "<",
    ">",
    "/>",
    "<!-- x -->",
    "<![CDATA[",
    "]]>",
    "<?p?>",
    "<!DOCTYPE a>",
    "&#13;",
    "&amp;",
    ' Id="t"',
    ' id="r"',
  ],
  ...["http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2001/10/xml-exc-c14n#", 'URI="#t"', 'URI=""'],
] as const;

/** A text with one to three changes: pieces put in, taken out, doubled, exchanged, letters turned. */
export function mutateText(octets: Bytes, random: Random): Bytes {
  let text = Buffer.from(octets).toString("utf8");
  for (let count = random.below(3); count >= 0 && text.length > 0; count--) text = change(text, random);
  return new Uint8Array(Buffer.from(text, "utf8"));
}

function change(text: string, random: Random): string {
  const at = random.below(text.length);
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at);
    case 1:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at + random.below(12));
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.below(20));
    case 3: {
      const end = at + random.below(60);
      return text.slice(0, end) + text.slice(at);
    }
    case 4:
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(6))) + text.slice(at + 1);
    case 5:
      return exchangedElements(text, random);
    default:
      return text.slice(0, at);
  }
}

/** One whole element (or quoted text) copied to another place, which is how signatures are wrapped. */
function exchangedElements(text: string, random: Random): string {
  const found = [...text.matchAll(/<([^\s<>/!?]+)[^<>]*>(?:[^<]|<(?!\/\1>))*<\/\1>|"[^"]*"/g)];
  const from = found[random.below(found.length || 1)];
  const to = found[random.below(found.length || 1)];
  if (!from || !to) return text;
  const keep = random.below(2) === 0 ? to[0] : "";
  return text.slice(0, to.index) + from[0] + keep + text.slice(to.index + to[0].length);
}
