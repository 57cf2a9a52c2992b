import type { CardConnection } from "../smartcard/card-access.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import type { SmartCardConnection } from "../smartcard/smart-card-connection.ts";
import { within } from "./bounded-wait.ts";
import { eventCountOf, hasCard } from "./card-insertions.ts";
import { onceSettled } from "./settling-card.ts";
import { DISPOSITION, READER_STATE } from "./winscard.ts";
import type { CardConnect, ContextHandle, Winscard } from "./winscard.ts";

/** The service looks for the card about every 400 ms: how long a failed exchange waits to learn whether the card is gone. */
const REMOVAL_MILLISECONDS = 600;
/** Resets by others between SCardReconnect and SCardBeginTransaction; more than this in a row is no accident. */
const MOST_RESETS = 8;

/** What {@link pcscConnection} takes over: a connected card, and a context that nothing else uses. */
export interface ConnectedCard extends CardConnect {
  readonly winscard: Winscard;
  readonly context: ContextHandle;
  readonly reader: string;
  /** The service's count of insertions, taken before connecting. */
  readonly eventCount: number;
  /** How long a transaction, or the ending, waits for another program that holds the card. */
  readonly busyMilliseconds: number;
}

/** An SCardBeginTransaction. It can't be called off, so one that nobody wants any more goes on until it is given back. */
interface Beginning {
  done: Promise<void>;
  wanted: boolean;
  givenBack: boolean;
}

/**
 * `CardConnection` over PC/SC. A transaction that another program delays past the bound is refused with `card-busy`; if the service
 * grants it later, it is given back at once. A card that was removed is never reconnected to, also not when another program reset
 * the next card and the service reports only that.
 */
export function pcscConnection(connected: ConnectedCard): CardConnection {
  const { winscard, context, card, reader, busyMilliseconds } = connected;
  let protocol = connected.protocol;
  let queue: Promise<unknown> = Promise.resolve();
  let beginning: Beginning | undefined;
  let dead: SmartCardError | undefined;
  let released: Promise<void> | undefined;

  const release = (disposition: number): Promise<void> => (released ??= letGo(disposition));

  async function letGo(disposition: number): Promise<void> {
    await beginning?.done.catch(() => undefined);
    await winscard
      .disconnect(card, disposition)
      .catch(() => winscard.disconnect(card, DISPOSITION.leave).catch(ignore));
    await winscard.releaseContext(context).catch(ignore);
  }

  async function readerState(): Promise<number> {
    const [status] = (await winscard.getStatusChange(context, [{ reader, state: READER_STATE.unaware }], 0)) ?? [];
    return status?.state ?? READER_STATE.unknown;
  }

  const isSameCard = (state: number): boolean => hasCard(state) && eventCountOf(state) === connected.eventCount;

  /** Finds out what a failed call means: the exchange failed first and the service noticed the missing card later. */
  async function explain(error: unknown): Promise<unknown> {
    if (!(error instanceof SmartCardError)) return error;
    if (error.fault !== "communication" && error.fault !== "reader-unavailable") return error;
    try {
      const deadline = Date.now() + REMOVAL_MILLISECONDS;
      let state = await readerState();
      while (isSameCard(state) && Date.now() < deadline) {
        const asked = [{ reader, state: (state & ~READER_STATE.changed) >>> 0 }];
        state = (await winscard.getStatusChange(context, asked, deadline - Date.now()))?.[0]?.state ?? state;
      }
      return isSameCard(state) ? error : new SmartCardError("card-removed", error.returnCode);
    } catch (failure) {
      return failure;
    }
  }

  async function beginAbsorbingResets(): Promise<void> {
    for (let resets = 0; ; resets += 1) {
      try {
        await winscard.beginTransaction(card);
        return;
      } catch (error) {
        if (!(error instanceof SmartCardError) || error.fault !== "card-reset" || resets === MOST_RESETS) throw error;
        protocol = await onceSettled(() => winscard.reconnect(card));
        if (!isSameCard(await readerState())) throw new SmartCardError("card-removed", error.returnCode);
      }
    }
  }

  function startBeginning(): Beginning {
    const attempt: Beginning = { done: beginAbsorbingResets(), wanted: true, givenBack: false };
    const finished = async (): Promise<void> => {
      attempt.givenBack = !attempt.wanted;
      if (attempt.givenBack) await winscard.endTransaction(card, DISPOSITION.leave).catch(ignore);
    };
    attempt.done = attempt.done.then(finished).finally(() => (beginning = undefined));
    attempt.done.catch(ignore);
    return attempt;
  }

  async function begin(): Promise<void> {
    if (beginning?.givenBack === true) await beginning.done;
    const attempt = (beginning ??= startBeginning());
    attempt.wanted = true;
    if (!(await within(attempt.done, busyMilliseconds, () => (attempt.wanted = false))))
      throw new SmartCardError("card-busy");
  }

  async function transmit(command: Uint8Array): Promise<Uint8Array> {
    if (dead) throw dead;
    try {
      const response = await winscard.transmit(card, protocol, command);
      if (response.length < 2) throw new SmartCardError("communication");
      return response;
    } catch (error) {
      throw await fatal(error);
    }
  }

  /** Explains, remembers that there is no card behind this connection any more. */
  async function fatal(error: unknown): Promise<unknown> {
    const explained = await explain(error);
    const isOver =
      explained instanceof SmartCardError &&
      ["card-removed", "reader-unavailable", "service-unavailable"].includes(explained.fault);
    if (isOver) dead ??= explained;
    return explained;
  }

  async function runTransaction<T>(
    work: (card: SmartCardConnection) => Promise<T>,
    ending: "leave" | "unpower",
  ): Promise<T> {
    if (released) throw dead ?? new SmartCardError("cancelled");
    try {
      await begin();
    } catch (error) {
      const explained = await fatal(error);
      if (dead) void release(DISPOSITION.leave);
      throw explained;
    }
    let open = true;
    let exchanges: Promise<unknown> = Promise.resolve();
    const opened: SmartCardConnection = {
      transmit(command) {
        if (!open) return Promise.reject(new SmartCardError("cancelled"));
        const exchange = exchanges.then(() => transmit(command));
        exchanges = exchange.catch(ignore);
        return exchange;
      },
    };
    const [outcome] = await Promise.allSettled([Promise.resolve(opened).then(work)]);
    open = false;
    await exchanges;
    const refused = await endTransaction(dead ? "leave" : ending);
    // the service may keep a transaction for a handle whose card is gone, until the handle goes
    if (dead) void release(DISPOSITION.leave);
    if (outcome.status === "rejected") throw outcome.reason;
    if (refused !== undefined) throw refused;
    return outcome.value;
  }

  /** Gives the card back in any case; resolves to the error of a reader that would not take the power. */
  async function endTransaction(ending: "leave" | "unpower"): Promise<Error | undefined> {
    try {
      await winscard.endTransaction(card, DISPOSITION[ending]);
      return undefined;
    } catch (error) {
      if (ending === "leave") return undefined;
      await winscard.endTransaction(card, DISPOSITION.leave).catch(ignore);
      return error instanceof Error ? error : new SmartCardError("communication");
    }
  }

  return {
    transaction(work, ending = "leave") {
      const turn = queue.then(() => runTransaction(work, ending));
      queue = turn.catch(ignore);
      return turn;
    },
    async close(ending) {
      const turn = queue.then(async () => {
        const done = release(ending === "unpower" && !dead ? DISPOSITION.unpower : DISPOSITION.leave);
        await within(done, busyMilliseconds, ignore);
      });
      queue = turn.catch(ignore);
      await turn;
    },
  };
}

function ignore(): void {
  // what can't be let go of is gone already
}
