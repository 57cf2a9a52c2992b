import {
  EventTarget,
  Promise,
  TypeError,
  addEventListener,
  apply,
  construct,
  defineProperties,
  getOwnPropertyDescriptors,
  indexOf,
  isFullyActive,
  preventDefault,
  removeEventListener,
  signalAborted,
  signalReason,
} from "./captured-globals.ts";
import { callBridge, type Outcome } from "./bridge-call.ts";
import { ATTRIBUTE_NAMES, type AttributeName } from "../../shared/protocol/document-options.ts";
import type { PageCall } from "../../shared/protocol/page-messages.ts";
import { createJpkiError, nameInterface } from "./jpki-error.ts";
import {
  toAuthenticateOptions,
  toAvailabilityOptions,
  toReadAttributesOptions,
  toSignOptions,
} from "./request-options.ts";
import { append, each } from "./web-idl.ts";

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
        const late = typeof challenge === "string" ? undefined : challenge;
        callBridge({ operation: "authenticate", lang, challenge: known }, outcome, signal, { challenge: late });
      });
    },

    sign(options: unknown) {
      return operation(this, (outcome) => {
        const { lang, signal, purpose, documents, timestamp, defaults } = toSignOptions(options);
        throwIfAborted(signal);
        const call: Extract<PageCall, { operation: "sign" }> = {
          operation: "sign",
          lang,
          purpose,
          documents: [],
          timestamp: timestamp !== undefined,
        };
        each(documents, ({ digest, ...document }) => {
          if (digest && digest.algorithm !== "SHA-256") throw createJpkiError("unsupported");
          // own properties, which no setter of the page sees
          append(call.documents, {
            ...document,
            format: document.format ?? (document.profile === undefined ? defaults.format : undefined),
            profile: document.profile ?? (document.format === undefined ? defaults.profile : undefined),
            packaging: document.packaging ?? defaults.packaging,
            digest: digest?.value,
          });
        });
        callBridge(call, outcome, signal, { timestamp });
      });
    },

    readAttributes(options: unknown) {
      return operation(this, (outcome) => {
        const { lang, signal, attributes, challenge, purpose } = toReadAttributesOptions(options);
        throwIfAborted(signal);
        const late = typeof challenge === "function" ? challenge : undefined;
        const known = typeof challenge === "string" ? challenge : undefined;
        const names: AttributeName[] = [];
        each(attributes, (attribute) => {
          const name = ATTRIBUTE_NAMES[indexOf(ATTRIBUTE_NAMES, attribute)];
          if (!name) throw createJpkiError("unsupported");
          if (indexOf(names, name) >= 0) throw new TypeError("An attribute twice");
          append(names, name);
        });
        const call: PageCall = {
          operation: "readAttributes",
          lang,
          purpose,
          attributes: names,
          challenge: late ? null : known,
        };
        callBridge(call, outcome, signal, { challenge: late });
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
