import { browser } from "wxt/browser";
import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { startBridge } from "../bridge/bridge.ts";
import { createGestureCounter, GESTURE_EVENTS, type GestureEvent } from "../bridge/user-gestures.ts";

/** Isolated world of approved origins, at document_start. Where the page API defines nothing, nothing listens either. */
export default defineUnlistedScript(() => {
  if (window !== top || location.port !== "" || location.hostname.endsWith(".")) return;
  const gestures = createGestureCounter();
  for (const type of GESTURE_EVENTS)
    window.addEventListener(type, (event) => gestures.see(event as GestureEvent), { capture: true, passive: true });
  startBridge(
    {
      origin: location.origin,
      isSelf: (source) => source === window,
      isPrerendering: () => (document as { prerendering?: boolean }).prerendering === true,
      isActivated: () => navigator.userActivation.isActive,
      gestures,
      onMessage: (listener) => window.addEventListener("message", listener, { capture: true }),
      onHide: (listener) => window.addEventListener("pagehide", listener, { capture: true }),
      onShow: (listener) => window.addEventListener("pageshow", listener, { capture: true }),
    },
    {
      id: () => browser.runtime?.id,
      ceremonyUrl: () => browser.runtime.getURL("/ceremony.html"),
      ask: (request) => browser.runtime.sendMessage(request),
      onPort: (listener) => browser.runtime.onConnect.addListener(listener),
      onBroker: (listener) =>
        browser.runtime.onMessage.addListener((message, _sender, respond) => {
          const answer = listener(message);
          if (answer !== undefined) respond(answer);
        }),
      everySecond(callback) {
        const timer = setInterval(callback, 1_000);
        return () => clearInterval(timer);
      },
    },
  );
});
