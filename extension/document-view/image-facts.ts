import { DocumentFault } from "../../formats/document-fault.ts";
import type { OctetKind } from "./octet-kind.ts";

/** What is read of an image before a browser draws it. */
export interface ImageFacts {
  readonly width: number;
  readonly height: number;
  /** It has more than one picture: what is seen is not all of it. */
  readonly moving: boolean;
}

const broken = (): DocumentFault => new DocumentFault("document-broken", "the image has no size");

const latin1 = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** PNG (W3C PNG 3, 5.3 and 11): IHDR is first; acTL stands before the picture where there are several. */
function png(view: DataView, bytes: Uint8Array): ImageFacts {
  let moving = false;
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = latin1(bytes, at + 4, 4);
    if (type === "acTL") moving = true;
    if (type === "IDAT" || type === "IEND") break;
  }
  return { width: view.getUint32(16), height: view.getUint32(20), moving };
}

/** JPEG (ITU-T T.81, B.1.1.3): the first frame header, SOF0 to SOF15 without DHT, JPG and DAC. */
function jpeg(view: DataView, bytes: Uint8Array): ImageFacts {
  for (let at = 2; at + 9 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) break;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), moving: false };
    } else at += 2 + view.getUint16(at + 2);
  }
  throw broken();
}

/** The octet behind a chain of sub-blocks (GIF89a, 15). */
function behindSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += 1 + length;
  return at + 1;
}

/** Octets of a colour table, by the flags before it (GIF89a, 18 and 20). */
const tableOctets = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

/** GIF (GIF89a specification): more than one image block is a film. */
function gif(view: DataView, bytes: Uint8Array): ImageFacts {
  let images = 0;
  let at = 13 + tableOctets(view.getUint8(10));
  while (at < bytes.length && images < 2) {
    const block = bytes[at];
    if (block === 0x21) at = behindSubBlocks(bytes, at + 2);
    else if (block === 0x2c) {
      images += 1;
      at = behindSubBlocks(bytes, at + 11 + tableOctets(bytes[at + 9] ?? 0));
    } else break;
  }
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), moving: images > 1 };
}

/** WebP (RFC 9649, 2.5 to 2.7): one of its three first chunks. */
function webp(view: DataView, bytes: Uint8Array): ImageFacts {
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (latin1(bytes, 12, 4)) {
    case "VP8X":
      return { width: uint24(24) + 1, height: uint24(27) + 1, moving: (view.getUint8(20) & 2) !== 0 };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, moving: false };
    }
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, moving: false };
    default:
      throw broken();
  }
}

const READERS: Partial<Record<OctetKind, (view: DataView, bytes: Uint8Array) => ImageFacts>> = { png, jpeg, gif, webp };

/**
 * Size in pixels, and whether it moves, from the headers alone. Throws `DocumentFault` with `document-broken` when they end too early or
 * say no size.
 */
export function imageFacts(kind: OctetKind | undefined, bytes: Uint8Array): ImageFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let facts: ImageFacts | undefined;
  try {
    facts = kind === undefined ? undefined : READERS[kind]?.(view, bytes);
  } catch {
    // a DataView that ended, or the fault itself
    throw broken();
  }
  if (!facts || facts.width === 0 || facts.height === 0) throw broken();
  return facts;
}
