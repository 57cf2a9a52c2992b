import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startMunicipality, MUNICIPALITY_HOST, type Municipality } from "../../examples/municipality/server.ts";
import { writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { openRoadBrowser, type RoadBrowser } from "../../tools/road/browser.ts";
import {
  ANSWERS,
  arrived,
  beginLogin,
  beginSigning,
  fillIn,
  MUNICIPALITY_APPROVAL,
  MUNICIPALITY_ORIGIN,
  pass,
} from "../../tools/road/municipality-journey.ts";
import { prepareVirtualCard } from "../../tools/road/virtual-card-folder.ts";
import { somePins } from "../support/virtual-card.ts";
import { PREFERENCES } from "./road-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "kodo-journey-"));
const card = join(folder, "card");
const authority = join(card, "authority");
const pins = somePins();

let site: Municipality;
let road: RoadBrowser;
let page: Page;

beforeAll(async () => {
  await prepareVirtualCard(card, pins.file);
  site = await startMunicipality({ testAuthorities: authority });
  road = await openRoadBrowser({
    sites: { [MUNICIPALITY_HOST]: site.port },
    approvals: [MUNICIPALITY_APPROVAL],
    preferences: PREFERENCES,
    host: { virtualCard: card },
    headless: true,
  });
});

afterAll(async () => {
  await road.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  page = await road.open(MUNICIPALITY_ORIGIN);
});

afterEach(async () => {
  for (const other of (await road.browser.pages()).slice(1)) await other.close().catch(() => undefined);
  await road.browser.deleteMatchingCookies({ url: MUNICIPALITY_ORIGIN, name: "__Host-session" });
});

async function logIn(): Promise<void> {
  await pass(await beginLogin(road, page), pins.file.authenticationPin);
  await arrived(page, "/application");
}

const alertText = (): Promise<string> => page.$eval("[role=alert]", (element) => element.textContent);

describe("a resident on the municipality's site", () => {
  it("logs in, fills in, signs and gets a receipt; openssl accepts the file that the city got", async () => {
    await logIn();
    const lines = await fillIn(page);
    const signing = await beginSigning(road, page);
    await signing.screen("review");
    expect(await signing.text()).toContain("子育て応援給付金 申請書.json");
    // the window shows the very lines that the page showed, as a table
    const shown = await signing.page.$$eval(".document :is(th, dt, td, dd)", (cells) =>
      cells.map((cell) => cell.innerText),
    );
    expect(shown).toEqual(lines.flatMap(({ label, value }) => [label, value]));
    await pass(signing, pins.file.signingPin);
    await arrived(page, "/receipt");
    expect(await page.$eval("#signer", (element) => element.textContent)).toBe("青空　さくら");
    const number = await page.$eval("#number", (element) => element.textContent);
    const submission = site.submissions.get(number);
    expect(submission?.signature).toMatchObject({ verdict: "accepted-unchecked", test: true });

    writeFileSync(join(folder, "signature"), submission?.signatureFile ?? "");
    writeFileSync(join(folder, "document"), submission?.application.document ?? "");
    const form: unknown = JSON.parse(readFileSync(join(folder, "document"), "utf8"));
    expect(form).toEqual({ form: "kodo:1", title: "子育て応援給付金 申請書", fields: lines });
    const verify = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature"];
    const trusted = ["-content", "document", "-CAfile", join(authority, "signing-ca-2.pem"), "-out", "shown"];
    const openssl = spawnSync("openssl", [...verify, ...trusted], { cwd: folder, encoding: "utf8" });
    expect(openssl.stderr).toContain("successful");
    expect(openssl.status).toBe(0);
  });

  it("gets through with the right PIN after a wrong one", async () => {
    const login = await beginLogin(road, page);
    await login.screen("review");
    await login.press("next");
    await login.card("ready");
    await login.typePin(new TextDecoder().decode(pins.wrong));
    await login.press("submit");
    await login.page.waitForSelector('#pin[aria-invalid="true"]');
    await login.typePin(pins.file.authenticationPin);
    await login.press("submit");
    await arrived(page, "/application");
  });

  it("who cancels keeps what was filled in, is told so, and can sign afterwards", async () => {
    // the benefit is given once to each
    writeCardFile(card, { ...pins.file, person: "long-address" });
    await logIn();
    await fillIn(page);
    const signing = await beginSigning(road, page);
    await signing.screen("review");
    await signing.leave();
    await page.waitForFunction(() => document.querySelector("[role=alert]")?.textContent !== "");
    expect(await alertText()).toContain("入力した内容は残っています");
    await Promise.all([page.waitForNavigation(), page.click("a[href='/application']")]);
    const kept = await page.$$eval("main form .field input", (inputs) =>
      Object.fromEntries(inputs.map((input) => [input.name, input.value])),
    );
    expect(kept).toEqual(ANSWERS);
    await Promise.all([page.waitForNavigation(), page.click("main form button")]);
    await pass(await beginSigning(road, page), pins.file.signingPin);
    await arrived(page, "/receipt");
  });
});
