import { encodeHex } from "../../../shared/encoding/hex.ts";
import { utf16 } from "../../../formats/pdf/pdf-text.ts";
import { pdfDictionary, pdfName, pdfNumber, type PdfReference, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import { LATIN_FONT, japaneseFont } from "./stamp-fonts.ts";
import { fontRuns, lineWidth } from "./stamp-text.ts";
import { writeValue } from "./pdf-writer.ts";
import type { WrittenObject } from "./revision.ts";

/** The room for a stamp, in points as displayed. */
export interface StampBox {
  readonly width: number;
  readonly height: number;
  /** How far the page is turned clockwise; the stamp is turned back. */
  readonly rotation: 0 | 90 | 180 | 270;
}

/** One line of the stamp, and its size beside the others'. */
export interface StampLine {
  readonly text: string;
  readonly size: number;
}

/** The linear part of the form matrix that turns the stamp back (ISO 32000-1, 8.3.3). */
const TURNS = { 0: [1, 0, 0, 1], 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] } as const;

const PADDING = 0.06;
const LEADING = 1.3;
const LARGEST = 12;

/**
 * The stamp as a form XObject (ISO 32000-1, 12.5.5) and its fonts: a border and the lines in it, as large as the box allows. `allocate` gives
 * the numbers of the fonts; the XObject itself is `reference`.
 */
export function stampObjects(
  reference: PdfReference,
  box: StampBox,
  lines: readonly StampLine[],
  allocate: () => PdfReference,
): readonly WrittenObject[] {
  const latin = allocate();
  const japanese = japaneseFont(allocate);
  const content = drawStamp(box, lines);
  const dictionary = pdfDictionary({
    Type: pdfName("XObject"),
    Subtype: pdfName("Form"),
    BBox: [0, 0, box.width, box.height].map(pdfNumber),
    Matrix: [...TURNS[box.rotation], 0, 0].map(pdfNumber),
    Resources: pdfDictionary({ Font: pdfDictionary({ F1: latin, F2: japanese.reference }) }),
    Length: pdfNumber(content.length),
  });
  const write = ([at, value]: readonly [PdfReference, PdfValue]): WrittenObject => ({
    reference: at,
    body: writeValue(value),
  });
  return [
    { reference, body: `${writeValue(dictionary)}\nstream\n${content}\nendstream` },
    ...[[latin, LATIN_FONT] as const, ...japanese.objects].map(write),
  ];
}

function drawStamp({ width, height }: StampBox, lines: readonly StampLine[]): string {
  const padding = Math.min(width, height) * PADDING + 1;
  const inner = { width: Math.max(width - 2 * padding, 0.1), height: Math.max(height - 2 * padding, 0.1) };
  const units = lines.reduce((sum, line) => sum + line.size * LEADING, 0);
  const widest = Math.max(...lines.map((line) => lineWidth(line.text) * line.size));
  const unit = Math.min(LARGEST, inner.height / units, inner.width / widest);
  let y = height / 2 + (units * unit) / 2;
  const operators = [`q 0.5 w 0.25 0.25 ${round(width - 0.5)} ${round(height - 0.5)} re S Q`, "BT"];
  for (const { text, size } of lines) {
    const points = size * unit;
    // the baseline stands a fifth of an em above the foot of the line
    y -= points * LEADING;
    operators.push(`1 0 0 1 ${round(padding)} ${round(y + points * (LEADING - 1) * 0.5 + points * 0.2)} Tm`);
    for (const run of fontRuns(text))
      operators.push(`/${run.latin ? "F1" : "F2"} ${round(points)} Tf <${hex(run.text, run.latin)}> Tj`);
  }
  return [...operators, "ET"].join("\n");
}

const hex = (text: string, latin: boolean): string => encodeHex(latin ? new TextEncoder().encode(text) : utf16(text));

const round = (value: number): string => pdfNumber(value).text;
