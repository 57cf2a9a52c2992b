import type { CardState } from "../../shared/protocol/host-messages.ts";

/** Contactless cards bounce: shorter absences than this are none. Far below the second in which the window must react. */
const SETTLE_MILLISECONDS = 400;

/**
 * Hands a card's reports on, but waits before it says of a ready card that it went or is being read again: when the card is ready
 * again within that time, nobody's typing is disturbed. `cancel` drops what waits.
 */
export function settleCard(deliver: (state: CardState) => void): { take(state: CardState): void; cancel(): void } {
  let wasReady = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    take(state) {
      clearTimeout(timer);
      const passing = state.status === "card-none" || state.status === "reading";
      if (wasReady && passing) {
        timer = setTimeout(() => {
          wasReady = false;
          deliver(state);
        }, SETTLE_MILLISECONDS);
        return;
      }
      wasReady = state.status === "ready";
      deliver(state);
    },
    cancel: () => clearTimeout(timer),
  };
}
