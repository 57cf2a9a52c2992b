import { setTimeout as delay } from "node:timers/promises";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";

const TRIES = 4;
const PAUSE_MILLISECONDS = 100;

/**
 * Runs `work`, and again after a pause while the card doesn't answer: a card that was put in this moment, or that the service is just
 * resetting because another program died, has no protocol yet (pcsc-lite then says SCARD_E_PROTO_MISMATCH).
 */
export async function onceSettled<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof SmartCardError && error.fault === "card-unresponsive";
      if (!mayPass || tried === TRIES) throw error;
      await delay(PAUSE_MILLISECONDS);
    }
  }
}
