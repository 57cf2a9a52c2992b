import { describe, expect, it } from "vitest";
import { markedTexts } from "./structure.ts";

const begin = (id: string | null) => ({ type: "beginMarkedContentProps", id });
const end = { type: "endMarkedContent" };

describe("the texts of marked content", () => {
  it("are told apart by their ids, wherever their pieces stand", () => {
    const pieces = [begin("a"), { str: "one", hasEOL: true }, end, begin("b"), { str: "two" }, end];
    expect([...markedTexts([...pieces, begin("a"), { str: "three" }, end])]).toEqual([
      ["a", "one\nthree"],
      ["b", "two"],
    ]);
  });

  it("leave nothing out: what has no id, or no mark at all, belongs to what it stands in, or to nothing", () => {
    const pieces = [
      { str: "bare " },
      begin("a"),
      begin(null),
      { str: "inner" },
      end,
      end,
      begin(null),
      { str: "artifact" },
    ];
    expect([...markedTexts(pieces)]).toEqual([
      [undefined, "bare artifact"],
      ["a", "inner"],
    ]);
  });

  it("stand ends without beginnings", () => {
    expect([...markedTexts([end, end, { str: "x" }])]).toEqual([[undefined, "x"]]);
  });
});
