import { LIMITS } from "../../shared/limits.ts";
import { PAGE_CALL, type BridgeToPage, type PageCall, type PageToBridge } from "../../shared/protocol/page-messages.ts";
import {
  AbortController,
  MessageChannel,
  Promise,
  abort,
  addEventListener,
  apply,
  controllerSignal,
  followSignal,
  messageData,
  origin,
  port1,
  port2,
  post,
  postMessage,
  setTimeout,
  signalReason,
  start,
  then,
} from "./captured-globals.ts";
import { createJpkiError } from "./jpki-error.ts";
import { toBuffer, toText } from "./web-idl.ts";

/** A function of the page; its arguments are those of its callback type in docs/api.webidl. */
export type LateFunction = (...args: never[]) => unknown;

/** Functions of the page that the ceremony calls late: what each gives is converted, and a failure is all that is told of one. */
export interface LateFunctions {
  readonly challenge?: LateFunction | undefined;
  readonly timestamp?: LateFunction | undefined;
}

/** How a call ends: the two functions of its promise. */
export interface Outcome {
  readonly fulfil: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * One call of the bridge, on a port of its own. A signal that aborts rejects at once, with its own reason. A bridge that does not
 * acknowledge is gone, and so is the extension.
 */
export function callBridge(
  call: PageCall,
  { fulfil, reject }: Outcome,
  signal?: AbortSignal,
  functions: LateFunctions = {},
): void {
  const channel = new MessageChannel();
  const port = port1(channel);
  const late = new AbortController();
  const lateSignal = controllerSignal(late);
  let acknowledged = false;
  let questions = 0;
  let settled = false;

  const tell = (message: PageToBridge): void => {
    if (!settled) post(port, message);
  };
  // Settling a settled promise does nothing.
  const settle = (how: (value: unknown) => void, value: unknown): void => {
    how(value);
    settled = true;
    abort(late);
  };

  function ask(name: keyof LateFunctions, args: unknown[], convert: (given: unknown) => PageToBridge): void {
    questions += 1;
    const question = questions;
    // an answer that comes after the next question is nobody's any more
    const reply = (said: PageToBridge): void => {
      if (question === questions) tell(said);
    };
    const asked = new Promise<unknown>((resolve) => resolve(apply(functions[name] as () => unknown, undefined, args)));
    void then(then(asked, convert), reply, () => reply({ type: `${name}-failed` }));
  }

  addEventListener(port, "message", (event) => {
    const message = messageData(event) as BridgeToPage;
    acknowledged = true;
    if (message.type === "result") settle(fulfil, message.result);
    if (message.type === "error") settle(reject, createJpkiError(message.reason));
    if (message.type === "challenge-request")
      ask("challenge", [lateSignal], (given) => ({ type: "challenge", challenge: toText(given) }));
    if (message.type === "timestamp-request")
      ask("timestamp", [message.request, lateSignal], (given) => ({ type: "timestamp", response: toBuffer(given) }));
  });
  start(port);

  const aborted = signal && followSignal(signal);
  if (aborted)
    addEventListener(aborted, "abort", () => {
      tell({ type: "abort" });
      settle(reject, signalReason(aborted));
    });

  // Two halves: a page that blocks its thread for longer than the first still lets the acknowledgement in before the second ends.
  const half = LIMITS.acknowledgeMilliseconds / 2;
  const giveUp = (): void => {
    if (!acknowledged) settle(reject, createJpkiError("failed"));
  };
  setTimeout(() => setTimeout(giveUp, half), half);

  postMessage({ type: PAGE_CALL, call }, origin, [port2(channel)]);
}
