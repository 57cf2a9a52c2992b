import { mkdirSync, unwatchFile, watch, watchFile, type FSWatcher } from "node:fs";
import { join } from "node:path";
import { CARD_FILE, CardFileError, readCardFile, type CardFile } from "./card-file.ts";

const UNFINISHED_TRIES = 20;
const UNFINISHED_MILLISECONDS = 50;
const POLL_MILLISECONDS = 250;

/** Follows `card.json` until closed. */
export interface CardFileWatch {
  close(): void;
}

/**
 * Calls `changed` after every change of `card.json` in `folder` (made if missing), by events where the file system has them, else by
 * looking four times a second. A file that stays broken for a second calls `broken`; `changed` follows once it is mended. Keeps no
 * process alive.
 */
export function watchCardFile(
  folder: string,
  changed: (card: CardFile) => void,
  broken: (error: CardFileError) => void,
): CardFileWatch {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, CARD_FILE);
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function look(triesLeft = UNFINISHED_TRIES): void {
    if (closed) return;
    clearTimeout(timer);
    let card: CardFile;
    try {
      card = readCardFile(folder);
    } catch (error) {
      if (!(error instanceof CardFileError)) throw error;
      // somebody may be in the middle of writing
      if (triesLeft === 0) broken(error);
      else timer = setTimeout(() => look(triesLeft - 1), UNFINISHED_MILLISECONDS).unref();
      return;
    }
    changed(card);
  }
  function poll(): void {
    watcher?.close();
    watchFile(path, { interval: POLL_MILLISECONDS, persistent: false }, () => look());
  }
  try {
    watcher = watch(folder, { persistent: false }, (_event, file) => {
      if (file === null || file === CARD_FILE) look();
    });
    watcher.on("error", poll);
  } catch {
    poll();
  }
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      watcher?.close();
      unwatchFile(path);
    },
  };
}
