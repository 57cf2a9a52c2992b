import { textString } from "../../../formats/pdf/pdf-text.ts";
import { pdfDictionary, pdfName, pdfNumber, type PdfReference, type PdfValue } from "../../../formats/pdf/pdf-value.ts";

/** One of the fonts that every reader has (ISO 32000-1, 9.6.2.2). */
export const LATIN_FONT = pdfDictionary({
  Type: pdfName("Font"),
  Subtype: pdfName("Type1"),
  BaseFont: pdfName("Helvetica"),
  Encoding: pdfName("WinAnsiEncoding"),
});

const KAKUGO = pdfName("HeiseiKakuGo-W5");

/**
 * A Japanese gothic that is not embedded: every reader puts its own in its place, by the character collection Adobe-Japan1 (ISO 32000-1,
 * 9.7.5.2). Text is UTF-16BE, every character a full em wide.
 */
export function japaneseFont(allocate: () => PdfReference): {
  readonly reference: PdfReference;
  readonly objects: readonly (readonly [PdfReference, PdfValue])[];
} {
  const [reference, descendant, descriptor] = [allocate(), allocate(), allocate()];
  const font = pdfDictionary({
    Type: pdfName("Font"),
    Subtype: pdfName("Type0"),
    BaseFont: pdfName("HeiseiKakuGo-W5-UniJIS-UTF16-H"),
    Encoding: pdfName("UniJIS-UTF16-H"),
    DescendantFonts: [descendant],
  });
  const glyphs = pdfDictionary({
    Type: pdfName("Font"),
    Subtype: pdfName("CIDFontType0"),
    BaseFont: KAKUGO,
    CIDSystemInfo: pdfDictionary({
      Registry: textString("Adobe"),
      Ordering: textString("Japan1"),
      Supplement: pdfNumber(6),
    }),
    FontDescriptor: descriptor,
    DW: pdfNumber(1000),
  });
  const metrics = pdfDictionary({
    Type: pdfName("FontDescriptor"),
    FontName: KAKUGO,
    Flags: pdfNumber(4),
    FontBBox: [-100, -250, 1100, 900].map(pdfNumber),
    ItalicAngle: pdfNumber(0),
    Ascent: pdfNumber(880),
    Descent: pdfNumber(-120),
    CapHeight: pdfNumber(740),
    StemV: pdfNumber(100),
  });
  return {
    reference,
    objects: [
      [reference, font],
      [descendant, glyphs],
      [descriptor, metrics],
    ],
  };
}
