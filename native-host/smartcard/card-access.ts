import type { SmartCardConnection } from "./smart-card-connection.ts";

/** One reader and what lies on it. */
export interface ReaderState {
  /** The PC/SC reader name; stays inside the host. */
  readonly reader: string;
  /** `unresponsive`: a card that does not answer to reset. */
  readonly card: "absent" | "present" | "unresponsive";
  /** Changes whenever a card was put in, so that an exchanged card is never taken for the one before. */
  readonly insertion: number;
}

/** What the computer offers at one moment. */
export type ReaderSnapshot =
  { readonly service: "unavailable" } | { readonly service: "running"; readonly readers: readonly ReaderState[] };

/**
 * Readers and cards: the real side is PC/SC (`pcsc/`), the other the embedded virtual card (`virtual-card/`). Both pass
 * `tests/contract/card-access.contract.ts`.
 */
export interface CardAccess {
  /**
   * Calls `listener` with the present state, then after every change, by events and not by polling where the platform has them,
   * until `signal` aborts; then resolves. A missing service or reader is a state, never a rejection; it goes on when it is mended.
   */
  watch(listener: (snapshot: ReaderSnapshot) => void, signal: AbortSignal): Promise<void>;
  /** Connects to the card in `reader`, shared with other programs. Rejects with `SmartCardError`. */
  connect(reader: string): Promise<CardConnection>;
  /** Lets go of the service. */
  close(): Promise<void>;
}

/** A shared connection to one card; it dies with the card's removal (`card-removed` from then on). */
export interface CardConnection {
  /**
   * Runs `work` while no other program may use the card, and always gives the card back. A reset since the last transaction is
   * absorbed here: `work` begins on a connection that is usable again, with nothing selected. Transactions of one connection
   * queue. Rejects with `SmartCardError` (`card-removed`, `card-busy`, …) or with whatever `work` threw.
   *
   * `unpower` takes the card's power as the transaction ends, also after `work` threw, before any other program gets the card
   * (`SCardEndTransaction` with `SCARD_UNPOWER_CARD`): every PIN state is gone without a command. Where the reader refuses that,
   * the promise rejects with `SmartCardError` although `work` was done; the connection stays usable.
   */
  transaction<T>(work: (card: SmartCardConnection) => Promise<T>, ending?: "leave" | "unpower"): Promise<T>;
  /** Ends the connection. `unpower` also takes the card's power, and with it every PIN state; falls back to `leave` where refused. */
  close(ending: "leave" | "unpower"): Promise<void>;
}
