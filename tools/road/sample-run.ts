import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { CDPSession, Page } from "puppeteer-core";
import type { SampleId } from "../../examples/municipality/samples.ts";
import type { RoadBrowser } from "./browser.ts";
import { ceremonyWindow } from "./ceremony-window.ts";
import { MUNICIPALITY_ORIGIN, passUntilDone } from "./municipality-journey.ts";

/** The page of the samples, and the folder that everything offered on it is saved to. */
export interface SamplesPage {
  /** Runs one sample through its ceremony and saves what it made, each file under its own name; resolves to the names, in the page's order. */
  run(sample: SampleId, pin: string): Promise<string[]>;
}

/** Opens `/formats` in a new tab; files go to `folder`, one folder for each sample. */
export async function openSamples(road: RoadBrowser, folder: string): Promise<SamplesPage> {
  mkdirSync(folder, { recursive: true });
  const page = await road.open(`${MUNICIPALITY_ORIGIN}/formats`);
  const session = await road.browser.target().createCDPSession();
  await session.send("Browser.setDownloadBehavior", {
    behavior: "allowAndName",
    downloadPath: folder,
    eventsEnabled: true,
  });
  return {
    async run(sample, pin) {
      await page.bringToFront();
      await page.click(`#${sample} button`);
      const ceremony = await ceremonyWindow(road);
      await passUntilDone(ceremony, pin);
      await ceremony.page.close();
      await finished(page, sample);
      const own = join(folder, sample);
      mkdirSync(own, { recursive: true });
      const names: string[] = [];
      for (const link of await page.$$(`#${sample} a[download]`)) {
        // Chromium drops what comes faster than ten downloads in a second
        if (names.length === 9) await new Promise((resolve) => setTimeout(resolve, 1_100));
        const downloaded = download(session);
        await link.click();
        const { guid, name } = await downloaded;
        renameSync(join(folder, guid), join(own, name));
        names.push(name);
      }
      return names;
    },
  };
}

/** Waits until the page offers what was made; what it says instead is the error. */
async function finished(page: Page, sample: SampleId): Promise<void> {
  const ended = await page.waitForFunction(
    (id: string) => {
      const place = document.getElementById(id);
      const alert = place?.querySelector("[role=alert]")?.textContent;
      return place?.querySelector(".result a") ? "done" : alert === "" ? undefined : alert;
    },
    { polling: 50, timeout: 15_000 },
    sample,
  );
  const words = await ended.jsonValue();
  if (words !== "done") throw new Error(`${sample}: the page says: ${String(words)}`);
}

/** The next download, once it is complete. */
function download(session: CDPSession): Promise<{ guid: string; name: string }> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("a download did not end")), 15_000).unref();
    let name = "";
    session.once("Browser.downloadWillBegin", ({ suggestedFilename }) => (name = suggestedFilename));
    session.on("Browser.downloadProgress", function ended({ state, guid }) {
      if (state === "inProgress") return;
      session.off("Browser.downloadProgress", ended);
      if (state === "completed") resolve({ guid, name });
      else reject(new Error(`the download of ${name} was canceled`));
    });
  });
}
