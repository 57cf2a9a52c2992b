/** A part of a line that one font draws. */
interface FontRun {
  readonly text: string;
  /** Printable ASCII in Helvetica; everything else in the Japanese font. */
  readonly latin: boolean;
}

/** Helvetica's advances from space to tilde, in thousandths (Adobe Font Metrics of the standard 14 fonts). */
const HELVETICA: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** The line in runs of one font each. Control characters are dropped. */
export function fontRuns(line: string): readonly FontRun[] {
  const shown = line.replaceAll(/\p{Cc}/gu, "");
  return [...shown.matchAll(/[\x20-\x7e]+|[^\x20-\x7e]+/g)].map(([text]) => ({
    text,
    latin: /^[\x20-\x7e]/.test(text),
  }));
}

/** Its width at a size of 1: what is not Latin takes a full em, as the font's `/DW` says. */
export function lineWidth(line: string): number {
  let thousandths = 0;
  for (const { text, latin } of fontRuns(line))
    for (const character of text) thousandths += latin ? (HELVETICA[character.charCodeAt(0) - 0x20] ?? 1000) : 1000;
  return thousandths / 1000;
}
