import { DocumentFault } from "../../formats/document-fault.ts";
import { octetKind, type OctetKind } from "./octet-kind.ts";

/** A declared media type (RFC 9110, 8.3.1): `type/subtype` in lower case and its charset, if any. */
export interface MediaType {
  readonly essence: string;
  readonly charset: string | undefined;
}

/** Reads a declared type; whatever it is, it has an essence, if only an empty one. */
export function parseMediaType(declared: string): MediaType {
  const [essence = "", ...parameters] = declared.toLowerCase().split(";");
  const charset = parameters.map((one) => /^\s*charset="?([\w:.-]+)"?\s*$/.exec(one)?.[1]).find(Boolean);
  return { essence: essence.trim(), charset };
}

/** Which view a declared type asks for. */
export type ViewKind = "text" | "json" | "xml" | "pdf" | "image" | "other";

/** Images that every browser draws by itself, still and without script; by essence. */
const IMAGES: Readonly<Record<string, OctetKind>> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/gif": "gif",
  "image/webp": "webp",
};

/** Other types whose first octets are known. */
const OTHERS: Readonly<Record<string, OctetKind>> = {
  "image/bmp": "bmp",
  "image/tiff": "tiff",
  "image/heic": "heif",
  "image/heif": "heif",
  "image/avif": "heif",
  "application/zip": "zip",
  "application/gzip": "gzip",
  "application/x-7z-compressed": "7z",
  "application/vnd.rar": "rar",
  "application/msword": "ole",
  "application/vnd.ms-excel": "ole",
  "application/vnd.ms-powerpoint": "ole",
};

const PACKED = /^application\/(vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|epub\+zip)/;

/** The view that a declared type asks for. SVG is XML, and HTML is text: neither is ever rendered. */
export function viewOf({ essence }: MediaType): ViewKind {
  if (essence === "application/pdf") return "pdf";
  if (Object.hasOwn(IMAGES, essence)) return "image";
  if (/^(application|text)\/json$|\+json$/.test(essence)) return "json";
  if (/^(application|text)\/xml$|\+xml$/.test(essence)) return "xml";
  return essence.startsWith("text/") || essence === "application/javascript" ? "text" : "other";
}

/** The octets that a declared type must begin with: a kind, `"none"` for anything but a known kind, or nothing that could be checked. */
function expectedKind(type: MediaType): OctetKind | "none" | undefined {
  const { essence } = type;
  switch (viewOf(type)) {
    case "pdf":
      return "pdf";
    case "text":
    case "json":
    case "xml":
      return "none";
    case "image":
    case "other":
      if (PACKED.test(essence)) return "zip";
      if (Object.hasOwn(IMAGES, essence)) return IMAGES[essence];
      if (Object.hasOwn(OTHERS, essence)) return OTHERS[essence];
      return essence.startsWith("image/") ? "none" : undefined;
  }
}

/**
 * Holds a declared type against the first octets. A type never makes a file look more harmless than it is:
 *
 * | declared | octets | |
 * |---|---|---|
 * | `application/pdf` | `%PDF-` at the start | PDF |
 * | PNG, JPEG, GIF, WebP | its own signature | image |
 * | BMP, TIFF, HEIF, ZIP, OOXML, ODF, OLE, gzip, 7z, RAR | its own signature | outside only, with a warning |
 * | text, JSON, XML, any other image | of no known binary kind | text, form, tree; other images: outside only |
 * | nothing, `application/octet-stream`, anything else | any | claims nothing: outside only, with a warning |
 *
 * Everything else throws `DocumentFault` with `document-mismatch`. Text that is of another text type (HTML declared as plain) is no
 * mismatch: both are shown character by character.
 */
export function checkDeclaredType(declared: string, bytes: Uint8Array): void {
  const type = parseMediaType(declared);
  const expected = expectedKind(type);
  const found = octetKind(bytes);
  if (expected === undefined || (expected === "none" ? found === undefined : found === expected)) return;
  throw new DocumentFault(
    "document-mismatch",
    `declared ${type.essence}, the octets are ${found === undefined ? "not of that kind" : `a file of kind "${found}"`}`,
  );
}
