import { setTimeout as delay } from "node:timers/promises";
import type { ReaderSnapshot } from "../smartcard/card-access.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import type { CardInsertions } from "./card-insertions.ts";
import { RETURN_CODE } from "./pcsc-return-code.ts";
import { READER_STATE } from "./winscard.ts";
import type { ContextHandle, ReaderStatus, Winscard } from "./winscard.ts";

/** The pseudo-reader whose state changes when a reader comes or goes. */
const PLUG_AND_PLAY = "\\\\?PnP?\\Notification";
/** pcsc-lite takes sixteen entries at most; one is the pseudo-reader. */
const MOST_READERS = 15;
/** How often a missing service is asked for. With socket activation, asking starts it. */
const RETRY_MILLISECONDS = 500;
/**
 * Where no pseudo-reader tells, and once after every change of the list: a reader that came between SCardListReaders and
 * SCardGetStatusChange isn't announced by older services.
 */
const LIST_AGAIN_MILLISECONDS = 1_000;
/** An SCardCancel that comes just before its call waits has no effect, so it is repeated. */
const CANCEL_AGAIN_MILLISECONDS = 20;

/** What {@link watchReaders} works with. */
export interface WatchParts {
  /** Loads the library when it is wanted; throws `SmartCardError` where it is not installed (yet). */
  readonly winscard: () => Winscard;
  readonly insertions: CardInsertions;
  /** See `WinscardPlatform.serviceFollowsReaders`. */
  readonly serviceFollowsReaders: boolean;
}

/** `CardAccess.watch` over PC/SC: events by SCardGetStatusChange; a missing or dying service is a state and is asked for again. */
export async function watchReaders(
  parts: WatchParts,
  listener: (snapshot: ReaderSnapshot) => void,
  signal: AbortSignal,
): Promise<void> {
  let reported: string | undefined;
  const report = (snapshot: ReaderSnapshot): void => {
    const text = JSON.stringify(snapshot);
    if (text === reported || signal.aborted) return;
    reported = text;
    listener(snapshot);
  };
  while (!signal.aborted) {
    try {
      await watchService(parts, report, signal);
    } catch (error) {
      if (!(error instanceof SmartCardError)) throw error;
      parts.insertions.forget();
      report(parts.serviceFollowsReaders ? { service: "running", readers: [] } : { service: "unavailable" });
      await delay(RETRY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** As long as one context lives. Returns on abort, rejects when the service is not there (any more). */
async function watchService(
  parts: WatchParts,
  report: (snapshot: ReaderSnapshot) => void,
  signal: AbortSignal,
): Promise<void> {
  const winscard = parts.winscard();
  const context = await winscard.establishContext();
  try {
    await watchContext(winscard, context, parts.insertions, report, signal);
  } finally {
    await winscard.releaseContext(context).catch(() => undefined);
  }
}

async function watchContext(
  winscard: Winscard,
  context: ContextHandle,
  insertions: CardInsertions,
  report: (snapshot: ReaderSnapshot) => void,
  signal: AbortSignal,
): Promise<void> {
  let known: readonly ReaderStatus[] = [];
  let plugAndPlay: readonly ReaderStatus[] = [{ reader: PLUG_AND_PLAY, state: READER_STATE.unaware }];
  while (!signal.aborted) {
    const names = (await winscard.listReaders(context)).slice(0, MOST_READERS);
    const listChanged = names.join("\0") !== known.map(({ reader }) => reader).join("\0");
    if (listChanged) {
      const states = new Map(known.map(({ reader, state }) => [reader, state]));
      const asked = names.map((reader) => ({ reader, state: states.get(reader) ?? READER_STATE.unaware }));
      known = asked.length === 0 ? [] : ((await ask(winscard, context, asked, 0)) ?? asked);
    }
    report({ service: "running", readers: known.map((status) => insertions.readerState(status)) });

    const milliseconds = plugAndPlay.length === 0 || listChanged ? LIST_AGAIN_MILLISECONDS : Infinity;
    const asked = [...known, ...plugAndPlay];
    try {
      const wait =
        asked.length === 0 ? nothingToAsk(milliseconds, signal) : ask(winscard, context, asked, milliseconds);
      const changed = await cancelOnAbort(wait, () => winscard.cancel(context), signal);
      if (changed === undefined) continue;
      known = changed.slice(0, known.length);
      plugAndPlay = changed.slice(known.length);
    } catch (error) {
      if (!(error instanceof SmartCardError)) throw error;
      if (error.fault === "cancelled") continue;
      if (error.returnCode !== RETURN_CODE.SCARD_E_UNKNOWN_READER) throw error;
      // a reader went between listing and asking; or, with the list still the same, the pseudo-reader is the unknown one
      const listed = (await winscard.listReaders(context)).slice(0, MOST_READERS);
      if (listed.join("\0") === names.join("\0")) plugAndPlay = [];
    }
  }
}

/** SCardGetStatusChange, its answer fit to be asked with again. `undefined`: nothing changed in that time. */
async function ask(
  winscard: Winscard,
  context: ContextHandle,
  readers: readonly ReaderStatus[],
  milliseconds: number,
): Promise<readonly ReaderStatus[] | undefined> {
  const answered = await winscard.getStatusChange(context, readers, milliseconds);
  return answered?.map(({ reader, state }) => ({ reader, state: (state & ~READER_STATE.changed) >>> 0 }));
}

/** No reader, and no pseudo-reader to ask for the first. */
async function nothingToAsk(milliseconds: number, signal: AbortSignal): Promise<undefined> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  return undefined;
}

async function cancelOnAbort<T>(wait: Promise<T>, cancel: () => Promise<void>, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const insist = (): void => {
    void cancel().catch(() => undefined);
    timer = setTimeout(insist, CANCEL_AGAIN_MILLISECONDS);
  };
  if (signal.aborted) insist();
  else signal.addEventListener("abort", insist, { once: true });
  try {
    return await wait;
  } finally {
    signal.removeEventListener("abort", insist);
    clearTimeout(timer);
  }
}
