import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SELECT_JPKI, send, somePins, temporaryFolder } from "../../tests/support/virtual-card.ts";
import { CARD_FILE, CardFileError, writeCardFile } from "./card-file.ts";
import { openCardSlot, type CardSlot, type InsertedCard, type SlotState } from "./card-slot.ts";

let folder: string;
let remove: () => void;
let slot: CardSlot;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  slot = openCardSlot(folder);
});
afterEach(() => {
  slot.close();
  remove();
});

/** Resolves with the state as soon as it is as wanted. */
function until(wanted: (state: SlotState) => boolean): Promise<SlotState> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      try {
        const state = slot.state();
        if (!wanted(state)) return;
        unsubscribe();
        resolve(state);
      } catch (error) {
        unsubscribe();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const unsubscribe = slot.subscribe(look);
    look();
  });
}
function cardNow(): InsertedCard {
  const { card } = slot.state();
  if (!card) throw new Error("no card");
  card.powerOn();
  return card;
}

describe("following card.json", () => {
  it.each([
    ["the card is taken out", { present: false }, "card-removed"],
    ["the reader is unplugged", { reader: false }, "reader-unavailable"],
    ["the service ends", { service: "unavailable" }, "service-unavailable"],
    ["another person's card is put in", { person: "substituted" }, "card-removed"],
    ["it is put in again", { insertion: 7 }, "card-removed"],
  ] as const)("when %s, the card from before is gone", async (_, file, fault) => {
    const before = cardNow();
    writeCardFile(folder, file);
    await until(({ card }) => card !== before);
    expect(before.removed.reason).toMatchObject({ fault });
    await expect(before.transmit(new Uint8Array(5))).rejects.toMatchObject({ fault });
  });

  it("numbers insertions, and takes the same file written twice for one", async () => {
    const first = cardNow();
    writeCardFile(folder, { insertion: 1 });
    const second = await until(({ card }) => card !== undefined && card.insertion !== first.insertion);
    writeCardFile(folder, { insertion: 1 });
    writeCardFile(folder, { insertion: 1, present: false });
    await until(({ card }) => card === undefined);
    writeCardFile(folder, { insertion: 1 });
    const third = await until(({ card }) => card !== undefined);
    expect(third.card?.insertion).toBe((second.card?.insertion ?? 0) + 1);
  });

  it("goes back to an ordinary card when the file is deleted", async () => {
    writeCardFile(folder, { present: false });
    await until(({ card }) => card === undefined);
    rmSync(join(folder, CARD_FILE));
    await until(({ card }) => card !== undefined);
  });

  it("reports a file that stays broken, and goes on when it is mended", async () => {
    writeFileSync(join(folder, CARD_FILE), "{");
    await expect(until(() => false)).rejects.toThrow(CardFileError);
    writeCardFile(folder, { present: false });
    await new Promise<void>((resolve) => slot.subscribe(resolve));
    expect(slot.state().card).toBeUndefined();
  });

  it("is not opened on a broken file", () => {
    const other = temporaryFolder();
    writeFileSync(join(other.folder, CARD_FILE), "{");
    expect(() => openCardSlot(other.folder)).toThrow(CardFileError);
    other.remove();
  });
});

describe("a card that goes by itself", () => {
  it("answers its last command, and stays away until it is put in again", async () => {
    writeCardFile(folder, { quirks: { removedAfterCommands: 2 }, insertion: 1 });
    await until(({ card }) => card?.insertion === 2);
    const card = cardNow();
    expect(await send(card, SELECT_JPKI)).toBe("9000");
    expect(await send(card, "00200098")).toBe("63C3");
    await expect(send(card, "00200098")).rejects.toMatchObject({ fault: "card-removed" });
    await until((state) => state.card === undefined);
    writeCardFile(folder, { quirks: { removedAfterCommands: 2 }, insertion: 2 });
    await until((state) => state.card?.insertion === 3);
  });
});

describe("state.json", () => {
  it("keeps the tries over power, removal and processes, and holds no PIN", async () => {
    const pins = somePins();
    writeCardFile(folder, pins.file);
    const { insertion } = cardNow();
    await until(({ card }) => card !== undefined && card.insertion !== insertion);
    const card = cardNow();
    await send(card, SELECT_JPKI);
    expect(await send(card, "00200098", pins.wrong)).toBe("63C2");
    // another process on the same folder
    const other = openCardSlot(folder);
    const same = other.state().card;
    same?.powerOn();
    if (same) {
      await send(same, SELECT_JPKI);
      expect(await send(same, "00200098", pins.wrong)).toBe("63C1");
    }
    other.close();
    expect(await send(card, "00200098")).toBe("63C1");
    expect(await send(card, "0020009B", pins.signing)).toBe("9000");
    const kept = readFileSync(join(folder, "state.json"), "utf8");
    expect(kept).toContain('"signing"');
    expect(kept).not.toContain(pins.file.signingPin);
  });

  it("gives a newly issued PIN all its tries", async () => {
    const pins = somePins();
    writeCardFile(folder, pins.file);
    await until(({ card }) => card?.insertion === 2);
    const card = cardNow();
    await send(card, SELECT_JPKI);
    for (let tries = 0; tries < 3; tries++) await send(card, "00200098", pins.wrong);
    expect(await send(card, "00200098", pins.authentication)).toBe("6984");
    writeCardFile(folder, { ...pins.file, authenticationPin: new TextDecoder().decode(pins.wrong) });
    await until((state) => state.card?.insertion === 3);
    const again = cardNow();
    await send(again, SELECT_JPKI);
    expect(await send(again, "00200098")).toBe("63C3");
  });
});
