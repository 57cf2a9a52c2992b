import { SmartCardError, type SmartCardFault } from "../smartcard/smart-card-connection.ts";
import { readCardFile, type CardFile, type CardFileError } from "./card-file.ts";
import { issueCard } from "./issue-card.ts";
import { createVirtualCard, type VirtualCard } from "./virtual-jpki-card.ts";
import { watchCardFile } from "./watch-card-file.ts";

/** A card from being put in to being taken out. */
export interface InsertedCard extends VirtualCard {
  /** Another number for each time a card is put in, from 1. */
  readonly insertion: number;
  /** Does not answer to reset. */
  readonly unresponsive: boolean;
  readonly powered: boolean;
  /** Aborts when the card is gone; the reason is a `SmartCardError`. A command under way rejects with it at once. */
  readonly removed: AbortSignal;
}

/** What the folder's `card.json` makes of the computer. */
export interface SlotState {
  readonly service: "running" | "unavailable";
  /** A reader is plugged in. */
  readonly reader: boolean;
  readonly card: InsertedCard | undefined;
}

/** The place of the virtual card: follows `card.json` while programs use it. */
export interface CardSlot {
  /** The present state. Throws `CardFileError` while `card.json` can't be understood. */
  state(): SlotState;
  /** Calls `listener` after every change; the returned function ends that. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Opens the virtual card of `folder`, made if missing. Throws `CardFileError` when its `card.json` can't be understood. */
export function openCardSlot(folder: string): CardSlot {
  let fault: CardFileError | undefined;
  const listeners = new Set<() => void>();
  let inserted:
    { readonly card: InsertedCard; readonly description: string; remove(fault: SmartCardFault): void } | undefined;
  /** A card that went by itself stays away until `card.json` describes another or an absent one. */
  let gone: string | undefined;
  let insertions = 0;
  const watcher = watchCardFile(folder, follow, (error) => {
    fault = error;
    tell();
  });
  let file: CardFile;
  try {
    file = readCardFile(folder);
  } catch (error) {
    watcher.close();
    throw error;
  }
  settle();

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }
  function follow(next: CardFile): void {
    const unchanged = fault === undefined && JSON.stringify(next) === JSON.stringify(file);
    fault = undefined;
    file = next;
    if (unchanged) return;
    settle();
    tell();
  }
  function settle(): void {
    const description = describe(file);
    if (description !== gone) gone = undefined;
    if (inserted && inserted.description !== description) {
      const why =
        file.service === "unavailable" ? "service-unavailable" : file.reader ? "card-removed" : "reader-unavailable";
      inserted.remove(why);
      inserted = undefined;
    }
    if (description === undefined || inserted || gone !== undefined) return;
    insertions++;
    const [card, remove] = insertCard(folder, file, insertions, () => {
      if (inserted?.card !== card) return;
      gone = description;
      inserted = undefined;
      tell();
    });
    inserted = { card, remove, description };
  }
  return {
    state() {
      if (fault) throw fault;
      return { service: file.service, reader: file.reader, card: inserted?.card };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      watcher.close();
      inserted?.remove("card-removed");
      listeners.clear();
    },
  };
}

/** What makes it this card and this insertion; `undefined` when there is none. */
function describe({ service, reader, present, ...card }: CardFile): string | undefined {
  return service === "running" && reader && present ? JSON.stringify(card) : undefined;
}

function insertCard(
  folder: string,
  file: CardFile,
  insertion: number,
  wentByItself: () => void,
): [card: InsertedCard, remove: (fault: SmartCardFault) => void] {
  const { quirks } = file;
  const card = createVirtualCard({ contents: issueCard(folder, file), quirks });
  const removal = new AbortController();
  let powered = false;
  let answered = 0;

  function remove(fault: SmartCardFault): void {
    powered = false;
    card.powerOff();
    removal.abort(new SmartCardError(fault));
  }
  const inserted: InsertedCard = {
    insertion,
    unresponsive: quirks.unresponsive,
    removed: removal.signal,
    get powered() {
      return powered;
    },
    powerOn() {
      powered = true;
      return card.powerOn();
    },
    powerOff() {
      powered = false;
      card.powerOff();
    },
    reset: () => card.reset(),
    async transmit(command) {
      removal.signal.throwIfAborted();
      if (answered === quirks.removedAfterCommands) throw new SmartCardError("card-removed");
      const response = await untilAborted(card.transmit(command), removal.signal);
      answered++;
      if (answered === quirks.removedAfterCommands) {
        // the answer comes out before the card does
        setImmediate(() => {
          remove("card-removed");
          wentByItself();
        });
      }
      return response;
    },
  };
  return [inserted, remove];
}

/** `work`, or the reason of `signal` as soon as it aborts. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
