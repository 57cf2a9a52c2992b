import { browser } from "wxt/browser";
import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { startBridge } from "../bridge/bridge.ts";

/** Isolated world of approved origins, at document_start. Where the page API defines nothing, nothing listens either. */
export default defineUnlistedScript(() => {
  if (window === top && location.port === "" && !location.hostname.endsWith(".")) startBridge(window, browser.runtime);
});
