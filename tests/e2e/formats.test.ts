import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { readSample, SAMPLES, type SampleId } from "../../examples/municipality/samples.ts";
import { MUNICIPALITY_HOST, startMunicipality, type Municipality } from "../../examples/municipality/server.ts";
import { openRoadBrowser, type RoadBrowser } from "../../tools/road/browser.ts";
import { MUNICIPALITY_APPROVAL } from "../../tools/road/municipality-journey.ts";
import { checkSample, keepAuthorities, keepDocuments } from "../../tools/road/sample-checks.ts";
import { openSamples, type SamplesPage } from "../../tools/road/sample-run.ts";
import { prepareVirtualCard } from "../../tools/road/virtual-card-folder.ts";
import { somePins } from "../support/virtual-card.ts";
import { PREFERENCES } from "./road-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "kodo-formats-"));
const card = join(folder, "card");
const made = join(folder, "made");
const pins = somePins();
const SAMPLE_IDS = Object.keys(SAMPLES) as SampleId[];
const files = new Map<SampleId, readonly string[]>();

let site: Municipality;
let road: RoadBrowser;
let page: SamplesPage;

beforeAll(async () => {
  const authorities = await prepareVirtualCard(card, pins.file);
  site = await startMunicipality({ testAuthorities: authorities });
  road = await openRoadBrowser({
    sites: { [MUNICIPALITY_HOST]: site.port },
    approvals: [MUNICIPALITY_APPROVAL],
    preferences: PREFERENCES,
    host: { virtualCard: card },
    headless: true,
  });
  page = await openSamples(road, made);
  // its files hold the signer's certificate, which tells who the authority is
  await run("cades");
  keepAuthorities(made, authorities, site.timestampCertificate);
});

afterAll(async () => {
  await road.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(sample: SampleId): Promise<void> {
  files.set(sample, await page.run(sample, pins.file.signingPin));
  keepDocuments(made, sample);
}

/** What the verifiers say; ends as skipped, with the reason, where one of them is not there and the others accept. */
async function expectAccepted(context: TestContext, sample: SampleId): Promise<void> {
  const checked = await checkSample(made, sample, files.get(sample) ?? []);
  const verdicts = checked.flatMap((one) => one.verdicts);
  expect(verdicts.filter(({ accepted }) => accepted === false)).toEqual([]);
  const missing = verdicts.find(({ accepted }) => accepted === undefined);
  context.skip(missing !== undefined, missing?.words);
  expect(verdicts.length).toBeGreaterThan(0);
}

/** Changes one octet of every document, and where a signature stands in its document one of the file. */
function damage(sample: SampleId): void {
  for (const name of readdirSync(join(made, sample))) {
    const path = join(made, sample, name);
    const octets = readFileSync(path);
    // in a PDF that is the comment in its second line
    const at = name.endsWith(".pdf") ? 12 : name.endsWith(".signed.xml") ? octets.indexOf("青空") : octets.length - 1;
    if (/\.(pdf|xml|txt|json|png|dat)$/.test(name) && at >= 0)
      writeFileSync(path, octets.with(at, (octets[at] ?? 0) ^ 1));
  }
}

const read = (sample: SampleId, name: string): Buffer => readFileSync(join(made, sample, name));

describe("every signature format, made in a browser", () => {
  it.for(SAMPLE_IDS)("%s is accepted by programs that are not ours", async (sample, context) => {
    if (!files.has(sample)) await run(sample);
    await expectAccepted(context, sample);
  });

  it("leaves the document as it was, before and around the signature", () => {
    for (const sample of ["pades", "moj-pdf"] as const)
      expect(read(sample, "建築計画.signed.pdf").indexOf(readSample("plan.pdf"))).toBe(0);
    for (const sample of ["xmldsig", "xades"] as const) {
      const bare = read(sample, "利用申請.signed.xml")
        .toString("utf8")
        .replace(/<ds:Signature .*<\/ds:Signature>/s, "");
      expect(bare).toBe(readSample("application.xml").toString("utf8"));
    }
  });

  it.for(SAMPLE_IDS.filter((id) => id !== "attributes"))("%s is refused with another octet", async (sample) => {
    damage(sample);
    for (const { file, verdicts } of await checkSample(made, sample, files.get(sample) ?? []))
      expect(verdicts[0]?.accepted, file).not.toBe(true);
  });
});
