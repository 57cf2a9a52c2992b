import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ja } from "../../extension/locales/ja.ts";
import { documentShown, enterPin, shownDocument, signatures, signing, verifyDetached } from "./document-journey.ts";
import { watchMemory } from "./process-memory.ts";
import { click, DISMISSED, outcome, useRoad } from "./road-fixture.ts";

const road = useRoad();
/** In megabytes; above 64 a document is not held. `KODO_LARGE_DOCUMENT=1024` for a whole gigabyte. */
const MEGABYTES = Number(process.env["KODO_LARGE_DOCUMENT"] ?? 160);
const folder = mkdtempSync(join(tmpdir(), "kodo-large-"));
const path = join(folder, "large.bin");

beforeAll(() => {
  const file = openSync(path, "w");
  // holes take no room on the disk; something is written in every megabyte
  for (let at = 0; at < MEGABYTES; at++) writeSync(file, `part ${at}`, at * 2 ** 20);
  writeSync(file, "!", MEGABYTES * 2 ** 20 - 1);
  closeSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function pageWithFile(): Promise<Page> {
  const page = await road().page();
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement("input"), { type: "file", id: "file" }))`,
  );
  await ((await page.$("#file")) as ElementHandle<HTMLInputElement>).uploadFile(path);
  return page;
}

const CALL = signing(
  `{ format: "cades", documents: [{ name: "記録.bin", type: "application/octet-stream", data: document.querySelector("#file").files[0] }] }`,
);

it(`${MEGABYTES} MB are hashed as they are read, in constant memory, and the window says that it does not show them`, async () => {
  const page = await pageWithFile();
  const browser = road().road.browser.process()?.pid ?? 0;
  const grown = watchMemory(browser);
  const started = performance.now();
  await click(page, CALL);
  const ceremony = await road().ceremony();
  await ceremony.page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0, { polling: 20 });
  expect(await ceremony.text()).toContain("MB");
  await ceremony.page.waitForFunction(() => document.querySelector("progress") === null, { timeout: 80_000 });
  await documentShown(ceremony, "記録.bin");
  const seconds = (performance.now() - started) / 1000;
  const growth = grown();
  console.log(JSON.stringify({ megabytes: MEGABYTES, seconds, growth }));
  // a window that has just been opened takes some by itself
  expect(growth).toBeLessThan(MEGABYTES >= 1024 ? 300 : 200);
  expect(await ceremony.text()).toContain(ja["document.opaque.title"].replaceAll("¦", ""));

  await enterPin(road(), ceremony);
  const [signed] = (await signatures(page)).signatures;
  expect(signed?.file?.length).toBeLessThan(10_000);
  expect(verifyDetached(road(), signed?.file ?? "", path)).toMatchObject({ status: 0 });
});

it("the resident can cancel while it is read", async () => {
  const page = await pageWithFile();
  await click(page, CALL);
  const ceremony = await road().ceremony();
  await ceremony.page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0, { polling: 20 });
  expect((await shownDocument(ceremony)).digest).toBe("");
  await ceremony.leave();
  expect(await outcome(page)).toMatchObject(DISMISSED);
  expect(await ceremony.closed()).toBe(true);
});
