import { LIMITS } from "../../shared/limits.ts";
import { PAGE_CALL, type BridgeToPage, type PageCall, type PageToBridge } from "../../shared/protocol/page-messages.ts";
import {
  AbortController,
  MessageChannel,
  Promise,
  abort,
  addEventListener,
  apply,
  close,
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
import type { ChallengeCallback } from "./request-options.ts";
import { toText } from "./web-idl.ts";

/** What a call may have besides its message: the page's signal and its function for a late challenge. */
interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly challenge?: ChallengeCallback | undefined;
  readonly transfer?: ArrayBuffer[];
}

/** The answers that fulfil a call. */
export type Answer = Exclude<BridgeToPage, { type: "acknowledged" | "challenge-request" | "error" }>;

/**
 * One call of the bridge, on a port of its own: exactly one of `fulfil` and `reject` is called, once. An aborted signal rejects at
 * once with the signal's own reason. A bridge that does not acknowledge is gone, and so is the extension.
 */
export function callBridge(
  call: PageCall,
  fulfil: (answer: Answer) => void,
  reject: (reason: unknown) => void,
  { signal, challenge, transfer = [] }: CallOptions = {},
): void {
  const channel = new MessageChannel();
  const port = port1(channel);
  const aborted = signal && followSignal(signal);
  const late = new AbortController();
  let acknowledged = false;
  let settled = false;

  const settle = (outcome: () => void): void => {
    if (settled) return;
    settled = true;
    abort(late);
    close(port);
    outcome();
  };
  const tell = (message: PageToBridge): void => {
    if (!settled) post(port, message);
  };

  const onMessage = (event: Event): void => {
    const message = messageData(event) as BridgeToPage;
    switch (message.type) {
      case "acknowledged":
        acknowledged = true;
        break;
      case "challenge-request":
        if (challenge) askChallenge(challenge, late, tell);
        break;
      case "error":
        settle(() => reject(createJpkiError(message.error.name, message.error.reason)));
        break;
      default:
        settle(() => fulfil(message));
    }
  };
  addEventListener(port, "message", onMessage);
  start(port);

  if (aborted)
    addEventListener(aborted, "abort", () => {
      tell({ type: "abort" });
      settle(() => reject(signalReason(aborted)));
    });

  // Two halves: a page that blocks its thread for longer than the first still lets the acknowledgement in before the second ends.
  const half = LIMITS.acknowledgeMilliseconds / 2;
  setTimeout(() => {
    setTimeout(() => {
      if (!acknowledged) settle(() => reject(createJpkiError("OperationError", "failed")));
    }, half);
  }, half);

  postMessage({ type: PAGE_CALL, call }, origin, [port2(channel), ...transfer]);
}

function askChallenge(
  challenge: ChallengeCallback,
  late: AbortController,
  tell: (message: PageToBridge) => void,
): void {
  const asked = new Promise((resolve) => resolve(apply(challenge, undefined, [controllerSignal(late)])));
  then(
    then(asked, toText),
    (text) => tell({ type: "challenge", challenge: text }),
    () => tell({ type: "challenge-failed" }),
  );
}
