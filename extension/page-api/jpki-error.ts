import type { PageError } from "../../shared/protocol/page-messages.ts";
import { DOMException, defineProperties, defineProperty } from "./captured-globals.ts";
import { optional, toDictionary, toText } from "./web-idl.ts";

/** Makes `prototype[Symbol.toStringTag]` and the interface object's name what Web IDL asks for; bundlers rename classes. */
export function nameInterface(constructor: { readonly prototype: object }, name: string): void {
  defineProperty(constructor, "name", { value: name });
  defineProperty(constructor.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

/** `JpkiError` of docs/api.webidl. Cloning it (`structuredClone`) yields a `DOMException`: a script can't register its own class. */
export const JpkiError = class extends DOMException {
  readonly #reason: string;

  constructor(...args: unknown[]) {
    const message = args[0] === undefined ? "" : toText(args[0]);
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
export const createJpkiError = (name: PageError["name"], reason: PageError["reason"]): DOMException =>
  new JpkiError(`navigator.jpki: ${reason}`, { name, reason });
