import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { APPROVALS_KEY } from "../../shared/approval/approval.ts";
import { createApprovals } from "../broker/approvals.ts";
import { browserDocuments, browserScripts, browserWindows } from "../broker/browser-adapters.ts";
import { createCeremonyQueue } from "../broker/ceremony-queue.ts";
import { createCeremonyStore } from "../broker/ceremony-store.ts";
import { createHostProbe } from "../broker/host-probe.ts";
import { createRequestBroker } from "../broker/request-broker.ts";
import { createScriptRegistrar } from "../broker/script-registrar.ts";
import { openHost } from "../host-port/host-port.ts";

/** The worker: listeners first, in one go, because the browser starts it for any of them; then what it may have missed. */
export default defineBackground(() => {
  const approvals = createApprovals(browser.storage.local);
  const queue = createCeremonyQueue(
    createCeremonyStore(browser.storage.session),
    browserWindows,
    browserDocuments,
    approvals,
  );
  const answer = createRequestBroker(browser.runtime.id, approvals, queue, createHostProbe(openHost));
  const syncScripts = createScriptRegistrar(
    approvals,
    (match) => browser.permissions.contains({ origins: [match] }),
    browserScripts,
  );

  browser.runtime.onMessage.addListener((message: unknown, sender, respond: (answer: unknown) => void) => {
    const answered = answer(message, sender);
    void answered?.then(respond);
    return answered !== undefined;
  });
  browser.windows.onRemoved.addListener((windowId) => void queue.windowClosed(windowId));
  browser.tabs.onRemoved.addListener((tabId) => void queue.tabClosed(tabId));
  browser.storage.local.onChanged.addListener((changes) => {
    if (APPROVALS_KEY in changes) void syncScripts();
  });
  browser.permissions.onAdded.addListener(() => void syncScripts());
  browser.permissions.onRemoved.addListener(() => void syncScripts());
  // Without these the browser would not start the worker after an update or at its own start.
  browser.runtime.onInstalled.addListener(() => void syncScripts());
  browser.runtime.onStartup.addListener(() => void syncScripts());

  void syncScripts();
  void queue.resume();
});
