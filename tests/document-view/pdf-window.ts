import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import type { PdfReport } from "../../extension/document-view/pdf/pdf-report.ts";
import type { PdfViewProps } from "../../extension/document-view/pdf/pdf-view.tsx";
import { manifestFor } from "../../extension/manifest.ts";
import { buildPdfFrame } from "../../tools/pdf-frame.ts";
import { chromiumPath, ROOT } from "../../tools/road/paths.ts";
import type { FrameInside } from "./page/frame-probe.ts";
import type { PdfTestPage } from "./page/test-page.ts";

/** The browsers that both have to show a PDF. */
export const BROWSERS = ["chrome", "firefox"] as const;

/** Where Firefox is, if it is. */
const FIREFOX = process.env["KODO_FIREFOX"] ?? "/usr/bin/firefox-esr";

/** Why a browser is left out, if it is. */
export const missing = (browser: (typeof BROWSERS)[number]): string | undefined =>
  browser === "firefox" && !existsSync(FIREFOX) ? `no Firefox at ${FIREFOX}; KODO_FIREFOX names another` : undefined;

/** A fixture of this part. */
export const fixture = (name: string): Uint8Array => readFileSync(join(ROOT, "tests/fixtures/pdf-view", name));

/** A window of the extension that shows PDFs. */
export interface PdfWindow {
  readonly browser: Browser;
  readonly page: Page;
  /** The extension's. */
  readonly origin: string;
  /** Shows it, and resolves with the report when all pages are read and one is seen, or when it failed. */
  show(bytes: Uint8Array, textSize?: PdfViewProps["textSize"]): Promise<PdfReport>;
  /** The latest report. */
  report(): Promise<PdfReport | undefined>;
  /** What the frame holds, and, with a site to reach, what it can do; asked of a probe in it, because Firefox lets no driver look inside an extension's frame. */
  inside(site?: string): Promise<FrameInside>;
  /** Lets the frame lead itself to another page. */
  leave(site: string): Promise<void>;
  close(): Promise<void>;
}

const OPEN_WINDOW = `(globalThis.browser ?? chrome).windows.create({ url: "test.html", type: "popup", width: 920, height: 760 });`;

/** The extension as it is built, but for its scripts and its window: in place of them, the page of the tests. */
async function testExtension(browser: (typeof BROWSERS)[number], folder: string): Promise<void> {
  const manifest = {
    manifest_version: 3,
    ...manifestFor(browser, "managed"),
    background: browser === "firefox" ? { scripts: ["background.js"] } : { service_worker: "background.js" },
  };
  mkdirSync(folder);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "background.js"), OPEN_WINDOW);
  cpSync(join(ROOT, "extension/public/_locales"), join(folder, "_locales"), { recursive: true });
  for (const { relativeDest, contents } of await buildPdfFrame([join(import.meta.dirname, "page/frame-probe.ts")])) {
    writeFileSync(join(folder, relativeDest), contents);
  }
  await build({
    entryPoints: { test: join(import.meta.dirname, "page/test-page.ts") },
    outdir: folder,
    bundle: true,
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "error",
  });
  writeFileSync(
    join(folder, "test.html"),
    `<!doctype html><html lang="ja"><meta charset="utf-8"><title>test</title><link rel="stylesheet" href="test.css"><script type="module" src="test.js"></script><body></body></html>`,
  );
}

async function launch(browser: (typeof BROWSERS)[number], home: string): Promise<Browser> {
  const extension = join(home, "extension");
  if (browser === "chrome") {
    return puppeteer.launch({
      executablePath: chromiumPath(),
      headless: true,
      pipe: true,
      userDataDir: join(home, "profile"),
      defaultViewport: null,
      enableExtensions: [extension],
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--lang=ja",
        "--screen-info={1440x1000}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
    });
  }
  const firefox = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    env: { ...process.env, HOME: home },
    defaultViewport: null,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": 9,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": 9,
      "network.proxy.no_proxies_on": "127.0.0.1",
    },
  });
  await firefox.installExtension(extension);
  return firefox;
}

/** Polls until `found` has something; fails when it has not by then. */
export async function until<T>(found: () => Promise<T | undefined>, milliseconds = 20_000): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await found();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The window's page; Firefox does not tell the address of an extension's page, so each is asked. */
async function testPage(browser: Browser): Promise<Page> {
  return until(async () => {
    for (const page of await browser.pages()) {
      const isTest = page.evaluate(() => location.pathname === "/test.html" && "pdfTest" in globalThis);
      if (await isTest.catch(() => false)) return page;
    }
    return undefined;
  });
}

/** Starts a browser with the extension of the tests and waits for its window. */
export async function openPdfWindow(name: (typeof BROWSERS)[number]): Promise<PdfWindow> {
  const home = mkdtempSync(join(tmpdir(), "kodo-pdf-view-"));
  await testExtension(name, join(home, "extension"));
  const browser = await launch(name, home);
  const page = await testPage(browser);
  const report = (): Promise<PdfReport | undefined> =>
    page.evaluate(() => (globalThis as unknown as { pdfTest: PdfTestPage }).pdfTest.reports.at(-1));
  return {
    browser,
    page,
    origin: await page.evaluate(() => location.origin),
    report,
    async show(bytes, textSize = "normal") {
      await page.evaluate(
        (base64, size) => (globalThis as unknown as { pdfTest: PdfTestPage }).pdfTest.show(base64, size),
        Buffer.from(bytes).toString("base64"),
        textSize,
      );
      return until(async () => {
        const latest = await report();
        if (latest?.status === "failed") return latest;
        const isDone =
          latest?.status === "shown" &&
          latest.pagesRead === latest.pages &&
          latest.pagesSeen.length + latest.pagesFailed > 0;
        return isDone ? latest : undefined;
      });
    },
    inside: (site = "") =>
      page.evaluate(async (probe) => {
        const { port1, port2 } = new MessageChannel();
        const answer = new Promise<FrameInside>(
          (resolve) => (port1.onmessage = ({ data }) => resolve(data as FrameInside)),
        );
        document.querySelector("iframe")?.contentWindow?.postMessage({ probe }, "*", [port2]);
        return answer;
      }, site),
    leave: (site) =>
      page.evaluate((leave) => {
        document.querySelector("iframe")?.contentWindow?.postMessage({ leave }, "*");
      }, site),
    async close() {
      await browser.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
