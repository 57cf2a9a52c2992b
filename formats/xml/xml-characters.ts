/**
 * NameStartChar of XML 1.0 (5th edition), production 4, without the colon: the namespaces recommendation keeps it for prefixes.
 */
const NAME_START =
  "A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}" +
  "\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}";
const NC_NAME = `[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`;

/** A name at `lastIndex`, with a prefix or without (Namespaces in XML 1.0, production 7). */
export const QUALIFIED_NAME = new RegExp(`${NC_NAME}(?::${NC_NAME})?`, "uy");

/** The whole string is a name without a colon (Namespaces in XML 1.0, production 4). */
export const WHOLE_NC_NAME = new RegExp(`^${NC_NAME}$`, "u");

/** Finds what is no Char (XML 1.0, production 2). */
export const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** White space at `lastIndex`, none allowed (production 3). */
export const SPACE = /[ \t\r\n]*/y;

/** Whether a character reference may name this code point. */
export function isCharacter(code: number): boolean {
  return code <= 0x10ffff && !NO_CHARACTER.test(String.fromCodePoint(code));
}

/**
 * Compares by code point, as canonicalisation sorts (Canonical XML 1.0, 2.2). JavaScript's own order is that of UTF-16 units, which puts
 * surrogate pairs before U+E000.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
