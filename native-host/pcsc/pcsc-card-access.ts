import type { CardAccess } from "../smartcard/card-access.ts";
import { cardConnects } from "./card-connects.ts";
import { cardInsertions } from "./card-insertions.ts";
import { watchReaders } from "./pcsc-watch.ts";
import { endProcessAtOnce } from "./process-end.ts";
import type { Winscard } from "./winscard.ts";
import { loadWinscard } from "./winscard-library.ts";
import { winscardPlatform } from "./winscard-platform.ts";

/** How long a connection, a transaction or an ending waits for another program that holds the card. */
const BUSY_MILLISECONDS = 2_000;

/**
 * The readers of this computer, by PC/SC. Rejects only when the foreign function interface itself cannot be loaded; a missing
 * PC/SC library or service is what `watch` reports, and `connect` then rejects with `service-unavailable`.
 *
 * A call that waits for another program cannot be called off, and Node's exit waits for it. So the process ends itself hard at its
 * `exit` event if any call is still out; the service then takes back everything the process held.
 */
export async function openPcscCardAccess(): Promise<CardAccess> {
  const koffi = await import("koffi");
  const platform = winscardPlatform(process.platform);
  let loaded: Winscard | undefined;
  const winscard = (): Winscard => (loaded ??= loadWinscard(koffi, platform));
  const parts = { winscard, insertions: cardInsertions(), serviceFollowsReaders: platform.serviceFollowsReaders };
  const closing = new AbortController();
  const watches = new Set<Promise<void>>();

  const onExit = (exitCode: number): void => {
    if (loaded !== undefined && loaded.pending() > 0) endProcessAtOnce(koffi, exitCode);
  };
  process.on("exit", onExit);

  return {
    async watch(listener, signal) {
      const watch = watchReaders(parts, listener, AbortSignal.any([signal, closing.signal]));
      watches.add(watch);
      await watch.finally(() => watches.delete(watch));
    },
    connect: cardConnects(winscard, BUSY_MILLISECONDS),
    async close() {
      closing.abort();
      await Promise.allSettled(watches);
      if (loaded === undefined || loaded.pending() === 0) process.off("exit", onExit);
    },
  };
}
