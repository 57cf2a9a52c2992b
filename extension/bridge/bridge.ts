import { LIMITS } from "../../shared/limits.ts";
import type { BrokerAnswer, BrokerRequest } from "../../shared/protocol/broker-messages.ts";
import { ceremonyPortName } from "../../shared/protocol/ceremony-messages.ts";
import {
  PAGE_CALL,
  type BridgeToPage,
  type PageCall,
  type PageErrorReason,
} from "../../shared/protocol/page-messages.ts";
import { isByDigest, resolveFormat, SIGNING_FORMATS, takesReferences } from "../../shared/protocol/signing-formats.ts";
import type { BridgeRuntime } from "./bridge-runtime.ts";
import { linkCeremony, type CeremonyCall, type CeremonyLink } from "./ceremony-link.ts";
import { isBrokerAnswer, isBrokerToBridge, isPageCall, isPageToBridge } from "./message-shapes.ts";
import { countGestures } from "./user-gestures.ts";

/** A call that the page still waits for. */
interface PendingCall {
  readonly id: string;
  readonly port: MessagePort;
  readonly call: PageCall;
  /** The broker was asked for a window and did not refuse. */
  opening?: boolean;
  link?: CeremonyLink;
}

/**
 * Stands between one document and the extension, in a world that the page's scripts can't reach. It believes nothing that comes
 * from the page, settles every call exactly once, and lets go of the ceremony when the document goes.
 */
export function startBridge(page: Window, runtime: BridgeRuntime): void {
  const gestures = countGestures(page);
  const calls = new Map<string, PendingCall>();
  let hidden = false;
  /** The number of the last gesture that a ceremony was opened with. */
  let spent = 0;
  /** One `open` at a time, so that one gesture can't open two. */
  let turn: Promise<void> = Promise.resolve();
  let watch: ReturnType<typeof setInterval> | undefined;
  /** First of all: capture phase, and before any script of the page ran. */
  const listen = (type: string, listener: (event: Event) => void): void => page.addEventListener(type, listener, true);

  /** A result or an error ends the call. */
  function say(pending: PendingCall, message: BridgeToPage): void {
    if (!calls.has(pending.id)) return;
    pending.port.postMessage(message);
    if (message.type === "challenge-request" || message.type === "timestamp-request") return;
    calls.delete(pending.id);
    if (calls.size > 0) return;
    clearInterval(watch);
    watch = undefined;
  }

  /** Ends the call with an error, and the ceremony with it. The broker takes `open` and `withdraw` in the order they are sent. */
  function fail(pending: PendingCall, reason: PageErrorReason): void {
    if (!calls.has(pending.id)) return;
    say(pending, { type: "error", reason });
    pending.link?.abort();
    if (pending.opening) void ask({ type: "withdraw", id: pending.id });
  }

  function failAll(reason: PageErrorReason): void {
    for (const pending of calls.values()) fail(pending, reason);
  }

  /** Asked a second time where the browser stopped the worker before it answered; `undefined` when there is nobody to answer. */
  async function ask(request: BrokerRequest): Promise<BrokerAnswer | undefined> {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const answer = await runtime.sendMessage(request);
        if (isBrokerAnswer(answer)) return answer;
      } catch {
        // The worker was stopped, or the extension is gone.
      }
    }
    return undefined;
  }

  async function askBroker(pending: PendingCall, gesture: number): Promise<void> {
    const { id, call } = pending;
    if (!calls.has(id)) return;
    pending.opening = call.operation !== "availability";
    const answer = await ask(
      call.operation === "availability"
        ? { type: "availability", options: call.options }
        : {
            type: "open",
            id,
            operation: call.operation,
            formats: formatsOf(call),
            blind: isBlind(call),
            activated: gesture > spent,
          },
    );
    if (answer?.type === "accepted") {
      spent = Math.max(spent, gesture);
      // It ended meanwhile, and a second `open` may have overtaken the `withdraw`.
      if (!calls.has(id)) void ask({ type: "withdraw", id });
    } else {
      pending.opening = false;
      if (answer?.type === "availability") say(pending, { type: "result", result: answer.availability });
      else fail(pending, answer?.type === "refused" ? answer.reason : "failed");
    }
  }

  function refusalOf(call: PageCall): PageErrorReason | undefined {
    if (hidden || (page.document as { prerendering?: boolean }).prerendering) return "not-active";
    if (!runtime.id) return "failed";
    if (call.operation === "sign") {
      const files = call.documents.flatMap(({ data, references }) => [data, ...references.map((file) => file.data)]);
      const bytes = files.reduce((sum, file) => sum + (file?.size ?? 0), 0);
      if (bytes > LIMITS.documentBytesPerCall || files.length > LIMITS.filesPerCall) return "failed";
      if (!call.documents.every(isPossible) || (call.timestamp && !call.documents.some(takesTimestamp)))
        return "unsupported";
    }
    return calls.size > LIMITS.pendingCallsPerDocument ? "busy" : undefined;
  }

  listen("message", (event) => {
    const message = event as MessageEvent;
    const port = message.ports[0];
    if (!port || !message.isTrusted || message.source !== page) return;
    const data = message.data as { type?: unknown; call?: unknown } | null | undefined;
    if (data?.type !== PAGE_CALL) return;
    message.stopImmediatePropagation();
    port.postMessage({ type: "acknowledged" } satisfies BridgeToPage);
    const { call } = data;
    if (!isPageCall(call)) {
      port.postMessage({ type: "error", reason: "failed" } satisfies BridgeToPage);
      return;
    }

    const pending: PendingCall = { id: crypto.randomUUID(), port, call };
    calls.set(pending.id, pending);
    port.onmessage = ({ data: said }: MessageEvent<unknown>) => {
      if (!isPageToBridge(said)) return;
      // The page has rejected its promise already, with its own reason.
      if (said.type === "abort") fail(pending, "failed");
      else pending.link?.hear(said);
    };
    watch ??= setInterval(() => {
      if (!runtime.id) failAll("failed");
    }, 1_000);

    const refusal = refusalOf(call);
    const gesture = page.navigator.userActivation.isActive ? gestures() : 0;
    if (refusal) fail(pending, refusal);
    else if (call.operation === "availability") void askBroker(pending, 0);
    else turn = turn.then(() => askBroker(pending, gesture));
  });

  listen("pagehide", () => {
    hidden = true;
    failAll("navigated");
  });
  listen("pageshow", () => {
    hidden = false;
  });

  runtime.onConnect.addListener((port) => {
    const pending = [...calls.values()].find(({ id }) => port.name === ceremonyPortName(id));
    const isOurs =
      port.sender?.id === runtime.id && port.sender?.url?.split("#")[0] === runtime.getURL("/ceremony.html");
    if (!pending || pending.link || pending.call.operation === "availability" || !isOurs) {
      port.disconnect();
      return;
    }
    pending.link = linkCeremony(pending.call, port, {
      say: (message) => say(pending, message),
      fail: (reason) => fail(pending, reason),
    });
  });

  runtime.onMessage.addListener((message, _sender, respond) => {
    if (!isBrokerToBridge(message)) return;
    const pending = calls.get(message.id);
    if (message.type === "still-there") respond(pending !== undefined);
    // A window that did connect tells its ending itself, by its port.
    else if (pending && !pending.link) fail(pending, message.reason);
  });
}

/** Whether this version makes it, with what the document brings. */
const isPossible: (document: SignDocument) => boolean = (document) => {
  const format = resolveFormat(document);
  if (!format) return false;
  const isHeld = (document.data?.size ?? Infinity) <= LIMITS.shownDocumentBytes;
  if (!isHeld && !isByDigest(format)) return false;
  return document.references.length === 0 || takesReferences(format);
};

const takesTimestamp = (document: SignDocument): boolean => {
  const format = resolveFormat(document);
  return format !== undefined && SIGNING_FORMATS[format.format].timestamp;
};

const formatsOf = (call: CeremonyCall): string[] =>
  call.operation === "sign" ? call.documents.map((document) => resolveFormat(document)?.format ?? "") : [];

const isBlind = (call: CeremonyCall): boolean =>
  call.operation === "sign" && call.documents.some(({ digest }) => digest !== undefined);

type SignDocument = Extract<CeremonyCall, { operation: "sign" }>["documents"][number];
