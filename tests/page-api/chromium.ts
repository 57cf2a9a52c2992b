import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type Page, type WebWorker } from "puppeteer-core";
import type { browser as Chrome } from "wxt/browser";
import { APPROVALS_KEY } from "../../shared/approval/approval.ts";
import { chromiumPath, EXTENSION } from "../../tools/road/paths.ts";

/** The origin that these tests approve. */
export const APPROVED = "https://www.city.example.lg.jp";

/** A Chromium of its own, without network. */
export interface Chromium {
  readonly browser: Browser;
  /** Has every request of a page answered with `html`. */
  readonly answer: (page: Page, html?: string) => Promise<void>;
  /** Opens `url` in a page that is answered so. */
  readonly open: (url: string, html?: string, before?: (page: Page) => Promise<unknown>) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Launches it, with or without the managed build; every page's requests are answered here, so that https needs no certificate and no server. */
export async function launchChromium({ extension }: { extension: boolean }): Promise<Chromium> {
  const userDataDir = mkdtempSync(join(tmpdir(), "kodo-page-api-"));
  const browser = await puppeteer.launch({
    executablePath: chromiumPath(),
    headless: true,
    pipe: true,
    userDataDir,
    enableExtensions: [...(extension ? [EXTENSION] : [])],
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
      "--host-resolver-rules=MAP * ~NOTFOUND",
    ],
  });
  const answer = async (page: Page, html = "<!doctype html><title>page</title>"): Promise<void> => {
    await page.setRequestInterception(true);
    page.on("request", (request) => void request.respond({ contentType: "text/html; charset=utf-8", body: html }));
  };
  return {
    browser,
    answer,
    async open(url, html, before = () => Promise.resolve()) {
      const page = await browser.newPage();
      await answer(page, html);
      await before(page);
      await page.goto(url);
      return page;
    },
    async close() {
      await browser.close();
      rmSync(userDataDir, { recursive: true, force: true });
    },
  };
}

/** Approves {@link APPROVED}; resolves with the extension's worker once the scripts are registered. */
export async function approveOne({ browser }: Chromium): Promise<WebWorker> {
  const target = await browser.waitForTarget((candidate) => candidate.url().endsWith("/background.js"));
  const worker = await target.worker();
  if (!worker) throw new Error("the extension's worker did not start");
  await approve(worker, [APPROVED]);
  return worker;
}

/** Replaces the approvals; resolves when exactly these origins' scripts are registered. */
export async function approve(worker: WebWorker, origins: readonly string[]): Promise<void> {
  const organisation = { ja: "見本市", en: "Example City", reading: "みほんし" };
  const approvals = origins.map((origin) => ({ origin, organisation }));
  await worker.evaluate(
    async (key, list, wanted) => {
      const { storage, scripting } = (globalThis as unknown as { chrome: typeof Chrome }).chrome;
      await storage.local.set({ [key]: list });
      const matches = async () => (await scripting.getRegisteredContentScripts())[0]?.matches?.join() ?? "";
      while ((await matches()) !== wanted) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    APPROVALS_KEY,
    approvals,
    origins
      .map((origin) => `${origin}/*`)
      .sort()
      .join(),
  );
}
