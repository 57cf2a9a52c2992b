import type { CardConnection } from "../smartcard/card-access.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { within } from "./bounded-wait.ts";
import { connectCard } from "./connect-card.ts";
import { pcscConnection } from "./pcsc-connection.ts";
import type { ConnectedCard } from "./pcsc-connection.ts";
import { DISPOSITION } from "./winscard.ts";
import type { Winscard } from "./winscard.ts";

interface Attempt {
  done: Promise<ConnectedCard>;
  wanted: boolean;
}

/**
 * Makes connections. SCardConnect waits, without bound and beyond recall, while another program holds a transaction: past
 * `busyMilliseconds` this rejects with `card-busy`; the next try for that reader waits for the same call, so that tries never pile
 * up, and a connection that comes too late for everybody is given back.
 */
export function cardConnects(
  winscard: () => Winscard,
  busyMilliseconds: number,
): (reader: string) => Promise<CardConnection> {
  const abandoned = new Map<string, Attempt>();

  function start(reader: string): Attempt {
    const connected = connectCard(winscard(), reader, busyMilliseconds);
    const attempt: Attempt = { done: connected, wanted: true };
    const forget = (): void => {
      if (abandoned.get(reader) === attempt) abandoned.delete(reader);
    };
    attempt.done = connected.finally(forget).then(async (taken) => {
      if (attempt.wanted) return taken;
      await taken.winscard.disconnect(taken.card, DISPOSITION.leave).catch(() => undefined);
      await taken.winscard.releaseContext(taken.context).catch(() => undefined);
      throw new SmartCardError("cancelled");
    });
    attempt.done.catch(() => undefined);
    return attempt;
  }

  return async (reader) => {
    const attempt = abandoned.get(reader) ?? start(reader);
    abandoned.delete(reader);
    attempt.wanted = true;
    const abandon = (): void => {
      attempt.wanted = false;
      abandoned.set(reader, attempt);
    };
    if (!(await within(attempt.done, busyMilliseconds, abandon))) throw new SmartCardError("card-busy");
    return pcscConnection(await attempt.done);
  };
}
