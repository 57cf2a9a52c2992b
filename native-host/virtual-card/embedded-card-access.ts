import type { CardAccess, CardConnection, ReaderSnapshot } from "../smartcard/card-access.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { openCardSlot, type CardSlot, type InsertedCard } from "./card-slot.ts";

/** The name of the embedded virtual card's reader. */
export const EMBEDDED_READER = "Kodo virtual card";

/**
 * The virtual card of `folder` as the host's own reader, in this process and without any card service. It follows `card.json` while
 * it runs; PIN counters are shared with every other process on the folder. Rejects with `CardFileError` when `card.json` can't be
 * understood, and so does `watch` when that happens later.
 */
export function openEmbeddedCardAccess(folder: string): Promise<CardAccess> {
  return Promise.resolve().then(() => {
    const slot = openCardSlot(folder);
    const exclusive = new WeakMap<InsertedCard, Exclusive>();
    const closing = new AbortController();
    return {
      watch: (listener, signal) => watch(slot, listener, AbortSignal.any([signal, closing.signal])),
      connect(reader) {
        return Promise.resolve().then(() => {
          const card = cardIn(slot, reader);
          const queue = exclusive.get(card) ?? createQueue();
          exclusive.set(card, queue);
          return createConnection(card, queue);
        });
      },
      close() {
        closing.abort();
        slot.close();
        return Promise.resolve();
      },
    } satisfies CardAccess;
  });
}

function snapshot(slot: CardSlot): ReaderSnapshot {
  const { service, reader, card } = slot.state();
  if (service === "unavailable") return { service };
  if (!reader) return { service, readers: [] };
  const state = card === undefined ? "absent" : card.unresponsive ? "unresponsive" : "present";
  return { service, readers: [{ reader: EMBEDDED_READER, card: state, insertion: card?.insertion ?? 0 }] };
}

function watch(slot: CardSlot, listener: (snapshot: ReaderSnapshot) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let told: string | undefined;
    const end = (settle: () => void): void => {
      unsubscribe();
      signal.removeEventListener("abort", stop);
      settle();
    };
    const stop = (): void => end(resolve);
    const tell = (): void => {
      try {
        const now = snapshot(slot);
        if (JSON.stringify(now) === told) return;
        told = JSON.stringify(now);
        listener(now);
      } catch (error) {
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const unsubscribe = slot.subscribe(tell);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    else tell();
  });
}

function cardIn(slot: CardSlot, reader: string): InsertedCard {
  const state = slot.state();
  if (state.service === "unavailable") throw new SmartCardError("service-unavailable");
  if (!state.reader || reader !== EMBEDDED_READER) throw new SmartCardError("reader-unavailable");
  if (state.card === undefined) throw new SmartCardError("no-card");
  if (state.card.unresponsive) throw new SmartCardError("card-unresponsive");
  return state.card;
}

type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs one work after the other, whatever became of the one before. */
function createQueue(): Exclusive {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function createConnection(card: InsertedCard, exclusive: Exclusive): CardConnection {
  let closed = false;
  return {
    transaction(work, ending = "leave") {
      return exclusive(async () => {
        if (closed) throw new SmartCardError("cancelled");
        card.removed.throwIfAborted();
        // somebody else took the power since: nothing is selected then, and that is all
        if (!card.powered) card.powerOn();
        let over = false;
        try {
          return await work({
            transmit: (command) => (over ? Promise.reject(new SmartCardError("cancelled")) : card.transmit(command)),
          });
        } finally {
          over = true;
          if (ending === "unpower") card.powerOff();
        }
      });
    },
    close(ending) {
      return exclusive(() => {
        if (!closed && ending === "unpower") card.powerOff();
        closed = true;
        return Promise.resolve();
      });
    },
  };
}
