import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PUBLIC_PINS } from "../../native-host/virtual-card/card-file.ts";
import { openRoadBrowser, type RoadBrowser } from "../../tools/road/browser.ts";
import { ceremonyWindow } from "../../tools/road/ceremony-window.ts";
import { startBlankSite } from "../e2e/blank-site.ts";
import { approvalOf, click, loginCall, outcome, PREFERENCES, SITE } from "../e2e/road-fixture.ts";
import { startPcscd } from "../pcscd/pcscd-harness.ts";
import { pcscdSkipReason } from "../pcscd/privilege.ts";
import { emptyWindow } from "./empty-window.ts";
import { compare, median, type Row } from "./measure.ts";

const RUNS = 7;

/** One login: milliseconds from the page's call until who asks is shown with the card ready, and from the PIN to the result in the page. */
async function login(road: RoadBrowser): Promise<{ shown: number; answered: number }> {
  const page = await road.open(`https://${SITE}/`);
  const started = performance.now();
  await click(page, loginCall());
  const ceremony = await ceremonyWindow(road);
  await ceremony.page.waitForFunction(() => document.body.dataset["card"] === "ready", { polling: "raf" });
  const shown = performance.now() - started;
  await ceremony.press("next");
  await ceremony.typePin(PUBLIC_PINS.authentication);
  // the button does nothing for a moment after the screen came, which is for the resident, not for the clock
  await ceremony.page.waitForFunction(
    () => document.querySelector('[data-action="submit"]')?.getAttribute("aria-disabled") !== "true",
  );
  const submitted = performance.now();
  const [, result] = await Promise.all([ceremony.press("submit"), outcome(page)]);
  const answered = performance.now() - submitted;
  if (!result.ok) throw new Error(`the login failed: ${result.name}`);
  await page.close();
  await ceremony.leave();
  await ceremony.closed();
  return { shown, answered };
}

/** What a resident waits for in a real Chromium, with the virtual card in the real `pcscd`. */
export async function browserJourney(): Promise<Row[]> {
  const reason = pcscdSkipReason();
  if (reason !== undefined)
    return [{ what: "in Chromium over pcscd", value: "not measured", beside: reason, ratio: "" }];
  const folder = mkdtempSync(join(tmpdir(), "kodo-bench-"));
  const service = await startPcscd();
  const site = await startBlankSite(SITE);
  const road = await openRoadBrowser({
    sites: { [SITE]: site.port },
    approvals: [approvalOf(SITE)],
    preferences: PREFERENCES,
    host: {},
    headless: true,
  });
  try {
    await service.insertCard(folder);
    const logins: { shown: number; answered: number }[] = [];
    const empty: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      logins.push(await login(road));
      empty.push(await emptyWindow(road));
    }
    const beside = "an empty window of the browser";
    return [
      compare(
        "page call to who asks, card ready",
        median(logins.map(({ shown }) => shown)),
        beside,
        median(empty),
        "ms",
      ),
      compare(
        "PIN submitted to result in the page",
        median(logins.map(({ answered }) => answered)),
        beside,
        median(empty),
        "ms",
      ),
    ];
  } finally {
    await road.close();
    await site.close();
    await service.stop();
    rmSync(folder, { recursive: true });
  }
}
