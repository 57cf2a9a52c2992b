import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { MUNICIPALITY_HOST, type Municipality } from "../../examples/municipality/server.ts";
import type { Submission } from "../../examples/municipality/submissions.ts";
import { readCardFile } from "../../native-host/virtual-card/card-file.ts";
import { openRoadBrowser, type RoadBrowser } from "./browser.ts";
import {
  arrived,
  beginLogin,
  beginSigning,
  fillIn,
  MUNICIPALITY_APPROVAL,
  MUNICIPALITY_ORIGIN,
  pass,
} from "./municipality-journey.ts";
import { showFormats } from "./formats-journey.ts";
import { ROOT } from "./paths.ts";

/** What the journey needs. */
export interface JourneyOptions {
  readonly site: Municipality;
  /** The virtual card's folder. */
  readonly card: string;
  readonly authorities: string;
  readonly say: (line: string) => void;
}

const FOLDER = join(ROOT, "out/journey");

/**
 * Goes through the whole journey in a headless Chromium, tells each step, leaves what the city got in `out/journey/`, and has openssl verify it; then through the samples of every
 * signature format, which are left in `out/journey/formats/`, and has each verified by programs that are not ours.
 * Resolves to an exit code.
 */
export async function showJourney({ site, card, authorities, say }: JourneyOptions): Promise<number> {
  const road = await openRoadBrowser({
    sites: { [MUNICIPALITY_HOST]: site.port },
    approvals: [MUNICIPALITY_APPROVAL],
    preferences: { language: "ja", furigana: false, seal: { picture: "persimmon", phrase: "おばあちゃんの柿" } },
    host: { virtualCard: card },
    headless: true,
  });
  try {
    say(`Started ${await road.browser.version()} with the extension, the host and a virtual card.`);
    const submission = await travel(road, site, card, say);
    const application = keepAndVerify(submission, authorities, say);
    const folder = join(FOLDER, "formats");
    const formats = await showFormats({ road, site, authorities, pin: readCardFile(card).signingPin, folder, say });
    return application && formats ? 0 : 1;
  } finally {
    await road.close();
  }
}

async function travel(
  road: RoadBrowser,
  site: Municipality,
  card: string,
  say: (line: string) => void,
): Promise<Submission> {
  const { authenticationPin, signingPin } = readCardFile(card);
  const page = await road.open(MUNICIPALITY_ORIGIN);
  say(`1. Opened ${MUNICIPALITY_ORIGIN}: 「${await page.title()}」`);
  await pass(await beginLogin(road, page), authenticationPin);
  await arrived(page, "/application");
  say("2. Logged in with the card: the window asked for the 4-digit PIN, the card signed the site's challenge.");
  const lines = await fillIn(page);
  say("3. Filled in the application. The document to sign:");
  for (const { label, value } of lines) say(`   | ${label}：${value}`);
  await pass(await beginSigning(road, page), signingPin);
  await arrived(page, "/receipt");
  say("4. Read the document in the window and signed it with the signing PIN.");
  const number = await page.$eval("#number", (element) => element.textContent);
  const signer = await page.$eval("#signer", (element) => element.textContent);
  const submission = site.submissions.get(number);
  if (submission === undefined) throw new Error("the site has no such application");
  say(`5. Got the receipt: application ${number}, signed by ${signer}, ${submission.signature.verdict}`);
  say("   (the signature is correct; whether the certificate was revoked is not known here).");
  return submission;
}

function keepAndVerify(submission: Submission, authorities: string, say: (line: string) => void): boolean {
  const { application, signatureFile, login, signature } = submission;
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const keep = (name: string, content: Uint8Array | string): void => writeFileSync(join(FOLDER, name), content);
  keep("application.json", application.document);
  keep("application.json.p7s", signatureFile);
  keep("login-token.json", login.token);
  keep("evidence.json", JSON.stringify([signature.evidence, login.evidence], undefined, 2));
  const trusted = readdirSync(authorities).filter((name) => /^signing-ca-\d+\.pem$/.test(name));
  keep("signing-authorities.pem", trusted.map((name) => readFileSync(join(authorities, name), "utf8")).join(""));
  const at = (name: string): string => join(relative(ROOT, FOLDER), name);
  say(
    `6. Left ${["application.json", "application.json.p7s", "login-token.json", "evidence.json"].join(", ")} in ${relative(ROOT, FOLDER)}.`,
  );

  const command = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", at("application.json.p7s")];
  command.push("-content", at("application.json"), "-CAfile", at("signing-authorities.pem"), "-out", "/dev/null");
  const { status, stderr } = spawnSync("openssl", command, { cwd: ROOT, encoding: "utf8" });
  say("7. Verified by a program that is not ours:");
  say(`   $ openssl ${command.join(" ")}`);
  for (const line of stderr.trimEnd().split("\n")) say(`   ${line}`);
  return status === 0;
}
