import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LANGUAGES } from "../extension/locales/languages.ts";
import { SCENES } from "../tests/ceremony/gallery/scenes.ts";
import { openGallery } from "../tests/ceremony/gallery/serve.ts";

/**
 * `npm run screenshots [scene…]`: every screen in each language into out/screenshots/, at 420 pixels, at 200 % zoom (210 pixels,
 * twice as dense) and, where there is a document, at 920 pixels and at 80 % of a large screen. The names say `scene.language.width.png`.
 */
const only = process.argv.slice(2);
const folder = join(import.meta.dirname, "../out/screenshots");
if (only.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** Of the windows that are not 660 pixels high. */
const HEIGHTS: Readonly<Record<number, number>> = { 210: 330, 920: 720, 1400: 860 };

const gallery = await openGallery();
const page = await gallery.browser.newPage();
let count = 0;
for (const scene of Object.keys(SCENES).filter((name) => only.length === 0 || only.includes(name))) {
  for (const language of LANGUAGES) {
    const widths = scene.startsWith("sign-review") ? [1400, 920, 420, 210] : [420, 210];
    await page.goto(gallery.address(scene, language), { waitUntil: "load" });
    await page.waitForSelector("#step-title");
    // its pages are drawn in a frame of their own, which says nothing to us
    if (scene.endsWith("-pdf")) await new Promise((resolve) => setTimeout(resolve, 4_000));
    for (const width of widths) {
      await page.setViewport({
        width,
        height: HEIGHTS[width] ?? 660,
        deviceScaleFactor: width === 210 ? 2 : 1,
      });
      await page.screenshot({ path: join(folder, `${scene}.${language}.${width}.png`), fullPage: width < 900 });
      count += 1;
    }
  }
}
await gallery.close();
console.log(`${count} screenshots in out/screenshots/`);
