import { spawnSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { openRoadBrowser, type RoadBrowser } from "../../tools/road/browser.ts";
import { ceremonyWindow, type CeremonyWindow } from "../../tools/road/ceremony-window.ts";
import { startBlankSite } from "../e2e/blank-site.ts";
import { watchMemory } from "../e2e/process-memory.ts";
import { approvalOf, click, PREFERENCES, SITE } from "../e2e/road-fixture.ts";
import { ROOT } from "../repository/source-files.ts";
import { emptyWindow } from "./empty-window.ts";
import { compare, median, times, type Row } from "./measure.ts";

const RUNS = 5;
const GIGABYTE = 2 ** 30;
const LINE = "<項目><氏名>道野　遥</氏名><住所>青空県青空市若葉一丁目２番３号</住所></項目>";

interface Shown {
  readonly what: string;
  readonly type: string;
  readonly format: string;
  readonly octets: Uint8Array;
  /** Says in the window whether the document is on the screen. */
  readonly isShown: string;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const FORM = `{"form":"kodo:1","title":"申請書","fields":[${Array.from({ length: 40 }, () => '{"label":"氏名","value":"道野　遥"}').join()}]}`;

const SHOWN: readonly Shown[] = [
  {
    what: "a text of 1 KB",
    type: "text/plain",
    format: "cades",
    octets: text("申請します。\n".repeat(50)),
    isShown: `document.querySelector(".plain-text") !== null`,
  },
  {
    what: "a form of 40 fields",
    type: "application/json",
    format: "jws",
    octets: text(FORM),
    isShown: `document.querySelector("table.form") !== null`,
  },
  {
    what: "XML of 100 KB",
    type: "application/xml",
    format: "xades",
    octets: text(`<申請>${LINE.repeat(700)}</申請>`),
    isShown: `document.querySelector(".sheet .end") !== null`,
  },
  {
    what: "a PDF of three pages, the first drawn",
    type: "application/pdf",
    format: "pades",
    octets: readFileSync(join(ROOT, "tests/fixtures/pdf/mupdf.pdf")),
    isShown: `/[0-9０-９]/.test(document.querySelector(".pdf .support")?.textContent ?? "")`,
  },
];

/** Puts a file into an input of the page, and calls; resolves to the window and when it was called. */
async function call(road: RoadBrowser, path: string, { type, format }: Pick<Shown, "type" | "format">) {
  const page = await road.open(`https://${SITE}/`);
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement("input"), { type: "file", id: "file" }))`,
  );
  await ((await page.$("#file")) as ElementHandle<HTMLInputElement>).uploadFile(path);
  const started = performance.now();
  const data = `document.querySelector("#file").files[0]`;
  await click(
    page,
    `navigator.jpki.sign({ documents: [{ name: "a", type: "${type}", format: "${format}", data: ${data} }] })`,
  );
  return { page, started, ceremony: await ceremonyWindow(road) };
}

async function leave(ceremony: CeremonyWindow): Promise<void> {
  await ceremony.leave();
  await ceremony.closed();
}

async function timeToScreen(road: RoadBrowser, folder: string, shown: Shown): Promise<number> {
  const path = join(folder, "document");
  writeFileSync(path, shown.octets);
  const { page, started, ceremony } = await call(road, path, shown);
  await ceremony.page.waitForFunction(shown.isShown, { polling: "raf", timeout: 30_000 });
  const taken = performance.now() - started;
  await leave(ceremony);
  await page.close();
  return taken;
}

/** A file of one gigabyte, most of it holes, until its digest is on the screen: seconds, and how much the process that grew most grew. */
async function gigabyte(road: RoadBrowser, folder: string): Promise<Row[]> {
  const path = join(folder, "large");
  const file = openSync(path, "w");
  ftruncateSync(file, GIGABYTE);
  closeSync(file);
  const grown = watchMemory(road.browser.process()?.pid ?? 0);
  const { page, started, ceremony } = await call(road, path, { type: "application/octet-stream", format: "cades" });
  await ceremony.page.waitForFunction(() => document.querySelector(".meta .mono") !== null, { timeout: 300_000 });
  const rate = 1024 / ((performance.now() - started) / 1000);
  const [openssl = Number.NaN] = await times(1, () => spawnSync("openssl", ["dgst", "-sha256", path]));
  const megabytes = grown();
  await leave(ceremony);
  await page.close();
  return [
    compare("1 GB to the window: read, sent and digested", rate, "openssl dgst", 1_024_000 / openssl, "MB/s"),
    compare("… what the largest process of the browser grew", megabytes, "the document", 1024, "MB"),
  ];
}

/** From the page's call until a document is on the screen, in a real Chromium, beside an empty window of the same browser; and a gigabyte. */
export async function documentJourney(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-bench-"));
  const card = join(folder, "card");
  mkdirSync(card);
  writeCardFile(card, {});
  const site = await startBlankSite(SITE);
  const road = await openRoadBrowser({
    sites: { [SITE]: site.port },
    approvals: [approvalOf(SITE)],
    preferences: PREFERENCES,
    host: { virtualCard: card },
    headless: true,
  });
  try {
    const taken = new Map<Shown, number[]>(SHOWN.map((shown) => [shown, []]));
    const empty: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      for (const shown of SHOWN) taken.get(shown)?.push(await timeToScreen(road, folder, shown));
      empty.push(await emptyWindow(road));
    }
    const beside = "an empty window of the browser";
    return [
      ...[...taken].map(([{ what }, all]) =>
        compare(`page call to ${what} on the screen`, median(all), beside, median(empty), "ms"),
      ),
      ...(await gigabyte(road, folder)),
    ];
  } finally {
    await road.close();
    await site.close();
    rmSync(folder, { recursive: true });
  }
}
