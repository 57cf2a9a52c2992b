import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { eventCountOf, hasCard } from "./card-insertions.ts";
import type { ConnectedCard } from "./pcsc-connection.ts";
import { onceSettled } from "./settling-card.ts";
import { READER_STATE } from "./winscard.ts";
import type { Winscard } from "./winscard.ts";

/**
 * Connects to the card in `reader` in a context of its own: two calls in one context would wait for each other. The count of
 * insertions is taken first: a card exchanged while connecting can only make the connection look stale, never the other way round.
 */
export async function connectCard(
  winscard: Winscard,
  reader: string,
  busyMilliseconds: number,
): Promise<ConnectedCard> {
  const context = await winscard.establishContext();
  try {
    const asked = [{ reader, state: READER_STATE.unaware }];
    const state = (await winscard.getStatusChange(context, asked, 0))?.[0]?.state ?? READER_STATE.unknown;
    if ((state & (READER_STATE.unknown | READER_STATE.unavailable)) !== 0)
      throw new SmartCardError("reader-unavailable");
    if (!hasCard(state)) throw new SmartCardError("no-card");
    const { card, protocol } = await onceSettled(() => winscard.connect(context, reader));
    return { winscard, context, card, protocol, reader, eventCount: eventCountOf(state), busyMilliseconds };
  } catch (error) {
    await winscard.releaseContext(context).catch(() => undefined);
    throw error;
  }
}
