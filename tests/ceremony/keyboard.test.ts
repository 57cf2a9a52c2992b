import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LIMITS } from "../../shared/limits.ts";
import { openGallery, type Gallery } from "./gallery/serve.ts";

/** Walks with the keyboard alone, in a real Chromium. PINs are made up as they are typed. */
let gallery: Gallery;
let page: Page;
beforeAll(async () => {
  gallery = await openGallery();
});
beforeEach(async () => {
  page = await gallery.browser.newPage();
  await page.setViewport({ width: 420, height: 660 });
});
afterAll(() => gallery.close());

const digits = (count: number): string =>
  Array.from({ length: count }, () => String(Math.floor(Math.random() * 10))).join("");
const screen = (): Promise<string | undefined> => page.evaluate(() => document.body.dataset["screen"]);
const done = (): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { gallery: { done: string[] } }).gallery.done);
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const active = document.activeElement as HTMLElement | null;
    return active?.dataset["action"] ?? active?.id ?? active?.className ?? "";
  });
const pinValue = (): Promise<string> => page.$eval("#pin", (field) => (field as HTMLInputElement).value);

async function show(scene: string, ready = true): Promise<void> {
  await page.goto(gallery.address(scene, "ja"));
  await page.waitForSelector("#step-title");
  await page.bringToFront();
  if (ready) await page.waitForFunction(() => document.querySelector("[aria-disabled=true]") === null);
}
async function tabTo(action: string): Promise<void> {
  for (let count = 0; count < 30 && (await focused()) !== action; count++) await page.keyboard.press("Tab");
  expect(await focused()).toBe(action);
}

describe("the keyboard alone", () => {
  it("goes from the heading to the next step, whose heading then has the focus", async () => {
    await show("sign-review");
    expect(await focused()).toBe("step-title");
    await tabTo("next");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.body.dataset["screen"] === "pin");
    expect(await focused()).toBe("step-title");
  });

  it("types a PIN from the heading on, and Enter sends it once and clears the field", async () => {
    await show("pin");
    const pin = digits(4);
    await page.keyboard.type(pin);
    expect([await focused(), (await pinValue()).length]).toEqual(["pin", 4]);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.body.dataset["screen"] === "working");
    expect((await done())[0]).toBe("PIN of 4 characters");
  });

  it("never sends on the fourth digit, and says what is missing without spending a try", async () => {
    await show("pin");
    await page.focus("#pin");
    await page.keyboard.type(digits(4));
    expect([await screen(), await done()]).toEqual(["pin", []]);
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#pin-error");
    expect([await pinValue(), await focused(), await done()]).toEqual(["", "pin", []]);
  });

  it("catches the login PIN in the signing field, and takes small and full-width letters", async () => {
    await show("sign-pin");
    await page.focus("#pin");
    await page.keyboard.type(digits(4));
    await page.keyboard.press("Enter");
    expect(await page.$eval("#pin-error", (error) => error.textContent)).toContain("ログイン用");
    await page.keyboard.sendCharacter(`ａｂ${digits(2)}ｃd`);
    await page.waitForSelector("#pin-converted");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.body.dataset["screen"] === "working");
    expect((await done())[0]).toBe("PIN of 6 characters");
  });

  it("shows and hides the PIN with a button of words, and keeps what was typed", async () => {
    await show("pin");
    await page.keyboard.type(digits(2));
    await tabTo("toggle-pin");
    await page.keyboard.press("Space");
    const type = (): Promise<string> => page.$eval("#pin", (field) => (field as HTMLInputElement).type);
    expect([await type(), (await pinValue()).length]).toEqual(["tel", 2]);
    await page.keyboard.press("Space");
    expect(await type()).toBe("password");
  });

  it("keeps the focus on the field after a wrong PIN", async () => {
    await show("pin-wrong");
    expect(await focused()).toBe("pin");
    const described = await page.$eval("#pin", (field) => field.getAttribute("aria-describedby"));
    expect(described).toBe("pin-error tries pin-help");
  });

  it("stops first before the last try, and goes on only by its own button", async () => {
    await show("last-try");
    await tabTo("cancel");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("try-last");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#pin");
  });

  it("ends with Esc, also from the field", async () => {
    await show("pin");
    await page.focus("#pin");
    await page.keyboard.press("Escape");
    expect(await done()).toEqual(["cancel", "→ send", "→ forget-pin", "→ close-host", "→ close-window"]);
  });

  it("does nothing in the first moment, and after the focus came back", async () => {
    await show("review", false);
    await page.evaluate(() => window.dispatchEvent(new FocusEvent("focus")));
    await page.evaluate(() => document.querySelector<HTMLElement>("[data-action=next]")?.click());
    await page.keyboard.press("Escape");
    expect(await done()).toEqual([]);
    expect(
      await page.$eval("[data-action=next]", (button) => [
        button.ariaDisabled,
        "disabled" in button && button.disabled,
      ]),
    ).toEqual(["true", false]);
    await new Promise((resolve) => setTimeout(resolve, LIMITS.inertMilliseconds));
    await page.waitForFunction(() => document.querySelector("[aria-disabled=true]") === null);
    await page.evaluate(() => document.querySelector<HTMLElement>("[data-action=next]")?.click());
    expect(await done()).toEqual(["next"]);
  });

  it("clears a started PIN when the window loses the focus, and says so", async () => {
    await show("pin");
    await page.keyboard.type(digits(3));
    await page.evaluate(() => window.dispatchEvent(new FocusEvent("blur")));
    expect(await pinValue()).toBe("");
    await page.waitForFunction(() => document.querySelector("[role=status]")?.textContent.includes("消しました"));
  });

  it("chooses language, picture and phrase at first use", async () => {
    await show("first-run");
    expect(await screen()).toBe("first-run");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.documentElement.lang === "en");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.type(digits(4));
    await tabTo("setup-done");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#phrase-error");
    await page.keyboard.type("sea ");
    await tabTo("setup-done");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.body.dataset["screen"] === "review");
    const stored = await page.evaluate(
      () => (globalThis as unknown as { gallery: { stored: unknown[] } }).gallery.stored,
    );
    expect(stored).toMatchObject([{ language: "en", furigana: true, seal: { picture: "tree" } }]);
  });
});
