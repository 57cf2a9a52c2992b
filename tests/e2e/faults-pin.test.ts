import { describe, expect, it } from "vitest";
import { parseTranscript } from "../../native-host/smartcard/transcript.ts";
import type { CeremonyWindow } from "../../tools/road/ceremony-window.ts";
import {
  click,
  DISMISSED,
  isPending,
  loginCall,
  outcome,
  signCall,
  useRoad,
  type RoadFixture,
} from "./road-fixture.ts";

const road = useRoad();

/** The VERIFY commands with a PIN so far. */
const verifications = (fixture: RoadFixture): number =>
  parseTranscript(fixture.transcript()).filter(({ command }) => command.includes("[masked]")).length;

async function atPin(call = loginCall()) {
  const page = await road().page();
  await click(page, call);
  const ceremony = await road().ceremony();
  await ceremony.screen("review");
  await ceremony.card("ready");
  await ceremony.press("next");
  return { page, ceremony };
}

async function submit(ceremony: CeremonyWindow, pin: string): Promise<void> {
  await ceremony.typePin(pin);
  await ceremony.press("submit");
}

describe("a wrong PIN", () => {
  it("keeps the resident at the field with the tries left, and the right one then logs in", async () => {
    const { page, ceremony } = await atPin();
    await ceremony.screen("pin");
    expect(await ceremony.text()).toContain("3回");
    await submit(ceremony, road().pins.wrong);
    await ceremony.page.waitForSelector('#pin[aria-invalid="true"]');
    expect(await ceremony.text()).toContain("2回");
    expect(await ceremony.page.$eval("#pin", (field) => (field as HTMLInputElement).value)).toBe("");
    await submit(ceremony, road().pins.authentication);
    await ceremony.screen("done");
    expect(await outcome(page)).toMatchObject({ ok: true, value: { format: "web-eid:1.0" } });
  });

  it("twice asks for an explicit yes before the last try; stopping leaves that try", async () => {
    const { page, ceremony } = await atPin();
    await submit(ceremony, road().pins.wrong);
    await ceremony.page.waitForSelector('#pin[aria-invalid="true"]');
    await submit(ceremony, road().pins.wrong);
    await ceremony.screen("last-try");
    expect(await isPending(page)).toBe(true);
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject(DISMISSED);
    const before = verifications(road());

    await click(page, loginCall());
    const again = await road().ceremony();
    await again.card("ready");
    await again.press("next");
    await again.screen("last-try");
    await again.press("try-last");
    await again.screen("pin");
    await submit(again, road().pins.authentication);
    await again.screen("done");
    expect(verifications(road())).toBe(before + 1);
  });

  it("three times blocks; the way out is shown and the page learns nothing but the end", async () => {
    const { page, ceremony } = await atPin();
    await submit(ceremony, road().pins.wrong);
    await ceremony.page.waitForSelector('#pin[aria-invalid="true"]');
    await submit(ceremony, road().pins.wrong);
    await ceremony.screen("last-try");
    await ceremony.press("try-last");
    await submit(ceremony, road().pins.wrong);
    await ceremony.screen("pin-blocked");
    expect(await ceremony.text()).toContain("コンビニ");
    expect(await isPending(page)).toBe(true);
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject(DISMISSED);
  });
});

describe("a malformed PIN never reaches the card", () => {
  it.each([
    ["too short", loginCall(), "12"],
    ["letters for the login key", loginCall(), "12ab"],
    ["empty", loginCall(), ""],
    ["four digits in the signing field", signCall(), "1234"],
  ])("%s", async (_, call, typed) => {
    const { page, ceremony } = await atPin(call);
    const before = verifications(road());
    await ceremony.screen("pin");
    if (typed === "") await ceremony.press("submit");
    else await submit(ceremony, typed);
    await ceremony.page.waitForSelector('#pin[aria-invalid="true"]');
    expect(await isPending(page)).toBe(true);
    expect(verifications(road())).toBe(before);
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject(DISMISSED);
  });

  it("full-width digits are converted, not refused", async () => {
    const { page, ceremony } = await atPin();
    const wide = Array.from(road().pins.authentication, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    ).join("");
    await submit(ceremony, wide);
    await ceremony.screen("done");
    expect(await outcome(page)).toMatchObject({ ok: true });
  });
});

describe("a certificate that can't be used", () => {
  it.each([
    ["expired", { quirks: { certificateValidity: "expired" } }, loginCall(), "certificate-expired"],
    ["not yet valid", { quirks: { certificateValidity: "not-yet-valid" } }, loginCall(), "certificate-not-yet-valid"],
    ["absent, as for under-fifteens", { quirks: { noSigningKey: true } }, signCall(), "certificate-missing"],
  ] as const)("%s: no try is spent", async (_, card, call, screen) => {
    road().card(card);
    const page = await road().page();
    const before = verifications(road());
    await click(page, call);
    const ceremony = await road().ceremony();
    await ceremony.screen(screen);
    expect(await isPending(page)).toBe(true);
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject(DISMISSED);
    expect(verifications(road())).toBe(before);
  });
});
