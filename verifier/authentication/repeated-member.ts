const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * Whether the outermost object of a JSON text has a member twice: readers differ in which one they take (RFC 8259, 4). The text must be one that
 * `JSON.parse` takes.
 */
export function hasRepeatedMember(text: string): boolean {
  const names = new Set<string>();
  let depth = 0;
  let last = "";
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      last = text.slice(at, end + 1);
      at = end;
    } else if (code === COLON && depth === 1) {
      const name = nameOf(last);
      if (names.has(name)) return true;
      names.add(name);
    } else depth += nesting(code);
  }
  return false;
}

/** Index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

/** The same name may be written with and without escapes. */
const nameOf = (string: string): string =>
  string.includes("\\") ? String(JSON.parse(string) as unknown) : string.slice(1, -1);

function nesting(code: number): number {
  if (code === 0x7b || code === 0x5b) return 1;
  return code === 0x7d || code === 0x5d ? -1 : 0;
}
