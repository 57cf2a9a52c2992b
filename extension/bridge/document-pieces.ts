import { LIMITS } from "../../shared/limits.ts";
import type { BridgeToCeremony } from "../../shared/protocol/ceremony-messages.ts";

/** The bytes of one document: ours already, or in a `Blob` that may turn out to be unreadable. */
export type DocumentData = ArrayBuffer | Blob;

/** Bytes of the document, known before they are read. */
export const sizeOfData = (data: DocumentData): number => (data instanceof Blob ? data.size : data.byteLength);

/**
 * Hands every document over in order, in pieces of at most `LIMITS.documentPieceBytes`. Ends early when `stopped` says so; rejects
 * when a `Blob` can't be read to its announced end (its file was changed or removed).
 */
export async function sendDocuments(
  documents: readonly DocumentData[],
  post: (message: BridgeToCeremony) => void,
  stopped: () => boolean,
): Promise<void> {
  for (const [index, data] of documents.entries()) {
    const size = sizeOfData(data);
    for (let at = 0; at < size; at += LIMITS.documentPieceBytes) {
      const end = Math.min(at + LIMITS.documentPieceBytes, size);
      const bytes = data instanceof Blob ? await data.slice(at, end).arrayBuffer() : data.slice(at, end);
      if (stopped()) return;
      if (bytes.byteLength !== end - at) throw new RangeError("the document is shorter than announced");
      post({ type: "piece", document: index, bytes });
    }
  }
}
