import { describe, expect, it } from "vitest";
import { SELECT_DOMAIN, SELECT_JPKI, send, useVirtualCards } from "../../tests/support/virtual-card.ts";
import type { VirtualCard } from "./virtual-jpki-card.ts";

const { selected, unlock, sign, pins } = useVirtualCards();

describe("VERIFY", () => {
  it("counts down, blocks at zero, and keeps answering the question", async () => {
    const powered = await selected();
    for (const answer of ["63C2", "63C1", "63C0", "6984"]) {
      expect(await send(powered, "00200098", pins().wrong)).toBe(answer);
    }
    expect(await unlock(powered)).toBe("6984");
    expect(await send(powered, "00200098")).toBe("63C0");
    expect(await send(powered, "0020009B00")).toBe("63C5");
  });

  it("answers 6983 when blocked where the card does so", async () => {
    const powered = await selected({ quirks: { blockedStatusWord: "6983" } });
    for (let tries = 0; tries < 3; tries++) await send(powered, "00200098", pins().wrong);
    expect(await unlock(powered)).toBe("6983");
  });

  it("gives all tries back after the right PIN, and still answers the question with them", async () => {
    const powered = await selected();
    await send(powered, "00200098", pins().wrong);
    expect(await unlock(powered)).toBe("9000");
    expect(await send(powered, "00200098")).toBe("63C3");
  });

  it("ends PIN state by a wrong PIN", async () => {
    const powered = await selected();
    await unlock(powered);
    await send(powered, "00200098", pins().wrong);
    expect(await sign(powered, "97", Uint8Array.of(1))).toBe("6982");
  });

  it("compares octets, so small letters are wrong", async () => {
    const powered = await selected({ signingPin: "ABC" + pins().file.authenticationPin });
    const typed = new TextEncoder().encode("abc" + pins().file.authenticationPin);
    expect(await send(powered, "0020009B", typed)).toBe("63C4");
  });

  it.each([
    ["a file that is no PIN", "0020008A", "6981"],
    ["no such file", "0020009F", "6A88"],
    ["no current file", "00200080", "6986"],
    ["another P1", "00200198", "6A86"],
  ])("refuses %s without spending a try", async (_, command, answer) => {
    expect(await send(await selected(), command)).toBe(answer);
  });

  it("changes a PIN after it was verified, also for the next power-on", async () => {
    const powered = await selected();
    expect(await send(powered, "00240198", pins().wrong)).toBe("6982");
    await unlock(powered);
    expect(await send(powered, "00240198", pins().signing)).toBe("6700");
    expect(await send(powered, "00240198", pins().wrong)).toBe("9000");
    const again = await selected();
    expect(await send(again, "00200098", pins().wrong)).toBe("9000");
    expect(await unlock(again)).toBe("63C2");
  });
});

describe("PIN state", () => {
  it.each([
    ["another SELECT of the application", (powered: VirtualCard) => send(powered, SELECT_JPKI), {}, true],
    ["a reset", (powered: VirtualCard) => powered.reset(), {}, true],
    [
      "a reset, as a stricter card has it",
      (powered: VirtualCard) => powered.reset(),
      { keepPinStateOverReset: false },
      false,
    ],
    ["SELECT of another application", (powered: VirtualCard) => send(powered, SELECT_DOMAIN), {}, false],
    [
      "a reset, then another application",
      (powered: VirtualCard) => (powered.reset(), send(powered, SELECT_DOMAIN)),
      {},
      false,
    ],
    ["power loss", (powered: VirtualCard) => (powered.powerOff(), powered.powerOn()), {}, false],
  ])("after %s", async (_, happen, quirks, kept) => {
    const powered = await selected({ quirks });
    await unlock(powered);
    await happen(powered);
    await send(powered, SELECT_JPKI);
    expect(await sign(powered, "97", Uint8Array.of(1))).toMatch(kept ? /9000$/ : /^6982$/);
  });
});
