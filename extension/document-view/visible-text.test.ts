import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitWords, visibleRuns } from "./visible-text.ts";

describe("text that can't hide anything", () => {
  it.each([
    ["\u202Egpj.exe", "U+202E"],
    ["a\u0000b", "U+0000"],
    ["\uFEFFa", "U+FEFF"],
    ["a\u200Bb", "U+200B"],
    ["a\u2066b", "U+2066"],
    ["a\u{E0041}b", "U+E0041"],
    ["a\u3164b", "U+3164"],
    ["a\u034Fb", "U+034F"],
    ["a\u180Eb", "U+180E"],
    ["a\u2800b", "U+2800"],
    ["a\uFFF0b", "U+FFF0"],
    ["a\u{E0F00}b", "U+E0F00"],
    ["a\u2028b", "U+2028"],
    ["a\rb", "U+000D"],
    ["a\u0085b", "U+0085"],
  ])("shows %j with %s", (text, code) => {
    expect(visibleRuns(text, true)).toContainEqual({ kind: "mark", code });
  });

  it("keeps tabs and line ends of a document, and marks them on one line", () => {
    expect(visibleRuns("a\tb\r\nc\n", true)).toEqual([{ kind: "text", text: "a\tb\nc\n" }]);
    expect(visibleRuns("a\r\nb", false).filter((run) => run.kind === "mark")).toHaveLength(2);
  });

  it("keeps the variants that Japanese names are written with", () => {
    expect(visibleRuns("葛\u{E0100}城", false)).toEqual([{ kind: "text", text: "葛\u{E0100}城" }]);
  });

  it("loses nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const back = visibleRuns(text, false).map((run) =>
          run.kind === "text" ? run.text : String.fromCodePoint(Number.parseInt(run.code.slice(2), 16)),
        );
        expect(back.join("")).toBe(text);
      }),
    );
  });

  it("limits the site's words by code points", () => {
    expect(limitWords("𠮷𠮷𠮷", 3)).toBe("𠮷𠮷𠮷");
    expect(limitWords("𠮷𠮷𠮷𠮷", 3)).toBe("𠮷𠮷𠮷…");
  });
});
