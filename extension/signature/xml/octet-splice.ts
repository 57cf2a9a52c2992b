import { concatBytes } from "../../../shared/encoding/bytes.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";

/** Where new markup goes, found before it is known: everything around it stays octet for octet. */
export type Splice = (markup: string) => Bytes;

/** Puts markup in front of the `<` at `offset` of the document's text. */
export function spliceAt(bytes: Bytes, document: XmlDocument, offset: number): Splice {
  const at = octetOffset(bytes, document, offset);
  const encode = encoder(document);
  return (markup) => concatBytes(bytes.subarray(0, at), encode(markup), bytes.subarray(at));
}

/** Puts markup behind everything else in `element`; `<a/>` becomes `<a>…</a>`, which is the same to canonicalisation. */
export function spliceInto(bytes: Bytes, document: XmlDocument, element: XmlElement): Splice {
  if (!element.selfClosing) return spliceAt(bytes, document, element.contentEnd);
  const encode = encoder(document);
  const nameStart = octetOffset(bytes, document, element.start) + encode("<").length;
  // a name is followed by white space or a slash: ASCII either way
  const name = bytes.subarray(nameStart, octetOffset(bytes, document, element.start + 1 + element.name.length));
  const slash = octetOffset(bytes, document, element.end - 2);
  const end = slash + encode("/>").length;
  return (markup) =>
    concatBytes(bytes.subarray(0, slash), encode(`>${markup}</`), name, encode(">"), bytes.subarray(end));
}

/**
 * Where the character at `offset` stands in the octets; it must be one below `@`. In every encoding that we read but UTF-16, such an octet is
 * never a part of another character (Shift_JIS has trailing octets from 40 on), so counting it from the end finds it.
 */
function octetOffset(bytes: Uint8Array, { text, encoding }: XmlDocument, offset: number): number {
  if (encoding.startsWith("UTF-16")) return 2 + 2 * offset;
  const octet = text.charCodeAt(offset);
  if (!(octet < 0x40)) throw new RangeError("not a place for a splice");
  let at = bytes.length;
  for (let from = text.length; from >= offset; from--)
    if (text.charCodeAt(from) === octet) at = bytes.lastIndexOf(octet, at - 1);
  return at;
}

function encoder({ encoding }: XmlDocument): Splice {
  if (encoding.startsWith("UTF-16")) return (markup) => encodeUtf16(markup, encoding === "UTF-16LE");
  if (encoding === "UTF-8") return (markup) => new TextEncoder().encode(markup);
  return (markup) => {
    // browsers encode nothing but Unicode; our own markup is ASCII, and what it quotes can be written as references
    const ascii = markup.replaceAll(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
    return new TextEncoder().encode(ascii);
  };
}

function encodeUtf16(text: string, littleEndian: boolean): Bytes {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
}

/** Throws `DocumentFault` where element names outside ASCII can't be written in the document's encoding. */
export function requireUnicode({ encoding }: XmlDocument): void {
  if (!encoding.startsWith("UTF-")) throw new DocumentFault("document-unsupported", `${encoding} for this profile`);
}
