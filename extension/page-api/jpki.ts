import type { PageCall, SignResult } from "../../shared/protocol/page-messages.ts";
import { isSupportedFormat } from "../../shared/protocol/signing-formats.ts";
import { callBridge, type Answer } from "./bridge-call.ts";
import {
  Blob,
  EventTarget,
  Promise,
  TypeError,
  addEventListener,
  apply,
  construct,
  defineProperties,
  getOwnPropertyDescriptors,
  isFullyActive,
  preventDefault,
  removeEventListener,
  signalAborted,
  signalReason,
} from "./captured-globals.ts";
import { createJpkiError, nameInterface } from "./jpki-error.ts";
import {
  toAuthenticateOptions,
  toAvailabilityOptions,
  toReadAttributesOptions,
  toSignOptions,
  type DocumentOptions,
} from "./request-options.ts";
import { copyBytes } from "./web-idl.ts";

const refuseConstruction = (): [] => {
  throw new TypeError("Illegal constructor");
};

/** The interface object `Jpki` of docs/api.webidl. Not constructible. */
export const Jpki = class extends EventTarget {
  constructor() {
    super(...refuseConstruction());
  }
};
nameInterface(Jpki, "Jpki");

/** The object behind `navigator.jpki`. */
export const jpki: EventTarget = construct(EventTarget, [], Jpki);

/** The checks that every operation begins with; whatever `run` throws rejects the promise. */
function operation(
  self: unknown,
  run: (fulfil: (value: unknown) => void, reject: (reason: unknown) => void) => void,
): Promise<unknown> {
  return new Promise((fulfil, reject) => {
    checkSelf(self);
    if (!isFullyActive()) throw createJpkiError("InvalidStateError", "not-active");
    run(fulfil, reject);
  });
}

function checkSelf(self: unknown): void {
  if (self !== jpki) throw new TypeError("Illegal invocation");
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the page's own reason, the same object
  if (signal && signalAborted(signal)) throw signalReason(signal);
}

const unsupported = (): DOMException => createJpkiError("NotSupportedError", "unsupported");

/** The value that fulfils the promise, from the bridge's answer. */
function resultOf(answer: Answer): unknown {
  switch (answer.type) {
    case "availability":
      return answer.availability;
    case "token":
      return answer.token;
    case "signatures":
      return toSignResult(answer.result);
  }
}

/** `JpkiSignResult`: a `Blob` where the bridge has bytes and a media type. */
function toSignResult({ signatures, certificate }: SignResult) {
  const results: object[] = signatures;
  for (let index = 0; index < results.length; index++) {
    const { file, type = "", ...signature } = signatures[index] as SignResult["signatures"][number];
    results[index] = file ? { ...signature, file: new Blob([file], { type }) } : signature;
  }
  return { certificate, signatures: results };
}

let handler: object | null = null;
const onEvent = function (this: unknown, event: Event): void {
  if (typeof handler === "function" && apply(handler as (event: Event) => unknown, this, [event]) === false)
    preventDefault(event);
};

defineProperties(
  Jpki.prototype,
  getOwnPropertyDescriptors({
    // Rest parameters, so that `length` counts required arguments only.
    availability(...args: unknown[]) {
      return operation(this, (fulfil, reject) => {
        const call: PageCall = { operation: "availability", options: toAvailabilityOptions(args[0]) };
        callBridge(call, (answer) => fulfil(resultOf(answer)), reject);
      });
    },

    authenticate(options: unknown) {
      return operation(this, (fulfil, reject) => {
        const { lang, signal, challenge } = toAuthenticateOptions(options);
        throwIfAborted(signal);
        const late = typeof challenge === "function" ? challenge : undefined;
        const call: PageCall = {
          operation: "authenticate",
          lang,
          challenge: typeof challenge === "string" ? challenge : null,
        };
        callBridge(call, (answer) => fulfil(resultOf(answer)), reject, { signal, challenge: late });
      });
    },

    sign(options: unknown) {
      return operation(this, (fulfil, reject) => {
        const { lang, signal, purpose, documents, timestamp, ...defaults } = toSignOptions(options);
        throwIfAborted(signal);
        const { data, digest, name, type, ...own } = documents[0] as DocumentOptions;
        const format = own.format ?? defaults.format ?? "";
        const profile = own.profile ?? defaults.profile;
        const packaging = own.packaging ?? defaults.packaging;
        if (documents.length > 1 || timestamp || digest || !data || !isSupportedFormat({ format, profile, packaging }))
          throw unsupported();
        const bytes = data.blob ?? copyBytes(data.range);
        const call: PageCall = {
          operation: "sign",
          lang,
          purpose,
          documents: [{ name, type, format, profile, packaging, data: bytes }],
        };
        const transfer = data.blob ? [] : [bytes as ArrayBuffer];
        callBridge(call, (answer) => fulfil(resultOf(answer)), reject, { signal, transfer });
      });
    },

    readAttributes(options: unknown) {
      return operation(this, () => {
        throwIfAborted(toReadAttributesOptions(options).signal);
        throw unsupported();
      });
    },

    get onavailabilitychange(): unknown {
      checkSelf(this);
      return handler;
    },

    set onavailabilitychange(value: unknown) {
      checkSelf(this);
      const before = handler;
      handler = (typeof value === "object" && value !== null) || typeof value === "function" ? value : null;
      // As HTML has it: the handler takes its place among the listeners when it is first set, and keeps it when it is replaced.
      if (handler && !before) addEventListener(jpki, "availabilitychange", onEvent);
      if (!handler && before) removeEventListener(jpki, "availabilitychange", onEvent);
    },
  }),
);
