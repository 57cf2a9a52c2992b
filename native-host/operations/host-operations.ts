import type { HostError, HostMethod, HostParams, HostResult } from "../../shared/protocol/host-messages.ts";
import type { PinBytes } from "../../shared/protocol/pin-frame.ts";

/** The methods that a PIN frame comes before. */
export type PinMethod = "authenticate" | "unlock";

/** One request under way. The first of `answer` and `refuse` counts and ends the PIN's life; the operation may have work left. */
export interface Call<M extends HostMethod> {
  /** Wiped at the latest when the call is answered. */
  readonly pin: M extends PinMethod ? PinBytes : undefined;
  answer(result: HostResult<M>): void;
  refuse(error: HostError): void;
}

/**
 * An operation per method; a method without one does not compile. The promise settles when the card is done with, which may be after
 * the answer; nothing else is begun before. A rejection before the answer becomes its error.
 */
export type HostOperations = {
  readonly [M in HostMethod]: (params: HostParams<M>, call: Call<M>) => Promise<void>;
};
