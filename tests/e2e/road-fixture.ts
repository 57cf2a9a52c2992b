import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Preferences } from "../../extension/preferences/preferences.ts";
import { foreignSelects } from "../../native-host/smartcard/transcript.ts";
import { writeCardFile, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import type { Approval } from "../../shared/approval/approval.ts";
import { openRoadBrowser, type RoadBrowser } from "../../tools/road/browser.ts";
import { ceremonyWindow, type CeremonyWindow } from "../../tools/road/ceremony-window.ts";
import { somePin } from "../support/card-script.ts";
import { startBlankSite, type BlankSite } from "./blank-site.ts";

/** Two approved sites and one that is not. */
export const SITE = "shinsei.city.aozora.lg.jp";
export const OTHER_SITE = "www.town.midori.lg.jp";
export const UNAPPROVED_SITE = "www.example.jp";

/** The approval of a site. */
export const approvalOf = (host: string): Approval => ({
  origin: `https://${host}`,
  organisation: {
    ja: host === SITE ? "青空市" : "みどり町",
    en: host,
    reading: host === SITE ? "あおぞらし" : "みどりまち",
    phone: "000-000-0000",
    hours: "8:30–17:15",
  },
});

/** What a resident has chosen before. */
export const PREFERENCES: Preferences = {
  language: "ja",
  furigana: false,
  seal: { picture: "persimmon", phrase: "おばあちゃんの柿" },
};

/** How a call to the API ended, as the page saw it. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly name: string; readonly reason: string | undefined; readonly message: string };

/** The road of one test file: one browser, and a virtual card whose PINs are made for this run. */
export interface RoadFixture {
  readonly road: RoadBrowser;
  readonly site: BlankSite;
  readonly folder: string;
  readonly pins: {
    readonly authentication: string;
    readonly signing: string;
    readonly wrong: string;
    readonly wrongSigning: string;
  };
  /** Puts this card on the reader (with the run's PINs, all tries left unless `keepTries`). */
  card(card?: CardFileInput, options?: { keepTries?: boolean }): void;
  /** What was said to the card since the browser started, PINs masked. */
  transcript(): string;
  page(address?: string): Promise<Page>;
  ceremony(): Promise<CeremonyWindow>;
}

/** Starts everything before the first test of a file and ends it after the last; windows and tabs are closed between tests. */
export function useRoad(
  options: { hostInstalled?: boolean; preferences?: Preferences | null; switches?: string[] } = {},
): () => RoadFixture {
  let fixture: RoadFixture | undefined;
  const folder = mkdtempSync(join(tmpdir(), "kodo-road-"));
  const cardFolder = join(folder, "card");
  const transcript = join(folder, "transcript");
  const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
  const authentication = text(somePin("authentication"));
  const signing = text(somePin("signing"));
  const shifted = (pin: string): string => `${(Number(pin.charAt(0)) + 1) % 10}${pin.slice(1)}`;

  beforeAll(async () => {
    mkdirSync(cardFolder);
    const site = await startBlankSite(SITE);
    const card: RoadFixture["card"] = (input = {}, { keepTries = false } = {}) => {
      if (!keepTries) rmSync(join(cardFolder, "state.json"), { force: true });
      writeCardFile(cardFolder, {
        authenticationPin: authentication,
        signingPin: signing,
        insertion: Date.now() % 1e9,
        ...input,
      });
    };
    card();
    const road = await openRoadBrowser({
      sites: { [SITE]: site.port, [OTHER_SITE]: site.port, [UNAPPROVED_SITE]: site.port },
      approvals: [approvalOf(SITE), approvalOf(OTHER_SITE)],
      ...(options.preferences === null ? {} : { preferences: options.preferences ?? PREFERENCES }),
      ...(options.hostInstalled === false ? {} : { host: { virtualCard: cardFolder, transcript } }),
      ...(options.switches === undefined ? {} : { switches: options.switches }),
      headless: true,
    });
    fixture = {
      road,
      site,
      folder: cardFolder,
      pins: {
        authentication,
        signing,
        wrong: shifted(authentication),
        wrongSigning: shifted(signing.replace(/^[A-Z]/, "1")),
      },
      card,
      transcript: () => (existsSync(transcript) ? readFileSync(transcript, "utf8") : ""),
      page: (address = `https://${SITE}/`) => road.open(address),
      ceremony: () => ceremonyWindow(road),
    };
  });

  afterEach(async () => {
    const pages = (await fixture?.road.browser.pages()) ?? [];
    for (const page of pages.slice(1)) await page.close().catch(() => undefined);
    fixture?.card();
  });

  afterAll(async () => {
    await fixture?.road.close();
    await fixture?.site.close();
    // whatever a file tried: nothing but JPKI and the issuer security domain was ever selected
    if (existsSync(transcript)) expect(foreignSelects(readFileSync(transcript, "utf8"))).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  return () => {
    if (!fixture) throw new Error("the road is not open yet");
    return fixture;
  };
}

/** A challenge as a server makes it: 256 random bits, base64. */
export const someChallenge = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");

/**
 * Begins a call from a real click and does not wait for its end. `expression` is JavaScript in the page that returns a promise. Read
 * the end with {@link outcome}.
 */
export async function click(page: Page, expression: string): Promise<void> {
  await page.bringToFront();
  await page.evaluate(`window.next = () => {
    window.outcome = (${expression}).then(
      (value) => ({ ok: true, value }),
      (error) => ({ ok: false, name: error.name, reason: error.reason, message: error.message }),
    );
  }`);
  await page.click("#go");
}

/** How the last call of {@link click} ended, for the page. */
export function outcome(page: Page): Promise<Outcome> {
  return page.evaluate(() => (window as unknown as { outcome: Promise<unknown> }).outcome) as Promise<Outcome>;
}

/** Whether the last call is still pending. */
export function isPending(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    Promise.race([
      (window as unknown as { outcome: Promise<unknown> }).outcome.then(() => false),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 200)),
    ]),
  );
}

/** A login call with this challenge. */
export const loginCall = (challenge = someChallenge()): string =>
  `navigator.jpki.authenticate({ challenge: "${challenge}" })`;

/** A signature call for a short text. */
export const signCall = (text = "申請します。", format = "cades"): string =>
  `navigator.jpki.sign({ format: "${format}", documents: [{ name: "申請書.txt", type: "text/plain", data: ${JSON.stringify(text)} }] })`;

/** What the page sees of every ending by resident, card, PIN or reader. */
export const DISMISSED = { ok: false, name: "NotAllowedError", reason: "dismissed" } as const;
