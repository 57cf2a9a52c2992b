import { PAGE_ERRORS, type PageErrorReason } from "../../shared/protocol/page-messages.ts";
import { DOMException, defineProperties, defineProperty } from "./captured-globals.ts";
import { optional, toDictionary, toText } from "./web-idl.ts";

/** Gives an interface object and its prototype the names that Web IDL asks for; bundlers rename classes. */
export function nameInterface(constructor: { readonly prototype: object }, name: string): void {
  defineProperty(constructor, "name", { value: name });
  defineProperty(constructor.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

/** `JpkiError` of docs/api.webidl. Cloning it (`structuredClone`) yields a `DOMException`: a script can't register its own class. */
export const JpkiError = class extends DOMException {
  readonly #reason: string;

  // Rest parameters, so that `length` counts required arguments only.
  constructor(...args: unknown[]) {
    const message = optional(args[0], toText) ?? "";
    const init = toDictionary(args[1]);
    const name = optional(init["name"], toText) ?? "OperationError";
    const reason = optional(init["reason"], toText) ?? "";
    super(message, name);
    this.#reason = reason;
  }

  get reason(): string {
    return this.#reason;
  }
};
nameInterface(JpkiError, "JpkiError");
defineProperties(JpkiError.prototype, { reason: { enumerable: true } });

/** An error of ours for the page. Its message says no more than its reason does. */
export const createJpkiError = (reason: PageErrorReason): DOMException =>
  new JpkiError(`navigator.jpki: ${reason}`, { name: PAGE_ERRORS[reason], reason });
