import { encodeHex } from "../../shared/encoding/hex.ts";
import { readDocument } from "../document-view/document-content.ts";
import { checkDeclaredType } from "../document-view/media-type.ts";
import { documentFault } from "../../formats/document-fault.ts";
import type { Bytes } from "../../formats/der/der.ts";
import { createSha256, type Sha256Stream } from "../signature/hash/sha256-stream.ts";
import { sha256 } from "../signature/sha256.ts";
import type { CeremonyEvent, WindowDocument } from "./ceremony-state.ts";

/** A file with all of it that this window ever has: what is shown and what is signed are the same array. */
export type ReceivedDocument = NonNullable<WindowDocument["received"]>;

/** What is announced of a file before its octets come. */
export interface AnnouncedFile {
  readonly type: string;
  readonly size: number;
  readonly delivery: WindowDocument["delivery"];
  /** With delivery `digest` only. */
  readonly digest?: ArrayBuffer | undefined;
}

/** Where the pieces of the announced files come together, strictly in order. */
export interface DocumentIntake {
  /**
   * Takes the next piece of the file that is under way; resolves when it is held or digested, so that the next may come. `false` when it
   * does not belong there or is more than was announced.
   */
  add(index: number, piece: ArrayBuffer): Promise<boolean>;
}

/** Digests and reads exactly these octets. Throws `DocumentFault` where they are not what their type says. */
export async function receiveOctets(type: string, bytes: Bytes): Promise<ReceivedDocument> {
  const content = readDocument(type, bytes);
  return { bytes, digest: encodeHex(await sha256(bytes)), content };
}

/**
 * Begins with what was announced, and reports every file once it is there, in order: as events `document`, `document-refused`, and
 * `document-progress` for what takes long. `now` is in milliseconds.
 */
export function createDocumentIntake(
  files: readonly AnnouncedFile[],
  now: () => number,
  dispatch: (event: CeremonyEvent) => void,
): DocumentIntake {
  let at = 0;
  let filled = 0;
  let begun = now();
  let held: Bytes | undefined;
  let hash: Sha256Stream | undefined;

  const refuse = (index: number, error: unknown): void => {
    const { code, detail } = documentFault(error);
    dispatch({ type: "document-refused", index, code, detail });
  };
  const report = (index: number, received: Promise<ReceivedDocument>): Promise<void> =>
    received.then(
      (done) => dispatch({ type: "document", index, received: done }),
      (error: unknown) => refuse(index, error),
    );

  /** Goes on to the next file that needs octets; those that need none are there at once. */
  async function advance(): Promise<void> {
    for (let file = files[at]; file; file = files[++at]) {
      const index = at;
      filled = 0;
      begun = now();
      if (file.delivery === "digest") {
        const digest = encodeHex(new Uint8Array(file.digest ?? new ArrayBuffer(0)));
        const content = { kind: "opaque", reason: "digest" } as const;
        await report(index, Promise.resolve({ bytes: undefined, digest, content }));
      } else if (file.size === 0) await report(index, receiveOctets(file.type, new Uint8Array()));
      else {
        try {
          held = file.delivery === "held" ? new Uint8Array(file.size) : undefined;
          hash = file.delivery === "held" ? undefined : await createSha256();
        } catch (error) {
          // not enough memory, or no WebAssembly
          refuse(index, error);
        }
        return;
      }
    }
  }

  const ready = { current: advance() };

  async function take(index: number, piece: ArrayBuffer): Promise<boolean> {
    const file = files[at];
    if (!file || (!held && !hash) || index !== at || piece.byteLength === 0 || filled + piece.byteLength > file.size)
      return false;
    const octets = new Uint8Array(piece);
    try {
      // what is held is looked at as a whole; of the rest the beginning must do
      if (!held && filled === 0) checkDeclaredType(file.type, octets);
    } catch (error) {
      refuse(index, error);
      return false;
    }
    if (held) held.set(octets, filled);
    else hash?.update(octets);
    filled += octets.length;
    dispatch({ type: "document-progress", index, progress: { octets: filled, milliseconds: now() - begun } });
    if (filled < file.size) return true;
    const content = { kind: "opaque", reason: "streamed" } as const;
    await report(
      index,
      held
        ? receiveOctets(file.type, held)
        : Promise.resolve({ bytes: undefined, digest: encodeHex(hash?.digest() ?? new Uint8Array()), content }),
    );
    held = undefined;
    hash = undefined;
    at += 1;
    await advance();
    return true;
  }

  return {
    add(index, piece) {
      const taken = ready.current.then(() => take(index, piece));
      ready.current = taken.then(() => undefined);
      return taken;
    },
  };
}
