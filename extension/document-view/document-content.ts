import { DocumentFault } from "../../formats/document-fault.ts";
import { parseXml } from "../../formats/xml/xml-parser.ts";
import type { XmlDocument } from "../../formats/xml/xml-tree.ts";
import { imageFacts } from "./image-facts.ts";
import { claimsToBeForm, readForm, type FormRow } from "./json-form.ts";
import { checkDeclaredType, parseMediaType, viewOf, type MediaType } from "./media-type.ts";
import { octetKind } from "./octet-kind.ts";
import { marksIn, visibleRuns, type VisibleRun } from "./visible-text.ts";
import { xmlLines } from "./xml-lines.ts";

/** Why the content of a file is not shown: the resident is told, and warned. */
export type OpaqueReason =
  /** A kind of file that no view of ours knows. */
  | "type"
  /** Larger than what can be laid out. */
  | "size"
  /** More characters that can't be seen than a text has, or octets that are none of the encoding's. */
  | "unreadable"
  /** A film: what is on the screen at one moment is not all of it. */
  | "moving"
  /** Larger than what is held: hashed as it came, never as a whole in this window. */
  | "streamed"
  /** A digest was given in place of a document. */
  | "digest";

/** What the window shows of a file; always made from the very octets that are signed. */
export type DocumentContent =
  | {
      readonly kind: "text";
      /** The canonical name of the encoding, for the resident. */
      readonly encoding: string;
      readonly runs: readonly VisibleRun[];
      /** How many characters are shown as marks. */
      readonly marks: number;
      /** It claims to be a form, and holds more than a form may: shown as text, with a warning. */
      readonly notAForm?: boolean;
      /** XML of more lines than a tree can be shown with; here too the part that is signed is marked. */
      readonly xml?: XmlDocument;
    }
  /** A form JSON (docs/form-json.md). */
  | {
      readonly kind: "form";
      readonly encoding: string;
      readonly title: readonly VisibleRun[];
      readonly rows: readonly FormRow[];
      readonly marks: number;
    }
  | { readonly kind: "xml"; readonly document: XmlDocument; readonly marks: number }
  /** Shown page by page by the frame of `pdf/`. */
  | { readonly kind: "pdf" }
  /** Size in pixels, as its header says. */
  | { readonly kind: "image"; readonly width: number; readonly height: number }
  | { readonly kind: "opaque"; readonly reason: OpaqueReason };

/** Above this a window can't lay text out in reasonable time: the resident is warned that it was not shown. */
const TEXT_BYTES = 1024 * 1024;
/** More marks than this is no text, whatever its type says. */
const TEXT_MARKS = 2_000;
/** A tree of more lines takes seconds to lay out. */
const TREE_LINES = 5_000;
/** What a browser decodes at once without harm: octets, and pixels. */
const IMAGE_BYTES = 20 * 1024 * 1024;
const IMAGE_PIXELS = 100_000_000;

const opaque = (reason: OpaqueReason): DocumentContent => ({ kind: "opaque", reason });

/** The whole text with its encoding's name; `undefined` for an unknown encoding, or octets that are none of its characters. */
function decode({ charset }: MediaType, bytes: Uint8Array): { encoding: string; text: string } | undefined {
  try {
    const decoder = new TextDecoder(charset ?? "utf-8", { fatal: true, ignoreBOM: true });
    return { encoding: decoder.encoding.toUpperCase(), text: decoder.decode(bytes) };
  } catch {
    return undefined;
  }
}

/** Exactly the characters of a file, nothing rendered, nothing left out. */
function textContent(encoding: string, text: string): DocumentContent {
  const runs = visibleRuns(text, true);
  const marks = marksIn(runs);
  return marks > TEXT_MARKS ? opaque("unreadable") : { kind: "text", encoding, runs, marks };
}

function readText(type: MediaType, bytes: Uint8Array): DocumentContent {
  const decoded = decode(type, bytes);
  return decoded ? textContent(decoded.encoding, decoded.text) : opaque("unreadable");
}

function readJson(type: MediaType, bytes: Uint8Array): DocumentContent {
  const decoded = decode(type, bytes);
  if (!decoded) throw new DocumentFault("document-broken", "JSON that is not in its encoding");
  const { encoding, text } = decoded;
  let parsed: unknown;
  try {
    // a byte order mark is no JSON, but many readers take it (RFC 8259, 8.1); it is shown as a mark
    parsed = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new DocumentFault("document-broken", "not well-formed JSON");
  }
  const form = encoding === "UTF-8" ? readForm(text) : undefined;
  if (!form) {
    const content = textContent(encoding, text);
    return content.kind === "text" && claimsToBeForm(text, parsed) ? { ...content, notAForm: true } : content;
  }
  const marks = marksIn([form.title, ...form.rows.flatMap(({ label, value }) => [label, value])].flat());
  return marks > TEXT_MARKS ? opaque("unreadable") : { kind: "form", encoding, ...form, marks };
}

/** A charset beside the file outranks what the file says (RFC 7303, 3): two that differ are two readings of the same octets. */
function checkCharset({ charset }: MediaType, encoding: string): void {
  if (charset === undefined || charset.startsWith("utf-16")) return;
  let named: string | undefined;
  try {
    named = new TextDecoder(charset).encoding.toUpperCase();
  } catch {
    // an unknown name is none of ours
  }
  if (named !== encoding) throw new DocumentFault("document-mismatch", "XML in another encoding than its type says");
}

function readXml(type: MediaType, bytes: Uint8Array): DocumentContent {
  let document: XmlDocument;
  try {
    document = parseXml(bytes);
  } catch (error) {
    // a document type, for one: well-formed perhaps, and nothing that a tree of ours shows
    if (error instanceof DocumentFault && error.code === "document-unsupported") return readText(type, bytes);
    throw error;
  }
  checkCharset(type, document.encoding);
  const lines = xmlLines(document);
  if (lines.length > TREE_LINES) {
    const content = textContent(document.encoding, document.text);
    return content.kind === "text" ? { ...content, xml: document } : content;
  }
  const marks = marksIn(lines.flatMap(({ parts }) => parts.flatMap(({ runs }) => runs)));
  return marks > TEXT_MARKS ? opaque("unreadable") : { kind: "xml", document, marks };
}

function readImage(bytes: Uint8Array): DocumentContent {
  const { width, height, moving } = imageFacts(octetKind(bytes), bytes);
  if (moving) return opaque("moving");
  const fits = bytes.length <= IMAGE_BYTES && width * height <= IMAGE_PIXELS;
  return fits ? { kind: "image", width, height } : opaque("size");
}

/**
 * Decides by the declared media type how a file is shown, once its octets are found to be of that type (`checkDeclaredType` has the
 * table). A view that interprets (form, tree, page, image) is used only where it shows all that is in the file; text is shown character
 * by character, in the declared encoding (UTF-8 when none is); what can't be shown is described from outside, with a warning.
 *
 * Throws `DocumentFault`: `document-mismatch` when the octets are of another type; `document-broken` for JSON and XML that are not
 * well-formed and images without a size, because whoever gets them reads something else than the resident, or nothing. A text whose
 * octets are none of its encoding is only not shown: nobody can say what it was meant to be.
 */
export function readDocument(declared: string, bytes: Uint8Array): DocumentContent {
  checkDeclaredType(declared, bytes);
  const type = parseMediaType(declared);
  const view = viewOf(type);
  switch (view) {
    case "pdf":
      return { kind: "pdf" };
    case "image":
      return readImage(bytes);
    case "other":
      return opaque("type");
    case "text":
    case "json":
    case "xml":
      if (bytes.length > TEXT_BYTES) return opaque("size");
      if (view === "text") return readText(type, bytes);
      return view === "json" ? readJson(type, bytes) : readXml(type, bytes);
  }
}

/** A digest in groups of four digits, for comparing by eye. */
export const groupDigest = (hex: string): string => hex.replaceAll(/(.{4})(?=.)/g, "$1 ");
