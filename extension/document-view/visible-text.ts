/** A run of ordinary text, or one character that would show as nothing or turn the text around, by its code point. */
export type VisibleRun =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "mark"; readonly code: string };

/**
 * Controls (tab and line ends apart), format characters (bidirectional overrides and isolates, zero-width characters, byte order
 * marks, tags), line and paragraph separators, letters that are blank, and everything else that Unicode lets be ignored, also where it is
 * not assigned yet. Variation selectors stay: Japanese names need them.
 */
const INVISIBLE = /(?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}\u2800]/u;

/**
 * Splits text so that nothing in it can hide or rearrange what is read. With `lines`, tab, LF and CR LF are ordinary text (the line
 * end of a document); without, they are marks too (words that stand on one line).
 */
export function visibleRuns(text: string, lines: boolean): readonly VisibleRun[] {
  const runs: VisibleRun[] = [];
  let plain = "";
  const normalised = lines ? text.replaceAll("\r\n", "\n") : text;
  for (const character of normalised) {
    const isLayout = lines && (character === "\n" || character === "\t");
    if (isLayout || !INVISIBLE.test(character)) {
      plain += character;
      continue;
    }
    if (plain) runs.push({ kind: "text", text: plain });
    plain = "";
    const code = character.codePointAt(0) ?? 0;
    runs.push({ kind: "mark", code: `U+${code.toString(16).toUpperCase().padStart(4, "0")}` });
  }
  if (plain) runs.push({ kind: "text", text: plain });
  return runs;
}

/** The site's own words: at most `limit` code points, the rest replaced by an ellipsis. A well-behaved page is never over it. */
export function limitWords(words: string, limit: number): string {
  const characters = Array.from(words);
  return characters.length <= limit ? words : `${characters.slice(0, limit).join("")}…`;
}

/** How many characters of the runs are shown as marks. */
export const marksIn = (runs: readonly VisibleRun[]): number => runs.filter(({ kind }) => kind === "mark").length;
