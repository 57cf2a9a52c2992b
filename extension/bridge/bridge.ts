import { LIMITS } from "../../shared/limits.ts";
import type { BrokerAnswer, BrokerRequest } from "../../shared/protocol/broker-messages.ts";
import { ceremonyPortName } from "../../shared/protocol/ceremony-messages.ts";
import { PAGE_CALL, type BridgeToPage, type PageCall, type PageError } from "../../shared/protocol/page-messages.ts";
import { isSupportedFormat } from "../../shared/protocol/signing-formats.ts";
import type { BridgePage, BridgeRuntime, CeremonyPort, PageMessage } from "./bridge-environment.ts";
import { linkCeremony, type CeremonyCall, type CeremonyLink } from "./ceremony-link.ts";
import { sizeOfData } from "./document-pieces.ts";
import { isBrokerAnswer, isBrokerToBridge, isPageCall, isPageToBridge } from "./message-shapes.ts";

/** A call that the page still waits for. */
interface PendingCall {
  readonly id: string;
  readonly call: PageCall;
  readonly port: MessagePort;
  link?: CeremonyLink;
}

const BUSY: PageError = { name: "InvalidStateError", reason: "busy" };
const NOT_ACTIVE: PageError = { name: "InvalidStateError", reason: "not-active" };
const UNSUPPORTED: PageError = { name: "NotSupportedError", reason: "unsupported" };
const NAVIGATED: PageError = { name: "AbortError", reason: "navigated" };
const UNREADABLE: PageError = { name: "NotReadableError", reason: "unreadable" };
const FAILED: PageError = { name: "OperationError", reason: "failed" };

/**
 * Stands between one document and the extension, in a world that the page's scripts can't reach. It believes nothing that comes
 * from the page, settles every call exactly once, and lets go of the ceremony when the document goes.
 */
export function startBridge(page: BridgePage, runtime: BridgeRuntime): void {
  const calls = new Map<string, PendingCall>();
  let hidden = false;
  /** The number of the last gesture that a ceremony was opened with. */
  let spent = 0;
  /** One `open` at a time, so that one gesture can't open two. */
  let turn: Promise<void> = Promise.resolve();
  let stopWatching: (() => void) | undefined;

  function settle(pending: PendingCall, message: BridgeToPage): void {
    if (!calls.delete(pending.id)) return;
    pending.port.postMessage(message);
    pending.port.close();
    if (calls.size === 0) stopWatching = void stopWatching?.();
  }
  const refuse = (pending: PendingCall, error: PageError): void => settle(pending, { type: "error", error });

  /** Also for a call whose `open` is still on its way: the broker takes its messages in order. */
  function withdraw(pending: PendingCall, error: PageError): void {
    if (!calls.has(pending.id)) return;
    refuse(pending, error);
    pending.link?.abort();
    if (pending.call.operation !== "availability") void ask({ type: "withdraw", id: pending.id });
  }

  /** Asked a second time where the browser stopped the worker before it answered; `undefined` when there is nobody to answer. */
  async function ask(request: BrokerRequest): Promise<BrokerAnswer | undefined> {
    for (const attempt of [runtime.ask, runtime.ask]) {
      const answer = await Promise.resolve(request)
        .then(attempt)
        .catch(() => undefined);
      if (isBrokerAnswer(answer)) return answer;
    }
    return undefined;
  }

  async function askAvailability(pending: PendingCall, call: Extract<PageCall, { operation: "availability" }>) {
    const answer = await ask({ type: "availability", options: call.options });
    if (answer?.type === "availability") settle(pending, answer);
    else refuse(pending, answer?.type === "refused" ? answer.error : FAILED);
  }

  async function openCeremony(pending: PendingCall, call: CeremonyCall, gesture: number): Promise<void> {
    if (!calls.has(pending.id)) return;
    const answer = await ask({
      type: "open",
      id: pending.id,
      operation: call.operation,
      formats: call.operation === "sign" ? call.documents.map(({ format }) => format) : [],
      activated: gesture > spent,
    });
    if (answer?.type === "accepted") spent = Math.max(spent, gesture);
    else refuse(pending, answer?.type === "refused" ? answer.error : FAILED);
  }

  function begin(pending: PendingCall): void {
    const { call } = pending;
    if (hidden || page.isPrerendering()) return refuse(pending, NOT_ACTIVE);
    if (runtime.id() === undefined) return refuse(pending, FAILED);
    if (calls.size > LIMITS.pendingCallsPerDocument) return refuse(pending, BUSY);
    if (call.operation === "availability") return void askAvailability(pending, call);
    if (call.operation === "sign") {
      const bytes = call.documents.reduce((sum, { data }) => sum + sizeOfData(data), 0);
      if (bytes > LIMITS.documentBytesPerCall) return refuse(pending, FAILED);
      if (!call.documents.every(isSupportedFormat)) return refuse(pending, UNSUPPORTED);
    }
    const gesture = page.isActivated() ? page.gestures.count() : 0;
    turn = turn.then(() => openCeremony(pending, call, gesture));
  }

  function watch(): void {
    stopWatching ??= runtime.everySecond(() => {
      if (runtime.id() === undefined) for (const pending of calls.values()) withdraw(pending, FAILED);
    });
  }

  page.onMessage((message: PageMessage) => {
    const [port, ...more] = message.ports;
    if (!port || more.length > 0 || !message.isTrusted || !page.isSelf(message.source)) return;
    const data = message.data as { type?: unknown; call?: unknown } | null | undefined;
    if (message.origin !== page.origin || data?.type !== PAGE_CALL) return;
    message.stopImmediatePropagation();
    port.postMessage({ type: "acknowledged" } satisfies BridgeToPage);
    const { call } = data;
    if (!isPageCall(call)) return port.postMessage({ type: "error", error: FAILED } satisfies BridgeToPage);
    const pending: PendingCall = { id: crypto.randomUUID(), call, port };
    calls.set(pending.id, pending);
    watch();
    port.onmessage = ({ data: said }: MessageEvent<unknown>) => {
      if (!isPageToBridge(said)) return;
      if (said.type === "abort") withdraw(pending, FAILED);
      else pending.link?.challenge(said);
    };
    begin(pending);
  });

  page.onHide(() => {
    hidden = true;
    for (const pending of calls.values()) withdraw(pending, NAVIGATED);
  });
  page.onShow(() => (hidden = false));

  runtime.onPort((port: CeremonyPort) => {
    const pending = [...calls.values()].find(({ id }) => port.name === ceremonyPortName(id));
    const { sender } = port;
    const ours = sender?.id === runtime.id() && sender?.url?.split("#")[0] === runtime.ceremonyUrl();
    if (!pending || pending.link || pending.call.operation === "availability" || !ours) return port.disconnect();
    pending.link = linkCeremony(pending.call, port, {
      settled: (message) => settle(pending, message),
      challengeRequested: () => pending.port.postMessage({ type: "challenge-request" } satisfies BridgeToPage),
      unreadable: () => withdraw(pending, UNREADABLE),
    });
  });

  runtime.onBroker((message) => {
    if (!isBrokerToBridge(message)) return undefined;
    const pending = calls.get(message.id);
    if (message.type === "still-there") return pending !== undefined;
    // A window that did connect tells its ending itself, by its port.
    if (pending && !pending.link) refuse(pending, message.error);
    return undefined;
  });
}
