/** The family that a file's first octets say it belongs to; each has one reader. */
export type FileFamily = "pdf" | "xml" | "cms" | "jws";

const WHITE_SPACE = new Set([0x09, 0x0a, 0x0d, 0x20]);

/**
 * The family of a file by what it begins with, never by a name or a media type: `%PDF-`, DER's SEQUENCE or PEM armour, an XML declaration or element, a compact
 * JWS or one in JSON. `undefined` for anything else.
 */
export function detectFamily(file: Uint8Array): FileFamily | undefined {
  if (startsWith(file, "%PDF-")) return "pdf";
  const [first] = file;
  if (first === 0x30 || startsWith(file, "-----BEGIN ")) return "cms";
  // a byte order mark is XML's: UTF-8, UTF-16 in both orders
  if (startsWith(file, "\u00ef\u00bb\u00bf") || startsWith(file, "\u00ff\u00fe") || startsWith(file, "\u00fe\u00ff"))
    return "xml";
  // UTF-16 without a mark begins with an element or a declaration
  if ((file[0] === 0x3c && file[1] === 0) || (file[0] === 0 && file[1] === 0x3c)) return "xml";
  const start = file.subarray(0, 1024).findIndex((octet) => !WHITE_SPACE.has(octet));
  if (file[start] === 0x3c) return "xml";
  if (file[start] === 0x7b || startsWith(file, "ey")) return "jws";
  return undefined;
}

/** Whether the octets begin with these characters, each an octet. */
function startsWith(file: Uint8Array, text: string): boolean {
  return file.length >= text.length && Array.from(text).every((character, at) => file[at] === character.charCodeAt(0));
}
