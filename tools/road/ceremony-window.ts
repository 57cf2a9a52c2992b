import type { Page } from "puppeteer-core";
import { LIMITS } from "../../shared/limits.ts";
import type { RoadBrowser } from "./browser.ts";

/** How long a new window does nothing, and a little. */
const INERT = LIMITS.inertMilliseconds + 100;

/** A ceremony window, driven as a resident does: by keys and clicks. */
export interface CeremonyWindow {
  readonly page: Page;
  /** Waits until one of the screens shows (`review`, `pin`, `done`, a fault code …); resolves to its name. */
  screen(...names: readonly string[]): Promise<string>;
  /** Waits until the dock says so about the card (`ready`, `card-none` …). */
  card(status: string): Promise<void>;
  /** Presses the button with this `data-action`, once it is there and no longer inert. */
  press(action: string): Promise<void>;
  /** Where several files are listed, reads and ticks one after the other until all are ticked; does nothing for a single one. */
  tickAll(): Promise<void>;
  /** From the review to the next screen; a press that comes before all documents have been read is answered with a notice, so it is repeated. */
  goOn(): Promise<void>;
  /** Leaves without a result: `cancel`, or `close` where nothing can be mended. */
  leave(): Promise<void>;
  /** Types into the PIN field. */
  typePin(pin: string): Promise<void>;
  /** The text of the window, for people. */
  text(): Promise<string>;
  /** Whether the window is closed, at most after `milliseconds`. */
  closed(milliseconds?: number): Promise<boolean>;
}

/** Waits for a ceremony window that was not there before. */
export async function ceremonyWindow(road: RoadBrowser, timeout = 15_000): Promise<CeremonyWindow> {
  const target = await road.browser.waitForTarget((one) => one.url().includes("/ceremony.html"), { timeout });
  const page = await target.asPage();
  return driveCeremony(page);
}

/** The windows of ceremonies that are open now. */
export function openCeremonies(road: RoadBrowser): number {
  return road.browser.targets().filter((target) => target.url().includes("/ceremony.html")).length;
}

/** Drives a page that shows the ceremony window. */
export function driveCeremony(page: Page): CeremonyWindow {
  const wait = { polling: 50, timeout: 15_000 };
  const press = async (selector: string): Promise<void> => {
    await page.waitForFunction(
      (wanted: string) => {
        const button = document.querySelector(wanted);
        return button !== null && button.getAttribute("aria-disabled") !== "true";
      },
      wait,
      selector,
    );
    // a click that comes while the window is inert is ignored on purpose
    const since = await page.evaluate(() => performance.now());
    if (since < INERT) await new Promise((resolve) => setTimeout(resolve, INERT - since));
    await page.click(selector).catch((error: unknown) => {
      // the window may be gone before the click is answered: that is what the button is for
      if (!(error instanceof Error && error.name === "TargetCloseError")) throw error;
    });
  };
  return {
    page,
    async screen(...names) {
      const shown = await page
        .waitForFunction(
          (wanted: string[]) => {
            const screen = document.body.dataset["screen"];
            return screen !== undefined && wanted.includes(screen) ? screen : undefined;
          },
          wait,
          [...names],
        )
        .catch(async (error: unknown) => {
          throw new Error(`waited for ${names.join(", ")}; the window shows: ${await describe(page)}`, {
            cause: error,
          });
        });
      return String(await shown.jsonValue());
    },
    async card(status) {
      await page.waitForFunction((wanted: string) => document.body.dataset["card"] === wanted, wait, status);
    },
    press: (action) => press(`[data-action="${action}"]`),
    async tickAll() {
      const unticked = (): Promise<number> =>
        page.$$eval(".documents input[type=checkbox]", (boxes) => boxes.filter((box) => !box.checked).length);
      for (let left = await unticked(); left > 0; left--) {
        await press('[data-action="confirm-document"]');
        await page.waitForFunction(
          (wanted: number) => document.querySelectorAll(".documents input:not(:checked)").length === wanted,
          wait,
          left - 1,
        );
      }
    },
    async goOn() {
      const isReview = (): Promise<boolean> => page.evaluate(() => document.body.dataset["screen"] === "review");
      const deadline = Date.now() + wait.timeout;
      while ((await isReview()) && Date.now() < deadline) {
        await press('[data-action="next"]');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    leave: () => press(`[data-action="cancel"], [data-action="close"]`),
    async typePin(pin) {
      await page.waitForSelector("#pin", { visible: true, timeout: wait.timeout });
      await page.focus("#pin");
      await page.keyboard.type(pin);
    },
    text: () => page.evaluate(() => document.body.innerText),
    async closed(milliseconds = 5_000) {
      const deadline = Date.now() + milliseconds;
      while (!page.isClosed() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
      return page.isClosed();
    },
  };
}

function describe(page: Page): Promise<string> {
  return page
    .evaluate(
      () =>
        `${document.body.dataset["screen"] ?? "nothing"} / ${document.body.dataset["card"] ?? "nothing"}: ${document.body.innerText}`,
    )
    .catch(() => "it is closed");
}
