import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseTranscript } from "../../native-host/smartcard/transcript.ts";
import { ROOT } from "../repository/source-files.ts";
import { cardWork, enterPin, readAll, sha256, signatures, signing, verifyDetached } from "./document-journey.ts";
import { click, DISMISSED, outcome, useRoad } from "./road-fixture.ts";

const road = useRoad();

const pdf = readFileSync(join(ROOT, "tests/fixtures/pdf/fpdf2.pdf"));
const DATA = {
  "申請書.txt": "申請します。",
  "form.json": '{"form":"kodo:1","title":"申請書","fields":[{"label":"氏名","value":"道野 遥"}]}',
  "kousei.xml": '<申請 xmlns="urn:a"><氏名>道野　遥</氏名></申請>',
  "plan.pdf": pdf,
} as const;
const NAMES = Object.keys(DATA);
const DOCUMENTS = `[
  { name: "申請書.txt", type: "text/plain", format: "cades", data: ${JSON.stringify(DATA["申請書.txt"])} },
  { name: "form.json", type: "application/json", format: "jws", data: ${JSON.stringify(DATA["form.json"])} },
  { name: "kousei.xml", type: "application/xml", format: "xades", data: ${JSON.stringify(DATA["kousei.xml"])} },
  { name: "plan.pdf", type: "application/pdf", format: "pades", data: Uint8Array.from(atob("${pdf.toString("base64")}"), (one) => one.charCodeAt(0)) },
]`;
const CALL = signing(`{ purpose: "申請", documents: ${DOCUMENTS} }`);

async function listed() {
  const page = await road().page();
  const begun = road().transcript().length;
  await click(page, CALL);
  const ceremony = await road().ceremony();
  await ceremony.screen("review");
  return { page, ceremony, begun };
}

describe("several documents, one PIN", () => {
  it("each is opened, ticked and signed in its own format: one VERIFY, one signature each", async () => {
    const { page, ceremony, begun } = await listed();
    const shown = await readAll(ceremony, NAMES);
    await enterPin(road(), ceremony);
    const { signatures: signed } = await signatures(page);
    expect(signed.map(({ status, name, format }) => [status, name, format])).toEqual([
      ["signed", "申請書.txt", "cades"],
      ["signed", "form.json", "jws"],
      ["signed", "kousei.xml", "xades"],
      ["signed", "plan.pdf", "pades"],
    ]);
    const digests = Object.values(DATA).map(sha256);
    expect(signed.map(({ digest }) => digest)).toEqual(digests);
    expect(shown.map(({ digest }) => digest)).toEqual(digests);
    expect(cardWork(road(), begun)).toEqual({ verified: 1, signed: 4 });
    const [cades, jws, xades, pades] = signed.map(({ file = "" }) => Buffer.from(file, "base64"));
    expect(verifyDetached(road(), signed[0]?.file ?? "", Buffer.from(DATA["申請書.txt"]))).toMatchObject({ status: 0 });
    expect(cades?.length).toBeGreaterThan(2_000);
    expect(Buffer.from(jws?.toString().split(".")[1] ?? "", "base64url").toString()).toBe(DATA["form.json"]);
    expect(xades?.toString()).toContain("<氏名>道野　遥</氏名><ds:Signature");
    expect(pades?.subarray(0, pdf.length).equals(pdf)).toBe(true);
  });

  it("are read in a window that takes up to 80 % of the screen, in its middle", async () => {
    const { ceremony } = await listed();
    const share = (): Promise<number[]> =>
      ceremony.page.evaluate(() => [window.outerWidth / screen.availWidth, window.outerHeight / screen.availHeight]);
    await expect.poll(async () => Math.min(...(await share()))).toBeGreaterThan(0.75);
    expect(Math.max(...(await share()))).toBeLessThanOrEqual(0.81);
  });

  it("without its tick a document is not signed; without any nothing goes on", async () => {
    const { page, ceremony, begun } = await listed();
    await ceremony.press("next");
    expect(await ceremony.screen("review", "pin")).toBe("review");
    await readAll(ceremony, NAMES);
    for (const index of [1, 3]) await ceremony.page.click(`#tick-${index}`);
    await enterPin(road(), ceremony);
    const { signatures: signed } = await signatures(page);
    expect(signed.map(({ status, name }) => [status, name])).toEqual([
      ["signed", "申請書.txt"],
      ["not-signed", "form.json"],
      ["signed", "kousei.xml"],
      ["not-signed", "plan.pdf"],
    ]);
    expect(signed[1]).toEqual({ status: "not-signed", name: "form.json", format: "jws" });
    expect(cardWork(road(), begun)).toEqual({ verified: 1, signed: 2 });
  });

  it("a tick before the document was open opens it instead", async () => {
    const { page, ceremony } = await listed();
    await ceremony.page.click("#tick-2");
    await ceremony.page.waitForFunction(() => document.querySelector("#document-title")?.textContent === "kousei.xml");
    expect(await ceremony.page.$eval("#tick-2", (box) => (box as HTMLInputElement).checked)).toBe(false);
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject(DISMISSED);
  });
});

/** The place, among the commands since the card was put in, of the second signature when all documents are signed. */
async function placeOfSecondSignature(): Promise<number> {
  road().card();
  const { page, ceremony, begun } = await listed();
  await readAll(ceremony, NAMES);
  await enterPin(road(), ceremony);
  await signatures(page);
  await ceremony.press("close");
  await ceremony.closed();
  const commands = parseTranscript(road().transcript().slice(begun)).map(({ command }) => command);
  const places = commands.flatMap((command, place) => (command.startsWith("802A") ? [place] : []));
  return places[1] ?? 0;
}

it("a card that is pulled in the middle: what was signed is handed over, the rest is not signed, and the window says so", async () => {
  const removedAfterCommands = await placeOfSecondSignature();
  road().card({ quirks: { removedAfterCommands } });
  const { page, ceremony } = await listed();
  await readAll(ceremony, NAMES);
  await enterPin(road(), ceremony);
  const { signatures: signed, certificate } = await signatures(page);
  expect(signed.map(({ status }) => status)).toEqual(["signed", "not-signed", "not-signed", "not-signed"]);
  expect(certificate.length).toBeGreaterThan(1_000);
  expect(verifyDetached(road(), signed[0]?.file ?? "", Buffer.from(DATA["申請書.txt"]))).toMatchObject({ status: 0 });
  await ceremony.screen("done");
  const text = await ceremony.text();
  for (const name of NAMES) expect(text).toContain(name);
});
