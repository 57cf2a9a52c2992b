/* eslint-disable @typescript-eslint/unbound-method -- taking methods off their objects is what this file is for */

/**
 * The page's globals as they were before any script of the page ran. A page (or its polyfills) may replace constructors and
 * prototypes later; these stay. In this folder no method is called on the page's objects, and there is no array spread, `for…of`
 * or `await`: each of them looks something up again that the page may have replaced.
 *
 * Methods and getters are exported as functions that take `this` first. A getter throws `TypeError` for an object of another
 * kind, which makes it the brand check of that kind.
 */
const { apply, construct } = Reflect;
const { defineProperties, defineProperty, getOwnPropertyDescriptor, getOwnPropertyDescriptors } = Object;
const { AbortController, AbortSignal, ArrayBuffer, Blob, DOMException, Document, EventTarget, MessageChannel } =
  globalThis;
const { MessagePort, Promise, TypeError, atob, btoa, document, postMessage, setTimeout } = globalThis;

const free =
  <This, Args extends unknown[], Result>(method: (this: This, ...args: Args) => Result) =>
  (self: This, ...args: Args): Result =>
    apply(method, self, args);

/** A getter that this browser lacks is always `undefined`. */
const getter = ({ prototype }: { readonly prototype: object }, name: string) =>
  free<unknown, [], unknown>(getOwnPropertyDescriptor(prototype, name)?.get ?? (() => undefined));

const then = free(Promise.prototype.then);
const exec = free(RegExp.prototype.exec);
const toWellFormed = free(String.prototype.toWellFormed);
const { isView } = ArrayBuffer;
const { trunc } = Math;
const indexOf = free(Array.prototype.indexOf as (this: readonly unknown[], item: unknown) => number);
const bufferLength = getter(ArrayBuffer, "byteLength") as (buffer: unknown) => number;
const blobSize = getter(Blob, "size") as (blob: Blob) => number;

const addEventListener = free(EventTarget.prototype.addEventListener);
const removeEventListener = free(EventTarget.prototype.removeEventListener);
const preventDefault = free(Event.prototype.preventDefault);
const messageData = getter(MessageEvent, "data");

const { any } = AbortSignal;
/** Follows `signal`, out of the page's reach: no listener of the page can keep the news from ours. */
const followSignal = (signal: AbortSignal): AbortSignal => apply(any, AbortSignal, [[signal]]);
const signalAborted = getter(AbortSignal, "aborted") as (signal: unknown) => boolean;
const signalReason = getter(AbortSignal, "reason");
const controllerSignal = getter(AbortController, "signal");
const abort = free(AbortController.prototype.abort);

const port1 = getter(MessageChannel, "port1") as (channel: MessageChannel) => MessagePort;
const port2 = getter(MessageChannel, "port2") as (channel: MessageChannel) => MessagePort;
const post = free(MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void);
const start = free(MessagePort.prototype.start);

const { origin } = location;
const prerendering = getter(Document, "prerendering");
const defaultView = getter(Document, "defaultView");
/** "Fully active" of HTML, as far as a top-level document can see it of itself. */
const isFullyActive = (): boolean => !!defaultView(document) && !prerendering(document);

export { AbortController, Blob, DOMException, EventTarget, MessageChannel, Promise, TypeError };
export { abort, addEventListener, apply, atob, blobSize, btoa, bufferLength, construct, controllerSignal };
export {
  defineProperties,
  defineProperty,
  exec,
  followSignal,
  getOwnPropertyDescriptors,
  indexOf,
  isFullyActive,
  isView,
};
export { messageData, origin, port1, port2, post, postMessage, preventDefault, removeEventListener, setTimeout };
export { signalAborted, signalReason, start, then, toWellFormed, trunc };
