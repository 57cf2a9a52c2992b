import { browser } from "wxt/browser";
import type { FaultCode } from "../../shared/errors.ts";
import { HOST_NAME } from "../../shared/protocol/version.ts";

/** The little that we use of a browser's native messaging port, with the reason of its end made one for all browsers. */
export interface NativePort {
  /** Throws when the port is already disconnected. */
  post(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called at most once, when the host or the browser ends the port; `reason` is the browser's own English sentence. */
  onDisconnect(listener: (reason: string) => void): void;
  /** Closes the host's standard input, on which it ends. The disconnect listener is not called. */
  disconnect(): void;
}

/** Starts the installed host as a child of the browser. A missing host shows later, as a disconnect. */
export function connectNative(): NativePort {
  const port = browser.runtime.connectNative(HOST_NAME);
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.onMessage.addListener(listener),
    onDisconnect: (listener) =>
      port.onDisconnect.addListener((ended) => {
        // Chromium puts the reason beside the event, Firefox on the port
        const { error } = ended as { error?: { message?: string } };
        listener(browser.runtime.lastError?.message ?? error?.message ?? "");
      }),
    disconnect: () => port.disconnect(),
  };
}

/**
 * What a browser's sentence about the end of a native port means. Chromium: `chrome/browser/extensions/api/messaging`; Firefox:
 * `NativeMessaging.sys.mjs`. A host whose manifest is there but whose program is not counts as missing: the remedy is the same.
 */
export function disconnectFault(reason: string): FaultCode {
  if (/forbidden/i.test(reason)) return "caller-refused";
  if (/host not found|no such native application|failed to start|does not exist|not executable/i.test(reason)) {
    return "host-missing";
  }
  return "host-stopped";
}
