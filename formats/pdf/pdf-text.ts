import type { Bytes } from "../der/der.ts";
import { pdfString, type PdfString } from "./pdf-value.ts";

/**
 * A text string (ISO 32000-1, 7.9.2.2): its octets as they are where all of it is printable ASCII, else UTF-16BE behind a byte order mark.
 * `always` asks for UTF-16BE in any case.
 */
export function textString(text: string, always?: "always"): PdfString {
  if (!always && /^[\x20-\x7e]*$/.test(text)) return pdfString(new TextEncoder().encode(text));
  return pdfString(utf16(`\ufeff${text}`));
}

/** UTF-16BE, without a byte order mark. */
export function utf16(text: string): Bytes {
  const octets = new Uint8Array(text.length * 2);
  const view = new DataView(octets.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at));
  return octets;
}

/** Reads a text string: UTF-16 by its byte order mark, UTF-8 by its (PDF 2.0), else PDFDocEncoding. */
export function readText({ octets }: PdfString): string {
  if (octets[0] === 0xfe && octets[1] === 0xff) return new TextDecoder("utf-16be").decode(octets);
  if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder("utf-16le").decode(octets);
  if (octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf) return new TextDecoder().decode(octets);
  return Array.from(octets, (octet) => DOC_ENCODING.get(octet) ?? String.fromCharCode(octet)).join("");
}

/** PDFDocEncoding (ISO 32000-1, annex D.2) where it is not Latin-1. */
const DOC_ENCODING: ReadonlyMap<number, string> = new Map([
  ...Array.from("˘ˇˆ˙˝˛˚˜", (character, index) => [0x18 + index, character] as const),
  ...Array.from("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", (character, index) => [0x80 + index, character] as const),
  [0xa0, "€"] as const,
]);

const JAPAN = 9 * 60 * 60 * 1000;

/** The moment in Japan Standard Time: year, month, day, hour, minute and second, two digits and more each. */
export function japaneseTime(moment: Date): readonly string[] {
  return new Date(moment.getTime() + JAPAN).toISOString().slice(0, 19).split(/[-T:]/);
}

/** A date (ISO 32000-1, 7.9.4) in Japan Standard Time. */
export const dateString = (moment: Date): PdfString => textString(`D:${japaneseTime(moment).join("")}+09'00'`);
