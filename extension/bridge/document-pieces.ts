import { LIMITS } from "../../shared/limits.ts";
import type { BridgeToCeremony } from "../../shared/protocol/ceremony-messages.ts";

/**
 * Hands every document over in order, in pieces of at most `LIMITS.documentPieceBytes`. Ends early when `isOver` says so; rejects
 * when a document can't be read (the file behind it was changed or removed).
 */
export async function sendDocuments(
  documents: readonly { readonly data: Blob }[],
  post: (message: BridgeToCeremony) => void,
  isOver: () => boolean,
): Promise<void> {
  for (const [index, { data }] of documents.entries()) {
    for (let at = 0; at < data.size; at += LIMITS.documentPieceBytes) {
      const bytes = await data.slice(at, at + LIMITS.documentPieceBytes).arrayBuffer();
      if (isOver()) return;
      post({ type: "piece", document: index, bytes });
    }
  }
}
