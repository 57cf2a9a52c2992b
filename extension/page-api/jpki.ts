import {
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
import { callBridge, type Outcome } from "./bridge-call.ts";
import { createJpkiError, nameInterface } from "./jpki-error.ts";
import {
  toAuthenticateOptions,
  toAvailabilityOptions,
  toReadAttributesOptions,
  toSignOptions,
} from "./request-options.ts";

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

function checkThis(self: unknown): void {
  if (self !== jpki) throw new TypeError("Illegal invocation");
}

/** The checks that every operation begins with; whatever `run` throws rejects the promise. */
const operation = (self: unknown, run: (outcome: Outcome) => void): Promise<unknown> =>
  new Promise((fulfil, reject) => {
    checkThis(self);
    if (!isFullyActive()) throw createJpkiError("not-active");
    run({ fulfil, reject });
  });

/** Throws the page's own reason, the same object. */
function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal && signalAborted(signal)) throw signalReason(signal);
}

let handler: unknown = null;
const handle = function (this: unknown, event: Event): void {
  if (typeof handler === "function" && apply(handler as () => unknown, this, [event]) === false) preventDefault(event);
};

defineProperties(
  Jpki.prototype,
  getOwnPropertyDescriptors({
    // Rest parameters, so that `length` counts required arguments only.
    availability(...args: unknown[]) {
      return operation(this, (outcome) =>
        callBridge({ operation: "availability", options: toAvailabilityOptions(args[0]) }, outcome),
      );
    },

    authenticate(options: unknown) {
      return operation(this, (outcome) => {
        const { lang, signal, challenge } = toAuthenticateOptions(options);
        throwIfAborted(signal);
        const known = typeof challenge === "string" ? challenge : null;
        callBridge({ operation: "authenticate", lang, challenge: known }, outcome, signal, challenge);
      });
    },

    sign(options: unknown) {
      return operation(this, (outcome) => {
        const { lang, signal, purpose, documents, timestamp, defaults } = toSignOptions(options);
        throwIfAborted(signal);
        const { data, name, type, ...own } = documents[0];
        if (documents.length > 1 || timestamp || !data) throw createJpkiError("unsupported");
        const format = own.format ?? defaults.format ?? "";
        const packaging = own.packaging ?? defaults.packaging;
        const profile = own.profile ?? defaults.profile;
        const document = { data, name, type, format, packaging, profile };
        callBridge({ operation: "sign", lang, purpose, documents: [document] }, outcome, signal);
      });
    },

    readAttributes(options: unknown) {
      return operation(this, () => {
        throwIfAborted(toReadAttributesOptions(options).signal);
        throw createJpkiError("unsupported");
      });
    },

    get onavailabilitychange(): unknown {
      checkThis(this);
      return handler;
    },

    set onavailabilitychange(value: unknown) {
      checkThis(this);
      // As HTML has it: the handler takes its place among the listeners when it is first set, and keeps it when it is replaced.
      const set = (typeof value === "object" && value !== null) || typeof value === "function";
      if (set && handler === null) addEventListener(jpki, "availabilitychange", handle);
      if (!set) removeEventListener(jpki, "availabilitychange", handle);
      handler = set ? value : null;
    },
  }),
);
