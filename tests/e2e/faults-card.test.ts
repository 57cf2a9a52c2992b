import { describe, expect, it } from "vitest";
import type { CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { parseTranscript } from "../../native-host/smartcard/transcript.ts";
import { click, DISMISSED, isPending, loginCall, outcome, signCall, useRoad } from "./road-fixture.ts";

const road = useRoad();

describe("what is missing shows, and goes on by itself when it is mended", () => {
  it.each([
    ["no card service", { service: "unavailable" }, "pcsc-unavailable"],
    ["no reader", { reader: false }, "reader-none"],
    ["another kind of card", { quirks: { anotherKindOfCard: true } }, "card-unsupported"],
    ["a card that does not answer", { quirks: { unresponsive: true } }, "card-unresponsive"],
  ] as const satisfies readonly (readonly [string, CardFileInput, string])[])("%s", async (_, card, screen) => {
    road().card(card);
    const page = await road().page();
    await click(page, loginCall());
    const ceremony = await road().ceremony();
    await ceremony.screen(screen);
    expect(await isPending(page)).toBe(true);
    road().card();
    await ceremony.screen("review");
    await ceremony.card("ready");
    await ceremony.press("next");
    await ceremony.typePin(road().pins.authentication);
    await ceremony.press("submit");
    expect(await outcome(page)).toMatchObject({ ok: true });
  });

  it("no card: the guide asks for it, and the page can't tell its absence from anything else", async () => {
    road().card({ present: false });
    const page = await road().page();
    await click(page, loginCall());
    const ceremony = await road().ceremony();
    await ceremony.screen("review");
    await ceremony.card("card-none");
    expect(await isPending(page)).toBe(true);
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject(DISMISSED);
  });
});

/** The place of the n-th command of this kind in a ceremony, counted in commands since the card was put in. */
async function placeOf(instruction: string): Promise<number> {
  road().card();
  const page = await road().page();
  const before = parseTranscript(road().transcript()).length;
  await click(page, loginCall());
  const ceremony = await road().ceremony();
  await ceremony.card("ready");
  await ceremony.press("next");
  await ceremony.typePin(road().pins.authentication);
  await ceremony.press("submit");
  await outcome(page);
  await ceremony.press("close");
  const commands = parseTranscript(road().transcript())
    .slice(before)
    .map(({ command }) => command);
  return (
    commands.findIndex((command) =>
      instruction === "VERIFY" ? command.includes("[masked]") : command.startsWith(instruction),
    ) + 1
  );
}

describe("a card that goes in the middle", () => {
  it.each([
    ["before the PIN", undefined],
    ["in VERIFY", "VERIFY"],
    ["in the signature", "802A"],
  ])("%s: the window asks for it again, and the login goes through", async (_, instruction) => {
    const removedAfterCommands = instruction === undefined ? undefined : (await placeOf(instruction)) - 1;
    road().card(removedAfterCommands === undefined ? {} : { quirks: { removedAfterCommands } });
    const page = await road().page();
    await click(page, loginCall());
    const ceremony = await road().ceremony();
    await ceremony.card("ready");
    await ceremony.press("next");
    if (removedAfterCommands === undefined) {
      await ceremony.screen("pin");
      road().card({ present: false });
    } else {
      await ceremony.typePin(road().pins.authentication);
      await ceremony.press("submit");
    }
    await ceremony.screen("card-removed", "card-none");
    expect(await isPending(page)).toBe(true);
    road().card();
    await ceremony.screen("pin");
    await ceremony.card("ready");
    await ceremony.typePin(road().pins.authentication);
    await ceremony.press("submit");
    expect(await outcome(page)).toMatchObject({ ok: true });
  });

  it("exchanged for another while the resident types: the tries of the new card show, and it is the new card that answers", async () => {
    const page = await road().page();
    await click(page, loginCall());
    const ceremony = await road().ceremony();
    await ceremony.card("ready");
    await ceremony.press("next");
    await ceremony.typePin(road().pins.authentication);
    road().card({ person: "latin-script" });
    await ceremony.page.waitForFunction(() => document.querySelector<HTMLInputElement>("#pin")?.value === "", {
      polling: 50,
    });
    await ceremony.card("ready");
    await ceremony.screen("pin");
    await ceremony.typePin(road().pins.authentication);
    await ceremony.press("submit");
    expect(await outcome(page)).toMatchObject({ ok: true });
  });
});

it("a card that moves while the resident types: the rest of the PIN does not become a PIN of its own", async () => {
  const page = await road().page();
  await click(page, signCall());
  const ceremony = await road().ceremony();
  await ceremony.card("ready");
  await ceremony.press("next");
  const { signing } = road().pins;
  const before = road().transcript().split("[masked]").length;
  await ceremony.typePin(`AAAAAA${signing}`.slice(0, 6));
  road().card();
  await ceremony.page.waitForSelector("#pin-error");
  await ceremony.page.keyboard.type(signing);
  await ceremony.page.keyboard.press("Enter");
  expect(await ceremony.page.$eval("#pin", (field) => (field as HTMLInputElement).value)).toBe("");
  expect(road().transcript().split("[masked]").length).toBe(before);
  await ceremony.typePin(signing);
  await ceremony.press("submit");
  expect(await outcome(page)).toMatchObject({ ok: true });
});

describe("kinds of cards", () => {
  it.each([
    ["without short ids", { quirks: { shortFileIds: false } }],
    ["filled up with 00", { quirks: { filler: "00" } }],
    ["6F00 to the first command", { quirks: { firstCommandFails: true } }],
    ["a telephone", { quirks: { phoneMode: true } }],
    ["a slow key", { quirks: { slowKeyMilliseconds: 1500 } }],
    ["an address of 200 characters", { person: "long-address" }],
  ] as const)("%s logs in and signs", async (_, card) => {
    road().card(card);
    const page = await road().page();
    for (const [call, pin] of [
      [loginCall(), road().pins.authentication],
      [signCall(), road().pins.signing],
    ] as const) {
      await click(page, call);
      const ceremony = await road().ceremony();
      await ceremony.card("ready");
      await ceremony.press("next");
      await ceremony.typePin(pin);
      await ceremony.press("submit");
      expect(await outcome(page)).toMatchObject({ ok: true });
      await ceremony.press("close");
      expect(await ceremony.closed()).toBe(true);
    }
  });
});
