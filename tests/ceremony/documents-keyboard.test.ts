import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openGallery, type Gallery } from "./gallery/serve.ts";

/** Several documents are read and ticked with the keyboard alone, in a real Chromium. */
let gallery: Gallery;
let page: Page;
beforeAll(async () => {
  gallery = await openGallery();
});
beforeEach(async () => {
  page = await gallery.browser.newPage();
  await page.setViewport({ width: 1200, height: 800 });
});
afterAll(() => gallery.close());

const done = (): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { gallery: { done: string[] } }).gallery.done);
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const active = document.activeElement as HTMLElement | null;
    return active?.dataset["action"] ?? active?.id ?? "";
  });
const active = (): Promise<unknown> => page.waitForFunction(() => !document.querySelector("[aria-disabled=true]"));
const heading = (): Promise<string> => page.$eval("#document-title", (title) => title.textContent);

async function show(scene: string): Promise<void> {
  await page.goto(gallery.address(scene, "ja"));
  await page.waitForSelector("#step-title");
  await page.bringToFront();
  await active();
}
async function tabTo(name: string): Promise<void> {
  for (let count = 0; count < 60 && (await focused()) !== name; count++) await page.keyboard.press("Tab");
  expect(await focused()).toBe(name);
}
async function press(name: string): Promise<void> {
  await tabTo(name);
  await active();
  await page.keyboard.press("Enter");
}

describe("a list of documents, with the keyboard alone", () => {
  it("goes through tick and opening of every document in their order", async () => {
    await show("sign-review-xml-part");
    await tabTo("tick-0");
    const order: string[] = [];
    for (let count = 0; count < 5; count++) {
      await page.keyboard.press("Tab");
      order.push(await focused());
    }
    expect(order).toEqual(["open-document", "tick-1", "open-document", "tick-2", "open-document"]);
  });

  it("opens a document and puts the focus on its heading", async () => {
    await show("sign-review-xml-part");
    await tabTo("tick-2");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect([await focused(), await heading(), await done()]).toEqual(["document-title", "理由書.txt", ["show 2"]]);
    expect(await page.$eval(".documents .here", (item) => item.textContent)).toContain("表示中");
  });

  it("ticks nothing unseen: it is opened instead, and that is said", async () => {
    await show("sign-review-xml-part");
    await tabTo("tick-1");
    await page.keyboard.press("Space");
    expect([await focused(), await done()]).toEqual(["document-title", ["show 1"]]);
    expect(await page.$eval("#tick-1", (box) => (box as HTMLInputElement).checked)).toBe(false);
    expect(await page.$eval("[role=status]", (line) => line.textContent)).toContain("先に");
    await tabTo("tick-1");
    await page.keyboard.press("Space");
    expect(await done()).toEqual(["show 1", "tick 1"]);
    await page.keyboard.press("Space");
    expect(await done()).toEqual(["show 1", "tick 1", "untick 1"]);
  });

  it("ticks and opens the next with one button, and ends at the button that goes on with what is ticked", async () => {
    await show("sign-review-xml-part");
    await press("next");
    expect(await done()).toEqual([]);
    for (const at of [0, 1, 2]) {
      await press("confirm-document");
      expect((await done()).at(-1)).toBe(at === 2 ? "tick 2" : `show ${at + 1}`);
      expect(await focused()).toBe(at === 2 ? "next" : "document-title");
    }
    expect(await page.$eval("[data-action=next]", (button) => button.textContent)).toContain("1件");
    await page.waitForFunction(() => document.querySelector("[role=status]")?.textContent.includes("3件すべて"));
    await press("next");
    await page.waitForSelector("#pin");
  });

  it("takes a key that is held down as one", async () => {
    await show("sign-review-xml-part");
    await press("confirm-document");
    for (let count = 0; count < 5; count++) {
      await page.evaluate(() => document.querySelector<HTMLElement>("[data-action=confirm-document]")?.click());
    }
    expect(await done()).toEqual(["tick 0", "show 1"]);
  });
});
