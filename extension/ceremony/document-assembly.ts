import { encodeHex } from "../../shared/encoding/hex.ts";
import { readDocument } from "./document-content.ts";
import type { WindowDocument } from "./ceremony-state.ts";

/** A document with all its octets, as the window shows and signs it. */
export type ReceivedDocument = NonNullable<WindowDocument["received"]>;

/** Where pieces of the announced documents come together. */
export interface DocumentAssembly {
  /** Takes the next piece of a document; `false` when it does not belong there or is more than was announced. */
  add(document: number, piece: ArrayBuffer): boolean;
}

/** Digests and reads exactly these octets: what is shown and what is signed are the same array. */
export async function receiveDocument(type: string, bytes: Uint8Array<ArrayBuffer>): Promise<ReceivedDocument> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { bytes, digest: encodeHex(digest), content: readDocument(type, bytes) };
}

/** Begins with the announced sizes. `onComplete` is called once per document, for an empty one at once. */
export function assembleDocuments(
  sizes: readonly number[],
  onComplete: (document: number, bytes: Uint8Array<ArrayBuffer>) => void,
): DocumentAssembly {
  const parts = sizes.map((size) => ({ bytes: new Uint8Array(size), filled: 0 }));
  parts.forEach(({ bytes }, index) => {
    if (bytes.length === 0) onComplete(index, bytes);
  });
  return {
    add(document, piece) {
      const part = parts[document];
      if (!part || piece.byteLength === 0 || part.filled + piece.byteLength > part.bytes.length) return false;
      part.bytes.set(new Uint8Array(piece), part.filled);
      part.filled += piece.byteLength;
      if (part.filled === part.bytes.length) onComplete(document, part.bytes);
      return true;
    },
  };
}
