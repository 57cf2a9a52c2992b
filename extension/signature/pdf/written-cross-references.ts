import {
  pdfDictionary,
  pdfName,
  pdfNumber,
  type PdfDictionary,
  type PdfReference,
} from "../../../formats/pdf/pdf-value.ts";
import { writeValue } from "./pdf-writer.ts";

/** A cross-reference section to be written. */
export interface WrittenSection {
  readonly kind: "table" | "stream";
  /** Where it will stand in the file. */
  readonly offset: number;
  /** One more than the highest object number, the stream's own not counted. */
  readonly size: number;
  readonly offsets: ReadonlyMap<PdfReference, number>;
  /** All but what describes the section itself. */
  readonly trailer: PdfDictionary;
}

/** One entry. */
type Entry = readonly [reference: PdfReference, offset: number];

/** The section, and all that stands behind it up to the end of the file; one character an octet. */
export function writeCrossReferences(section: WrittenSection): string {
  const written = section.kind === "table" ? writeTable(section) : writeStream(section);
  return `${written}\nstartxref\n${section.offset}\n%%EOF\n`;
}

/** ISO 32000-1, 7.5.4: 20 octets an entry. */
function writeTable({ offsets, size, trailer }: WrittenSection): string {
  const lines = ["xref"];
  for (const run of runsOf([...offsets])) {
    lines.push(`${run[0]?.[0].number ?? 0} ${run.length}`);
    for (const [{ generation }, offset] of run)
      lines.push(`${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} n `);
  }
  const entries: PdfDictionary = new Map([["Size", pdfNumber(size)], ...trailer]);
  return [...lines, "trailer", writeValue(entries)].join("\n");
}

/** ISO 32000-1, 7.5.8: type, offset in four octets, generation in two. */
function writeStream({ offset, offsets, size, trailer }: WrittenSection): string {
  const own: PdfReference = { kind: "reference", number: size, generation: 0 };
  const runs = runsOf([...offsets, [own, offset]]);
  const data = runs
    .flat()
    .map(([{ generation }, at]) => `\x01${bigEndian(at, 4)}${bigEndian(generation, 2)}`)
    .join("");
  const dictionary = new Map([
    ...pdfDictionary({
      Type: pdfName("XRef"),
      Size: pdfNumber(size + 1),
      W: [1, 4, 2].map(pdfNumber),
      Index: runs.flatMap((run) => [run[0]?.[0].number ?? 0, run.length]).map(pdfNumber),
      Length: pdfNumber(data.length),
    }),
    ...trailer,
  ]);
  return `${size} 0 obj\n${writeValue(dictionary)}\nstream\n${data}\nendstream\nendobj`;
}

/** Entries in the order of their numbers, those that follow each other together. */
function runsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const runs: Entry[][] = [];
  for (const entry of entries.toSorted(([a], [b]) => a.number - b.number)) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.[0].number === entry[0].number - 1) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function bigEndian(value: number, octets: number): string {
  let text = "";
  for (let rest = value; text.length < octets; rest = Math.floor(rest / 256))
    text = String.fromCharCode(rest % 256) + text;
  return text;
}
