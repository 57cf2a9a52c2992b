import { render } from "preact";
import * as v from "valibot";
import { browser } from "wxt/browser";
import { CEREMONIES_KEY, ceremonyRecordSchema, type CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import type { BrokerRequest } from "../../../shared/protocol/broker-messages.ts";
import { App } from "../../ceremony/app.tsx";
import { connectBridge } from "../../ceremony/bridge-port.ts";
import { startCeremony } from "../../ceremony/ceremony.ts";
import { openHost } from "../../host-port/host-port.ts";
import { readPreferences, SEAL_PICTURES, writePreferences } from "../../preferences/preferences.ts";
import { buildSignature } from "../../signature/signing-format.ts";
import "../../styles/ceremony.css";

/** This window's record, as the broker judged the call; `undefined` when there is none (any more). */
async function readRecord(): Promise<CeremonyRecord | undefined> {
  const stored = await browser.storage.session.get(CEREMONIES_KEY);
  const records = v.safeParse(v.array(ceremonyRecordSchema), stored[CEREMONIES_KEY]);
  return records.success ? records.output.find(({ id }) => id === location.hash.slice(1)) : undefined;
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

const ceremony = startCeremony({
  readRecord,
  connectBridge,
  openHost,
  buildSignature,
  tellFinished: ({ id }) => {
    const message: BrokerRequest = { type: "finished", id };
    // nothing hangs on it: a window that closes says the same
    browser.runtime.sendMessage(message).catch(() => undefined);
  },
  closeWindow: (record) => void closeWindow(record),
  now: () => Date.now(),
});

const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
render(
  <App
    ceremony={ceremony}
    storedPreferences={await readPreferences(browser.storage.local)}
    storePreferences={(preferences) => void writePreferences(browser.storage.local, preferences)}
    browserLanguage={navigator.language}
    suggestedPicture={SEAL_PICTURES[random % SEAL_PICTURES.length] ?? "persimmon"}
  />,
  document.body,
);
