import { leaveApplication } from "../jpki/jpki-applet.ts";
import type { CardConnection } from "../smartcard/card-access.ts";
import { withResponseChaining } from "../smartcard/response-chaining.ts";
import type { SmartCardConnection } from "../smartcard/smart-card-connection.ts";

/**
 * Runs `work` in a transaction after which the card has no PIN state, whether `work` succeeded or not: its power is taken before
 * another program gets it, and where the reader refuses that the issuer security domain is selected. Settles as `work` did; rejects
 * with `SmartCardError` when no transaction came about.
 */
export async function pinTransaction<T>(
  connection: CardConnection,
  work: (card: SmartCardConnection) => Promise<T>,
): Promise<T> {
  let outcome: PromiseSettledResult<T> | undefined;
  try {
    await connection.transaction(async (card) => {
      [outcome] = await Promise.allSettled([work(withResponseChaining(card))]);
    }, "unpower");
  } catch (error) {
    if (outcome === undefined) throw error;
    // gone, or not to be reached: then there is nobody whose PIN state could stay
    await connection.transaction(leaveApplication).catch(() => undefined);
  }
  if (outcome === undefined) throw new Error("transaction without work");
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

/** Takes whatever PIN state a program before us left, for instance a host that was killed, without a command where power can be taken. */
export async function clearPinState(connection: CardConnection): Promise<void> {
  await pinTransaction(connection, () => Promise.resolve());
}
