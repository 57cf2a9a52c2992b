import { describe, expect, it } from "vitest";
import { cardInsertions } from "./card-insertions.ts";
import { READER_STATE } from "./winscard.ts";

const state = (bits: number, eventCount: number): { reader: string; state: number } => ({
  reader: "A",
  state: ((eventCount << 16) | bits) >>> 0,
});
const { empty, present, mute } = READER_STATE;

describe("cardInsertions", () => {
  it("counts a card when it comes, and not again while it stays", () => {
    const insertions = cardInsertions();
    expect(insertions.readerState(state(empty, 0))).toEqual({ reader: "A", card: "absent", insertion: 0 });
    expect(insertions.readerState(state(present, 1))).toEqual({ reader: "A", card: "present", insertion: 1 });
    expect(insertions.readerState(state(present | 0x100, 1)).insertion).toBe(1);
    expect(insertions.readerState(state(empty, 2))).toEqual({ reader: "A", card: "absent", insertion: 1 });
  });

  it("sees an exchange between two looks", () => {
    const insertions = cardInsertions();
    const before = insertions.readerState(state(present, 1)).insertion;
    expect(insertions.readerState(state(present, 3)).insertion).not.toBe(before);
  });

  it("tells a card that doesn't answer", () => {
    expect(cardInsertions().readerState(state(present | mute, 0xffff)).card).toBe("unresponsive");
  });

  it("never gives two readers the same number", () => {
    const insertions = cardInsertions();
    const first = insertions.readerState({ reader: "A", state: present }).insertion;
    expect(insertions.readerState({ reader: "B", state: present }).insertion).not.toBe(first);
  });

  it("takes a card as put in anew after the service was lost", () => {
    const insertions = cardInsertions();
    const before = insertions.readerState(state(present, 1)).insertion;
    insertions.forget();
    expect(insertions.readerState(state(present, 1)).insertion).not.toBe(before);
  });
});
