import { browser } from "wxt/browser";
import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { BrokerToBridge } from "../../shared/protocol/broker-messages.ts";
import type { CallingDocuments, CeremonyWindows } from "./ceremony-queue.ts";
import type { ScriptRegistry } from "./script-registrar.ts";

/** A document that does not answer within this time is busy or frozen: its call still stands, and must not hold up everybody else. */
const ANSWER_MILLISECONDS = 2_000;

/** Logical pixels; the browser makes them smaller where the screen is. */
const WINDOW_SIZES = {
  authenticate: { width: 440, height: 700 },
  sign: { width: 920, height: 760 },
  readAttributes: { width: 440, height: 700 },
} as const satisfies Record<CeremonyRecord["operation"], object>;

const addressOf = (callId: string): string => `${browser.runtime.getURL("/ceremony.html")}#${callId}`;

/** {@link CeremonyWindows} of the running browser. */
export const browserWindows: CeremonyWindows = {
  async open({ id, operation }) {
    const opened = await browser.windows.create({ type: "popup", url: addressOf(id), ...WINDOW_SIZES[operation] });
    if (opened?.id === undefined) throw new Error("no window was opened");
    return opened.id;
  },
  async find(callId) {
    const contexts = await browser.runtime.getContexts({ contextTypes: ["TAB"] });
    return contexts.find(({ documentUrl }) => documentUrl === addressOf(callId))?.windowId;
  },
  exists: (windowId) =>
    browser.windows.get(windowId).then(
      () => true,
      () => false,
    ),
  close: (windowId) => browser.windows.remove(windowId).catch(() => undefined),
};

const send = ({ tabId, documentId }: CeremonyRecord, message: BrokerToBridge): Promise<unknown> =>
  browser.tabs.sendMessage(tabId, message, { documentId });

/** {@link CallingDocuments} of the running browser. */
export const browserDocuments: CallingDocuments = {
  async isWaiting(record) {
    const silence = new Promise((resolve) => setTimeout(() => resolve(true), ANSWER_MILLISECONDS));
    const answer = send(record, { type: "still-there", id: record.id }).catch(() => false);
    return (await Promise.race([answer, silence])) === true;
  },
  tell(record, reason) {
    send(record, { type: "ended", id: record.id, reason }).catch(() => undefined);
  },
};

/** {@link ScriptRegistry} of the running browser. */
export const browserScripts: ScriptRegistry = {
  registered: () => browser.scripting.getRegisteredContentScripts(),
  register: (scripts) => browser.scripting.registerContentScripts(scripts),
  update: (scripts) => browser.scripting.updateContentScripts(scripts),
  unregister: () => browser.scripting.unregisterContentScripts(),
};
