import { openPcscCardAccess } from "../../native-host/pcsc/pcsc-card-access.ts";
import type { CardAccess, ReaderSnapshot } from "../../native-host/smartcard/card-access.ts";

/** A running `watch` whose snapshots can be waited for. */
export interface Watching {
  /** The latest snapshot. */
  readonly latest: () => ReaderSnapshot | undefined;
  /** Resolves with the first snapshot, the latest included, that `wanted` accepts. */
  until(wanted: (snapshot: ReaderSnapshot) => boolean): Promise<ReaderSnapshot>;
  stop(): Promise<void>;
}

/** Watches until stopped. */
export function watching(access: CardAccess): Watching {
  let latest: ReaderSnapshot | undefined;
  const waiting = new Set<() => void>();
  const end = new AbortController();
  const watch = access.watch((snapshot) => {
    latest = snapshot;
    for (const look of waiting) look();
  }, end.signal);
  return {
    latest: () => latest,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (latest === undefined || !wanted(latest)) return;
          waiting.delete(look);
          resolve(latest);
        };
        waiting.add(look);
        look();
      }),
    async stop() {
      end.abort();
      await watch;
    },
  };
}

/** What lies in a reader, as text; `undefined` when the service or the reader is not there. */
export function cardIn(snapshot: ReaderSnapshot, reader: string): string | undefined {
  return snapshot.service === "running" ? snapshot.readers.find((state) => state.reader === reader)?.card : undefined;
}

/** The number of the insertion in a reader; NaN where there is no such reader. */
export function insertionIn(snapshot: ReaderSnapshot, reader: string): number {
  const readers = snapshot.service === "running" ? snapshot.readers : [];
  return readers.find((state) => state.reader === reader)?.insertion ?? Number.NaN;
}

/**
 * Resolves when somebody else than the access under test sees a card, or none, in `reader`: the service looks a few times a second,
 * and an exchange between two looks would pass it by.
 */
export async function seenByService(reader: string, card: "present" | "absent"): Promise<void> {
  const observer = await openPcscCardAccess();
  const seen = watching(observer);
  await seen.until((snapshot) => cardIn(snapshot, reader) === card);
  await seen.stop();
  await observer.close();
}
