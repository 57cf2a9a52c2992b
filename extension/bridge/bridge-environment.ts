import type { GestureCounter } from "./user-gestures.ts";

/** A window's message, as far as it is read. */
export type PageMessage = Pick<
  MessageEvent,
  "isTrusted" | "origin" | "source" | "data" | "ports" | "stopImmediatePropagation"
>;

/** The document that the bridge stands beside. */
export interface BridgePage {
  readonly origin: string;
  /** Whether a message comes from this very window. */
  readonly isSelf: (source: unknown) => boolean;
  readonly isPrerendering: () => boolean;
  /** Transient user activation, asked in our own world. */
  readonly isActivated: () => boolean;
  readonly gestures: Pick<GestureCounter, "count">;
  readonly onMessage: (listener: (message: PageMessage) => void) => void;
  /** Navigation away, also into the back-forward cache; and the way back from there. */
  readonly onHide: (listener: () => void) => void;
  readonly onShow: (listener: () => void) => void;
}

/** One `runtime.Port` from the ceremony window. */
export interface CeremonyPort {
  readonly name: string;
  readonly sender?: { readonly id?: string; readonly url?: string };
  readonly postMessage: (message: unknown) => void;
  readonly disconnect: () => void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** The extension as a content script sees it. */
export interface BridgeRuntime {
  /** `undefined` when the extension was updated, disabled or removed under an open page. */
  readonly id: () => string | undefined;
  /** The address of the ceremony window, without its hash. */
  readonly ceremonyUrl: () => string;
  readonly ask: (request: unknown) => Promise<unknown>;
  readonly onPort: (listener: (port: CeremonyPort) => void) => void;
  /** The broker's word; what the listener returns is the answer. */
  readonly onBroker: (listener: (message: unknown) => unknown) => void;
  /** Calls back every second until it is stopped by what it returned. */
  readonly everySecond: (callback: () => void) => () => void;
}
