import * as v from "valibot";
import { browser } from "wxt/browser";
import { CEREMONIES_KEY, ceremonyRecordSchema, type CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { BrokerRequest } from "../../shared/protocol/broker-messages.ts";
import { openHost } from "../host-port/host-port.ts";
import { openDocument } from "../signature/open-document.ts";
import { connectBridge } from "./bridge-port.ts";
import type { CeremonySurroundings } from "./ceremony.ts";

/** A window's record, as the broker judged the call; `undefined` when there is none (any more). */
async function readRecord(callId: string): Promise<CeremonyRecord | undefined> {
  const stored = await browser.storage.session.get(CEREMONIES_KEY);
  const records = v.safeParse(v.array(ceremonyRecordSchema), stored[CEREMONIES_KEY]);
  return records.success ? records.output.find(({ id }) => id === callId) : undefined;
}

/** The focus goes back to the page that asked; a tab that is gone does not keep the window open. */
async function closeWindow(record: CeremonyRecord | undefined): Promise<void> {
  if (record) {
    await browser.tabs
      .update(record.tabId, { active: true })
      .then((tab) =>
        tab?.windowId === undefined ? undefined : browser.windows.update(tab.windowId, { focused: true }),
      )
      .catch(() => undefined);
  }
  window.close();
}

/** {@link CeremonySurroundings} of the running browser, for the call that the window's address names. */
export const browserSurroundings = (callId: string): CeremonySurroundings => ({
  readRecord: () => readRecord(callId),
  connectBridge,
  openHost,
  openDocument,
  tellFinished: ({ id }) => {
    const message: BrokerRequest = { type: "finished", id };
    // nothing hangs on it: a window that closes says the same
    browser.runtime.sendMessage(message).catch(() => undefined);
  },
  closeWindow: (record) => void closeWindow(record),
  now: () => Date.now(),
});
