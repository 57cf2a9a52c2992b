import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "puppeteer-core";
import type { AxeResults, RunOptions } from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../../extension/locales/languages.ts";
import { SCENES } from "./gallery/scenes.ts";
import { openGallery, showScene, type Gallery } from "./gallery/serve.ts";

/** WCAG 2.2 A and AA and the best practices, over every screen and language, in a real Chromium. */
const OPTIONS: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
  // the frame of a PDF lets nobody in; its own test looks inside
  iframes: false,
};
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let gallery: Gallery;
let page: Page;
beforeAll(async () => {
  gallery = await openGallery();
  page = await gallery.browser.newPage();
  await page.goto(gallery.address("review", "ja"));
  await page.waitForSelector("#step-title");
  await page.evaluate(AXE);
});
afterAll(() => gallery.close());

async function show(scene: string, language: string, width = 420): Promise<void> {
  if (page.viewport()?.width !== width) await page.setViewport({ width, height: 660 });
  await showScene(page, scene, language);
}

async function violations(): Promise<string[]> {
  const results = await page.evaluate(
    (options) => (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(options),
    OPTIONS,
  );
  expect(results.violations.length + results.passes.length).toBeGreaterThan(0);
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}

describe.each(LANGUAGES)("axe finds nothing in %s", (language) => {
  it.each(Object.keys(SCENES))("%s", async (scene) => {
    await show(scene, language, scene.startsWith("sign-review") ? 920 : 420);
    expect(await violations()).toEqual([]);
  });
});

const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }";

/** Scenes that are wider than the window, in any language. */
async function cutOff(): Promise<string[]> {
  const found: string[] = [];
  for (const scene of Object.keys(SCENES)) {
    for (const language of LANGUAGES) {
      await show(scene, language, 210);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) found.push(`${scene} ${language}: ${overflow} px`);
    }
  }
  return found;
}

describe("nothing is cut off sideways", () => {
  it("at 200 % zoom (WCAG 1.4.10)", async () => expect(await cutOff()).toEqual([]));

  it("with wide text spacing too (WCAG 1.4.12)", async () => {
    const style = await page.addStyleTag({ content: SPACED });
    expect(await cutOff()).toEqual([]);
    await style.evaluate((element) => (element as HTMLElement).remove());
  });
});

describe("in forced colours and with reduced motion", () => {
  it.each(["pin-wrong", "sign-review", "first-run", "working", "host-missing"])(
    "%s has its borders and stands still",
    async (scene) => {
      await page.emulateMediaFeatures([
        { name: "forced-colors", value: "active" },
        { name: "prefers-reduced-motion", value: "reduce" },
      ]);
      await show(scene, "ja", scene === "sign-review" ? 920 : 420);
      expect(await violations()).toEqual([]);
      const found = await page.evaluate(() => ({
        moving: document.getAnimations().length,
        borderless: [...document.querySelectorAll(".button")].filter(
          (button) => getComputedStyle(button).borderTopWidth === "0px",
        ).length,
      }));
      await page.emulateMediaFeatures([]);
      expect(found).toEqual({ moving: 0, borderless: 0 });
    },
  );
});
