import type { RoadBrowser } from "../../tools/road/browser.ts";

/** Milliseconds until a popup window of the extension with next to nothing in it has drawn. */
export async function emptyWindow(road: RoadBrowser): Promise<number> {
  const started = performance.now();
  const worker = await road.worker();
  await worker.evaluate(
    `chrome.windows.create({ type: "popup", url: chrome.runtime.getURL("_locales/en/messages.json") })`,
  );
  const target = await road.browser.waitForTarget((one) => one.url().includes("messages.json"));
  const page = await target.asPage();
  await page.waitForFunction(() => document.readyState === "complete", { polling: "raf" });
  const taken = performance.now() - started;
  await page.close();
  return taken;
}
