/** A piece of a text, after its marks are read. */
export type TextPart =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "ruby"; readonly base: string; readonly reading: string }
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "strong"; readonly parts: readonly TextPart[] }
  | { readonly kind: "may-break" }
  | { readonly kind: "line-end" };

const MARKS = /\*\*(?<strong>.+?)\*\*|\{(?<group>[^{}]*)\}|(?<mayBreak>¦)|(?<lineEnd>\n)/gs;

/**
 * Reads the marks of a text: `{漢字|かんじ}` a word with its reading, `{name}` a value, `**…**` strong, `¦` a place where a line may
 * break, `\n` the end of a line. Values are put in later and are never read for marks themselves.
 */
export function parseMarkup(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  const words = (end: number): void => {
    if (end > at) parts.push({ kind: "words", text: text.slice(at, end) });
  };
  for (const match of text.matchAll(MARKS)) {
    words(match.index);
    at = match.index + match[0].length;
    const { strong, group, mayBreak } = match.groups ?? {};
    if (strong !== undefined) parts.push({ kind: "strong", parts: parseMarkup(strong) });
    else if (group !== undefined) {
      const [base = "", reading] = group.split("|");
      parts.push(reading === undefined ? { kind: "value", name: base } : { kind: "ruby", base, reading });
    } else parts.push({ kind: mayBreak === undefined ? "line-end" : "may-break" });
  }
  words(text.length);
  return parts;
}

/** The text without marks and furigana, values put in: for the title, labels and the status line, where markup can't be. */
export function plainText(parts: readonly TextPart[], values: Readonly<Record<string, string | number>> = {}): string {
  const plain = (part: TextPart): string => {
    switch (part.kind) {
      case "words":
        return part.text;
      case "ruby":
        return part.base;
      case "value":
        return String(values[part.name] ?? "");
      case "strong":
        return plainText(part.parts, values);
      case "may-break":
        return "";
      case "line-end":
        return " ";
    }
  };
  return parts.map(plain).join("");
}
