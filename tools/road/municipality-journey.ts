import type { Page } from "puppeteer-core";
import type { Line } from "../../examples/municipality/application.ts";
import { MUNICIPALITY_HOST } from "../../examples/municipality/server.ts";
import type { Approval } from "../../shared/approval/approval.ts";
import type { RoadBrowser } from "./browser.ts";
import { ceremonyWindow, type CeremonyWindow } from "./ceremony-window.ts";

/** The example site's origin. */
export const MUNICIPALITY_ORIGIN = `https://${MUNICIPALITY_HOST}`;

/** The approval of the example site. */
export const MUNICIPALITY_APPROVAL: Approval = {
  origin: MUNICIPALITY_ORIGIN,
  organisation: { ja: "青空市", en: "Aozora City", reading: "あおぞらし", phone: "000-000-0000", hours: "8:30–17:15" },
  // one of the samples at /formats is a digest
  blindSigning: true,
};

/** What an invented resident fills in; the date as its field wants it. */
export const ANSWERS: Readonly<Record<string, string>> = {
  applicant: "青空　さくら",
  address: "青空県青空市若葉一丁目2番3号",
  phone: "000-0000-0000",
  child: "青空　そら",
  childBirth: "2020-05-05",
  account: "例示銀行 本店営業部 普通 0000000",
};

/** Presses the login button; the window that opens is at its first screen. */
export async function beginLogin(road: RoadBrowser, page: Page): Promise<CeremonyWindow> {
  await page.bringToFront();
  await page.click("#login");
  return ceremonyWindow(road);
}

/** Fills in the form and goes on to the document; resolves to its lines. */
export async function fillIn(page: Page): Promise<Line[]> {
  for (const [field, value] of Object.entries(ANSWERS)) {
    // a date field takes keys in the order of the browser's language: its value is set, as a calendar does
    if (field === "childBirth")
      await page.$eval(`#${field}`, (input, date) => ((input as HTMLInputElement).value = date), value);
    else {
      await page.click(`#${field}`);
      await page.keyboard.sendCharacter(value);
    }
  }
  await Promise.all([page.waitForNavigation(), page.click("main form button")]);
  return page.$$eval("table.document tr", (rows) =>
    rows.map((row) => ({
      label: row.querySelector("th")?.textContent ?? "",
      value: row.querySelector("td")?.textContent ?? "",
    })),
  );
}

/** Presses the button that signs; the window that opens is at its first screen. */
export async function beginSigning(road: RoadBrowser, page: Page): Promise<CeremonyWindow> {
  await page.bringToFront();
  await page.click("#sign");
  return ceremonyWindow(road);
}

/** Goes through a ceremony with the right PIN: reads, ticks where there are several documents, goes on, types, submits, and closes the window when it is done. */
export async function pass(ceremony: CeremonyWindow, pin: string): Promise<void> {
  await passUntilDone(ceremony, pin);
  await ceremony.press("close");
  await ceremony.closed();
}

/** The same, and the window still shows what was done. The page has its result by then. */
export async function passUntilDone(ceremony: CeremonyWindow, pin: string): Promise<void> {
  await ceremony.screen("review");
  await ceremony.tickAll();
  await ceremony.card("ready");
  await ceremony.goOn();
  await ceremony.screen("pin");
  await ceremony.typePin(pin);
  await ceremony.press("submit");
  await ceremony.screen("done");
}

/** Waits until the page has moved on to this path. */
export async function arrived(page: Page, path: string): Promise<void> {
  await page.waitForFunction((wanted: string) => location.pathname === wanted, { polling: 50, timeout: 15_000 }, path);
  await page.waitForSelector("main");
}
