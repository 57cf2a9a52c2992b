/**
 * The page's globals as they were before any script of the page ran. A page (or its polyfills) may replace constructors and
 * prototypes later; these stay. In this folder no method is called on the page's objects, and there is no array spread, `for…of`
 * or `await`: each of them looks something up again that the page may have replaced.
 *
 * Methods and getters are exported as functions that take `this` first. A getter throws `TypeError` for an object of another
 * kind, which makes it the brand check of that kind.
 */
const { apply, construct } = Reflect;
const {
  create,
  defineProperty,
  defineProperties,
  getOwnPropertyDescriptor,
  getOwnPropertyDescriptors,
  getPrototypeOf,
} = Object;
const { AbortController, ArrayBuffer, Blob, DataView, DOMException, EventTarget, MessageChannel, Promise } = globalThis;
const { TypeError, Uint8Array, postMessage, setTimeout } = globalThis;

const free =
  <This, Args extends unknown[], Result>(method: (this: This, ...args: Args) => Result) =>
  (self: This, ...args: Args): Result =>
    apply(method, self, args);

/** A getter that this browser lacks is always `undefined`. */
const getter = <Result>(prototype: object, name: PropertyKey) =>
  free<unknown, [], Result>(
    (getOwnPropertyDescriptor(prototype, name)?.get ?? (() => undefined)) as (this: unknown) => Result,
  );

const then = free(Promise.prototype.then) as <T, R>(
  promise: Promise<T>,
  fulfilled: (value: T) => R,
  rejected?: (reason: unknown) => R,
) => Promise<R>;
const exec = free(RegExp.prototype.exec);
const toWellFormed = free(String.prototype.toWellFormed);
const encoder = new TextEncoder();
const encode = free(TextEncoder.prototype.encode);
const utf8 = (text: string): Uint8Array<ArrayBuffer> => encode(encoder, text);

const viewGetters = (prototype: object) => ({
  buffer: getter<ArrayBuffer>(prototype, "buffer"),
  byteOffset: getter<number>(prototype, "byteOffset"),
  byteLength: getter<number>(prototype, "byteLength"),
});
const { isView } = ArrayBuffer;
const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayName = getter<string | undefined>(typedArrayPrototype, Symbol.toStringTag);
const ofTypedArray = viewGetters(typedArrayPrototype);
const ofDataView = viewGetters(DataView.prototype);
const bufferLength = getter<number>(ArrayBuffer.prototype, "byteLength");
const bufferIsResizable = getter<boolean>(ArrayBuffer.prototype, "resizable");
const blobSize = getter<number>(Blob.prototype, "size");

const addEventListener = free(EventTarget.prototype.addEventListener);
const removeEventListener = free(EventTarget.prototype.removeEventListener);
const preventDefault = free(Event.prototype.preventDefault);
const messageData = getter<unknown>(MessageEvent.prototype, "data");

const { any } = AbortSignal;
const { prototype: signalPrototype } = AbortSignal;
/** Follows `signal`, out of the page's reach: no listener of the page can come before ours. */
const followSignal = (signal: AbortSignal): AbortSignal => apply(any, AbortSignal, [[signal]]);
const signalAborted = getter<boolean>(signalPrototype, "aborted");
const signalReason = getter<unknown>(signalPrototype, "reason");
const controllerSignal = getter<AbortSignal>(AbortController.prototype, "signal");
const abort = free(AbortController.prototype.abort);

const port1 = getter<MessagePort>(MessageChannel.prototype, "port1");
const port2 = getter<MessagePort>(MessageChannel.prototype, "port2");
const post = free(MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void);
const start = free(MessagePort.prototype.start);
const close = free(MessagePort.prototype.close);

const { document } = globalThis;
const { origin } = location;
const prerendering = getter<boolean | undefined>(Document.prototype, "prerendering");
const view = getter<Window | null>(Document.prototype, "defaultView");
/** "Fully active" of HTML, as far as a top-level document can see it of itself. */
const isFullyActive = (): boolean => view(document) !== null && prerendering(document) !== true;

export { AbortController, ArrayBuffer, Blob, DataView, DOMException, EventTarget, MessageChannel, Promise };
export { TypeError, Uint8Array, apply, construct, create, defineProperty, defineProperties, getOwnPropertyDescriptors };
export { abort, addEventListener, controllerSignal, followSignal, preventDefault, removeEventListener };
export { blobSize, bufferIsResizable, bufferLength, isView, ofDataView, ofTypedArray, typedArrayName };
export { close, exec, isFullyActive, messageData, origin, port1, port2, post, postMessage, setTimeout };
export { signalAborted, signalReason, start, then, toWellFormed, utf8 };
