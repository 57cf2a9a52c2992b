import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { foreignSelects } from "../../native-host/smartcard/transcript.ts";
import { click, loginCall, outcome, signCall, useRoad } from "./road-fixture.ts";

const road = useRoad();

/** Everything that the journey left behind, by name. */
const traces: Record<string, string> = {};

it("a journey with a wrong PIN, a login and a signature", async () => {
  const page = await road().page();
  page.on(
    "console",
    (message) => (traces["the page's console"] = (traces["the page's console"] ?? "") + message.text()),
  );
  await page.evaluate(
    `window.heard = []; addEventListener("message", (event) => window.heard.push(JSON.stringify(event.data)))`,
  );
  for (const [call, pins] of [
    [loginCall(), [road().pins.wrong, road().pins.authentication]],
    [signCall(), [road().pins.wrongSigning, road().pins.signing]],
  ] as const) {
    await click(page, call);
    const ceremony = await road().ceremony();
    await ceremony.card("ready");
    await ceremony.press("next");
    const [wrong, right] = pins;
    await ceremony.typePin(wrong);
    await ceremony.press("submit");
    await ceremony.page.waitForSelector('#pin[aria-invalid="true"]');
    await ceremony.typePin(right);
    await ceremony.press("submit");
    const result = await outcome(page);
    expect(result).toMatchObject({ ok: true });
    traces["results"] = (traces["results"] ?? "") + JSON.stringify(result);
    traces["the window"] = (traces["the window"] ?? "") + (await ceremony.page.content());
    await ceremony.press("close");
    expect(await ceremony.closed()).toBe(true);
  }
  traces["messages that the page heard"] = (await page.evaluate("window.heard.join()")) as string;
  const worker = await road().road.worker();
  traces["storage"] = JSON.stringify(
    await worker.evaluate("Promise.all([chrome.storage.local.get(), chrome.storage.session.get()])"),
  );
  traces["the transcript"] = road().transcript();
});

it("leaves no PIN in any of it", () => {
  const { authentication, signing, wrong, wrongSigning } = road().pins;
  const hex = (pin: string): string => Buffer.from(pin).toString("hex").toUpperCase();
  expect(Object.keys(traces).length).toBeGreaterThan(4);
  for (const [name, text] of Object.entries(traces)) {
    // four digits stand in many numbers: as a word of their own, or as octets behind their length
    for (const pin of [authentication, wrong])
      expect(text, name).not.toMatch(new RegExp(`(?<![0-9A-Za-z+/=-])${pin}(?![0-9A-Za-z+/=-])|04${hex(pin)}`));
    for (const pin of [signing, wrongSigning]) expect(text.includes(pin) || text.includes(hex(pin)), name).toBe(false);
  }
});

it("leaves no PIN in the profile", () => {
  const { signing, wrongSigning } = road().pins;
  for (const pin of [signing, wrongSigning]) {
    const found = execFileSync("sh", ["-c", `grep -rlaF -- "$0" "$1" || true`, pin, road().road.profile], {
      encoding: "utf8",
    });
    expect(found).toBe("");
  }
});

it("selects JPKI and the issuer security domain, and nothing else", () => {
  const transcript = road().transcript();
  expect(transcript).toContain("D392F000260100000001");
  expect(foreignSelects(transcript)).toEqual([]);
});
