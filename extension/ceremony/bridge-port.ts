import { browser } from "wxt/browser";
import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import { ceremonyPortName, type CeremonyToBridge } from "../../shared/protocol/ceremony-messages.ts";

/** The window's end of its connection to the page's bridge. */
export interface BridgePort {
  /** Does nothing once the page is gone. */
  post(message: CeremonyToBridge): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The page navigated, its tab closed, or the document was never there. */
  onDisconnect(listener: () => void): void;
}

/** Connects to exactly the document that the broker judged: another one in the same tab gets nothing. */
export function connectBridge(record: CeremonyRecord): BridgePort {
  const port = browser.tabs.connect(record.tabId, {
    documentId: record.documentId,
    name: ceremonyPortName(record.id),
  });
  return {
    post(message) {
      try {
        port.postMessage(message);
      } catch {
        // the port ended before its event arrived
      }
    },
    onMessage: (listener) => port.onMessage.addListener(listener),
    onDisconnect: (listener) => port.onDisconnect.addListener(() => listener()),
  };
}
