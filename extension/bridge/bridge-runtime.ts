/** One `runtime.Port` from the ceremony window, as far as it is used. */
export interface CeremonyPort {
  readonly name: string;
  readonly sender?: { readonly id?: string | undefined; readonly url?: string | undefined } | undefined;
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** `browser.runtime`, as far as a content script uses it. */
export interface BridgeRuntime {
  /** Gone when the extension was updated, disabled or removed under an open page. */
  readonly id?: string | undefined;
  getURL(path: string): string;
  sendMessage(message: unknown): Promise<unknown>;
  readonly onConnect: { addListener(listener: (port: CeremonyPort) => void): void };
  readonly onMessage: {
    addListener(listener: (message: unknown, sender: unknown, respond: (answer: unknown) => void) => void): void;
  };
}
