import * as v from "valibot";
import type { FaultCode } from "../../shared/errors.ts";
import {
  hostMessageSchema,
  hostResultSchemas,
  type CardState,
  type HostError,
  type HostHello,
  type HostMessage,
  type HostMethod,
  type HostParams,
  type HostResult,
} from "../../shared/protocol/host-messages.ts";
import { pinMessage } from "../../shared/protocol/pin-frame.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import { connectNative, disconnectFault, type NativePort } from "./native-port.ts";

/** A cold start takes a tenth of this; a host that says nothing for so long never will. */
const HELLO_MILLISECONDS = 5_000;

/** Why the host did not do what it was asked, as a code of the closed list. */
export class HostFault extends Error {
  override readonly name = "HostFault";
  readonly code: FaultCode;
  /** With `pin-incorrect` only: the tries that are left on the card. */
  readonly attemptsRemaining: number | undefined;

  constructor(error: HostError) {
    super(error.code);
    this.code = error.code;
    this.attemptsRemaining = error.attemptsRemaining;
  }
}

/** One running host that has said hello in a protocol that we speak. */
export interface HostPort {
  readonly hello: HostHello;
  /** One at a time: the host answers a second one `busy`. Rejects with {@link HostFault}. */
  request<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostResult<M>>;
  /** The PIN's own frame; `authenticate` or `unlock` must follow at once. `pin` is normalised already and not kept. */
  sendPin(pin: string): void;
  /** Calls back with every state of the card after `watch`. */
  onCard(listener: (state: CardState) => void): void;
  /** Settles when the host ends without being asked to; never after {@link HostPort.close}. */
  readonly closed: Promise<FaultCode>;
  /** Ends host and card session. Requests without an answer reject with `host-stopped`. */
  close(): void;
}

interface Pending {
  readonly method: HostMethod;
  readonly resolve: (result: never) => void;
  readonly reject: (fault: HostFault) => void;
}

/** Read before the strict schema, so that a later protocol whose hello has grown is told apart from a broken host. */
const anyHelloSchema = v.looseObject({
  event: v.literal("hello"),
  protocols: v.looseObject({ min: v.number(), max: v.number() }),
});

/** The range of a hello against the protocol of this source. */
function protocolFault(message: unknown): FaultCode | undefined {
  if (!v.is(anyHelloSchema, message)) return undefined;
  if (message.protocols.max < PROTOCOL_VERSION) return "host-outdated";
  return message.protocols.min > PROTOCOL_VERSION ? "extension-outdated" : undefined;
}

/**
 * Starts the host and waits for its hello. Rejects with {@link HostFault}: `host-missing`, `host-outdated`, `extension-outdated`,
 * `host-stopped`, `caller-refused`, or the code that the host itself gives. `connect` is the browser's port, or a test's.
 */
export function openHost(connect: () => NativePort = connectNative): Promise<HostPort> {
  return new Promise((resolve, reject) => {
    const port = connect();
    const pending = new Map<number, Pending>();
    const cardListeners: ((state: CardState) => void)[] = [];
    const closed = Promise.withResolvers<FaultCode>();
    let open = true;
    let greeted = false;
    let lastId = 0;

    const rejectPending = (error: HostError): void => {
      for (const { reject: rejectRequest } of pending.values()) rejectRequest(new HostFault(error));
      pending.clear();
    };
    const end = (code: FaultCode, disconnect: boolean): void => {
      if (!open) return;
      open = false;
      clearTimeout(helloTimer);
      if (disconnect) port.disconnect();
      rejectPending({ code });
      reject(new HostFault({ code }));
      closed.resolve(code);
    };
    const post = (message: object): void => {
      try {
        port.post(message);
      } catch {
        // the browser ended the port before it told us so
        end("host-stopped", false);
      }
    };
    const helloTimer = setTimeout(() => end("host-stopped", true), HELLO_MILLISECONDS);

    const host = (hello: HostHello): HostPort => ({
      hello,
      closed: closed.promise,
      onCard: (listener) => cardListeners.push(listener),
      sendPin: (pin) => {
        if (open) post(pinMessage(pin));
      },
      request: (method, params) =>
        new Promise((resolveRequest, rejectRequest) => {
          if (!open) throw new HostFault({ code: "host-stopped" });
          const id = ++lastId;
          pending.set(id, { method, resolve: resolveRequest, reject: rejectRequest });
          post({ id, method, params });
        }),
      close: () => {
        if (!open) return;
        open = false;
        port.disconnect();
        rejectPending({ code: "host-stopped" });
      },
    });

    const settle = (message: Extract<HostMessage, { id: number }>): void => {
      const request = pending.get(message.id);
      if (!request) return;
      pending.delete(message.id);
      if ("error" in message) {
        request.reject(new HostFault(message.error));
        return;
      }
      const result = v.safeParse(hostResultSchemas[request.method], message.result);
      if (result.success) request.resolve(result.output as never);
      else request.reject(new HostFault({ code: "invalid-message" }));
    };

    const report = (message: HostMessage): void => {
      if (!("event" in message)) settle(message);
      else if (message.event === "card") cardListeners.forEach((listener) => listener(message.state));
      else if (message.event === "fault") {
        // no id: it belongs to whatever is under way, and before the hello to the start itself
        if (greeted) rejectPending(message.error);
        else end(message.error.code, true);
      } else if (greeted) end("invalid-message", true);
      else {
        greeted = true;
        clearTimeout(helloTimer);
        resolve(host(message));
      }
    };

    port.onDisconnect((reason) => end(disconnectFault(reason), false));
    port.onMessage((raw) => {
      if (!open) return;
      const mismatch = greeted ? undefined : protocolFault(raw);
      const parsed = v.safeParse(hostMessageSchema, raw);
      if (mismatch) end(mismatch, true);
      else if (parsed.success) report(parsed.output);
      else end("invalid-message", true);
    });
  });
}
