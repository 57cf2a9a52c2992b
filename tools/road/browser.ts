import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type Page, type Target, type WebWorker } from "puppeteer-core";
import { APPROVALS_KEY, type Approval } from "../../shared/approval/approval.ts";
import { CHROMIUM_EXTENSION_ID } from "../../shared/protocol/version.ts";
import { PREFERENCES_KEY, type Preferences } from "../../extension/preferences/preferences.ts";
import { installHostFor, type HostOptions } from "./host-installation.ts";
import { chromiumPath, EXTENSION } from "./paths.ts";

/** How a browser for the road is started. */
export interface RoadOptions {
  /** Host names (port 443) and where they are really served: `{ "www.example.lg.jp": 8443 }`. Nothing else resolves. */
  readonly sites: Readonly<Record<string, number>>;
  readonly approvals: readonly Approval[];
  /** Absent: the window asks at first use. */
  readonly preferences?: Preferences;
  /** Absent: the host is not installed. */
  readonly host?: HostOptions;
  readonly headless: boolean;
  /** More switches for Chromium. */
  readonly switches?: readonly string[];
  /** The built extension, if not the managed build. */
  readonly extension?: string;
}

/** A real Chromium with the extension, on a profile of its own. */
export interface RoadBrowser {
  readonly browser: Browser;
  readonly profile: string;
  /** The running worker; waits for it when the browser has stopped it. */
  worker(): Promise<WebWorker>;
  /** Ends the worker, if it runs, as the browser does when it is idle. */
  stopWorker(): Promise<void>;
  /** Writes to `storage.local` of the extension; resolves when it is there. */
  store(items: Readonly<Record<string, unknown>>): Promise<void>;
  /** A tab on `address`, with errors of the page passed on. */
  open(address: string): Promise<Page>;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

/** Starts Chromium, loads the managed build, installs the host for the profile, and seeds approvals and preferences. */
export async function openRoadBrowser(options: RoadOptions): Promise<RoadBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "kodo-profile-"));
  const removeProfile = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  // also when the process is interrupted: puppeteer then ends the browser, and this the rest
  process.once("exit", removeProfile);
  // an offer to translate would lie over the site
  mkdirSync(join(profile, "Default"));
  writeFileSync(join(profile, "Default/Preferences"), JSON.stringify({ translate: { enabled: false } }));
  if (options.host) installHostFor(profile, options.host);
  const rules = Object.entries(options.sites).map(([host, port]) => `MAP ${host}:443 127.0.0.1:${port}`);
  const browser = await puppeteer.launch({
    executablePath: chromiumPath(),
    headless: options.headless,
    pipe: true,
    userDataDir: profile,
    enableExtensions: [options.extension ?? EXTENSION],
    acceptInsecureCerts: true,
    defaultViewport: null,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-dev-shm-usage",
      "--no-first-run",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--lang=ja",
      "--accept-lang=ja",
      // headless screens are small; the windows should have their real size
      ...(options.headless ? ["--screen-info={1440x1000}"] : []),
      `--host-resolver-rules=${[...rules, "MAP * ~NOTFOUND", "EXCLUDE localhost", "EXCLUDE 127.0.0.1"].join(", ")}`,
      ...(options.switches ?? []),
    ],
  });
  const origin = `chrome-extension://${CHROMIUM_EXTENSION_ID}/`;
  const isWorker = (one: Target): boolean => one.url() === `${origin}background.js`;
  const worker = async (): Promise<WebWorker> => {
    const target = await browser.waitForTarget(isWorker);
    const found = await target.worker();
    if (!found) throw new Error("the extension's worker is gone");
    return found;
  };
  const store = async (items: Readonly<Record<string, unknown>>): Promise<void> => {
    await (await worker()).evaluate(setLocal, items);
  };
  await store({
    [APPROVALS_KEY]: options.approvals,
    ...(options.preferences === undefined ? {} : { [PREFERENCES_KEY]: options.preferences }),
  });
  await scriptsRegistered(await worker(), options.approvals.length);
  return {
    browser,
    profile,
    worker,
    async stopWorker() {
      const running = browser.targets().find(isWorker);
      if (running) await (await running.worker())?.close();
    },
    store,
    async open(address) {
      const page = await browser.newPage();
      await page.goto(address);
      return page;
    },
    async close() {
      await browser.close();
      process.off("exit", removeProfile);
      removeProfile();
    },
  };
}

/** Runs in the worker. */
function setLocal(items: Readonly<Record<string, unknown>>): Promise<void> {
  return (
    globalThis as unknown as { chrome: { storage: { local: { set(items: object): Promise<void> } } } }
  ).chrome.storage.local.set(items);
}

/** A page that is opened before the scripts are registered would not have the API. */
async function scriptsRegistered(worker: WebWorker, approvals: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const count = await worker.evaluate(countScripts);
    if (count > 0 === approvals > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the extension registered no scripts");
}

/** Runs in the worker. */
async function countScripts(): Promise<number> {
  interface Scripting {
    getRegisteredContentScripts(): Promise<readonly unknown[]>;
  }
  return (
    await (globalThis as unknown as { chrome: { scripting: Scripting } }).chrome.scripting.getRegisteredContentScripts()
  ).length;
}
