import { LIMITS } from "../../shared/limits.ts";
import type { BridgeToCeremony } from "../../shared/protocol/ceremony-messages.ts";

/** The octets of the files on their way to the window. */
export interface DocumentPieces {
  /** The window has digested a piece: the next may go. */
  readonly taken: () => void;
  readonly stop: () => void;
}

/**
 * Hands every file over in order, in pieces of at most `LIMITS.documentPieceBytes`, never more than `LIMITS.piecesAhead` that the window
 * has not taken: a file of any size needs the memory of those few. A file without octets (a digest) is passed over; one that can't be read (it was changed or removed) is the last that is told of.
 */
export function sendDocuments(
  files: readonly (Blob | undefined)[],
  post: (message: BridgeToCeremony) => void,
): DocumentPieces {
  let credit: number = LIMITS.piecesAhead;
  let stopped = false;
  let wake = (): void => undefined;

  async function send(): Promise<void> {
    for (const [index, file] of files.entries()) {
      for (let at = 0; file && at < file.size; at += LIMITS.documentPieceBytes) {
        const slice = file.slice(at, at + LIMITS.documentPieceBytes);
        const bytes = await slice.arrayBuffer().catch(() => undefined);
        while (credit === 0 && !stopped) await new Promise<void>((resolve) => (wake = resolve));
        if (stopped) return;
        // of a file that became shorter Firefox gives what is left, and no error
        if (bytes?.byteLength !== slice.size) {
          post({ type: "unreadable", document: index });
          return;
        }
        credit -= 1;
        post({ type: "piece", document: index, bytes });
      }
    }
  }

  void send();
  return {
    taken() {
      credit += 1;
      wake();
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
