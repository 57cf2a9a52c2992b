import * as v from "valibot";
import type { FaultCode } from "../../shared/errors.ts";
import {
  hostRequestSchema,
  type HostError,
  type HostMessage,
  type HostRequest,
} from "../../shared/protocol/host-messages.ts";
import { isPinFrame, takePinFrame, type PinBytes } from "../../shared/protocol/pin-frame.ts";
import { hostErrorOf } from "../operations/operation-fault.ts";
import type { HostOperations } from "../operations/host-operations.ts";

/** Turns frames into operations and their outcomes into messages. */
export interface Dispatcher {
  /** Takes over the body of one frame and overwrites it. Never throws. */
  receive(body: Uint8Array): void;
  /** Wipes a PIN that waits, takes nothing more, and resolves when the operation under way has ended. */
  close(): Promise<void>;
}

/** What a dispatcher needs. `report` gets errors that nobody foresaw, for stderr; nothing of a frame is in them. */
export interface DispatcherParts {
  readonly operations: HostOperations;
  readonly send: (message: HostMessage) => void;
  readonly report: (error: unknown) => void;
}

/** What `id` and `method` can be read from before the strict schema, so that even a wrong request is answered by its number. */
const envelopeSchema = v.looseObject({
  id: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  method: v.optional(v.string()),
});
const METHODS = hostRequestSchema.options.map((option) => option.entries.method.literal);

/** What came in a PIN frame and waits for the next request: the octets, or that they were none of a PIN. */
type WaitingPin = PinBytes | "malformed" | undefined;

/** `code` counts where there is no request. */
interface Judgement {
  readonly id: number | undefined;
  readonly code: FaultCode;
  readonly request?: HostRequest;
}

/** One operation at a time; a PIN lives until the request behind it has been answered, at most. */
export function createDispatcher({ operations, send, report }: DispatcherParts): Dispatcher {
  let waiting: WaitingPin;
  let running: Promise<void> | undefined;
  let open = true;

  const refuse = (id: number | undefined, error: HostError): void =>
    send(id === undefined ? { event: "fault", error } : { id, error });
  const takeWaiting = (): WaitingPin => {
    const pin = waiting;
    waiting = undefined;
    return pin;
  };

  const receivePin = (body: Uint8Array): void => {
    wipe(takeWaiting());
    if (running) refuse(undefined, { code: "busy" });
    else waiting = takePinFrame(body) ?? "malformed";
  };

  const run = async (request: HostRequest, pin: PinBytes | undefined): Promise<void> => {
    let answered = false;
    // the first outcome counts: one that comes after an answer has nobody to go to
    const settle = (message: HostMessage): void => {
      wipe(pin);
      if (!answered) send(message);
      answered = true;
    };
    const { id, method, params } = request;
    const call = {
      pin,
      answer: (result: object) => settle({ id, result }),
      refuse: (error: HostError) => settle({ id, error }),
    };
    try {
      await operations[method](params as never, call as never);
      settle({ id, error: { code: "internal" } });
    } catch (error) {
      const hostError = hostErrorOf(error);
      if (hostError.code === "internal") report(error);
      settle({ id, error: hostError });
    }
  };

  /** The request if it may run now, else what to answer it, by its number where it has one. */
  const judge = (message: unknown, pin: WaitingPin): Judgement => {
    const envelope = v.safeParse(envelopeSchema, message);
    if (!envelope.success) return { id: undefined, code: "invalid-message" };
    const { id, method } = envelope.output;
    if (method !== undefined && !METHODS.some((known) => known === method)) return { id, code: "unknown-method" };
    const request = v.safeParse(hostRequestSchema, message);
    if (!request.success) return { id, code: "invalid-message" };
    if (running) return { id, code: "busy" };
    if (takesPin(request.output) && pin === undefined) return { id, code: "invalid-message" };
    if (takesPin(request.output) && pin === "malformed") return { id, code: "pin-malformed" };
    return { id, code: "internal", request: request.output };
  };

  const receiveRequest = (body: Uint8Array): void => {
    const pin = takeWaiting();
    const message = parseJson(body);
    const { id, code, request } = judge(message, pin);
    if (request === undefined) {
      wipe(pin);
      refuse(id, { code });
      return;
    }
    if (!takesPin(request)) wipe(pin);
    running = run(request, pin === "malformed" ? undefined : pin).finally(() => (running = undefined));
  };

  return {
    receive(body) {
      try {
        if (!open) return;
        if (isPinFrame(body)) receivePin(body);
        else receiveRequest(body);
      } finally {
        body.fill(0);
      }
    },
    async close() {
      open = false;
      wipe(takeWaiting());
      await running;
    },
  };
}

function wipe(pin: WaitingPin): void {
  if (pin !== undefined && pin !== "malformed") pin.wipe();
}

function takesPin({ method }: HostRequest): boolean {
  return method === "authenticate" || method === "unlock";
}

/** The value, or `undefined` for what is no JSON in UTF-8. The error is dropped: engines quote the input in it. */
function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
