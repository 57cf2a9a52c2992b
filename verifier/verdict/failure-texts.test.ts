import { describe, expect, it } from "vitest";
import { FAILURE_CODES } from "./failure-codes.ts";
import { FAILURE_TEXTS } from "./failure-texts.ts";

const LANGUAGES = ["ja", "jaEasy", "en"] as const;
const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[。])|(?<=\.)\s+/).filter((sentence) => sentence !== "");

it("there is a text for every code, and for nothing else", () => {
  expect(Object.keys(FAILURE_TEXTS).sort()).toEqual([...FAILURE_CODES].sort());
});

describe.each(LANGUAGES)("the sentences in %s", (language) => {
  it.each(FAILURE_CODES)("for %s are one to three whole ones, without a code", (code) => {
    const text = FAILURE_TEXTS[code][language];
    expect(text).toMatch(language === "en" ? /\.$/ : /。$/);
    expect(sentencesOf(text).length).toBeGreaterThan(0);
    expect(sentencesOf(text).length).toBeLessThanOrEqual(language === "jaEasy" ? 3 : 2);
    expect(text).not.toMatch(/[a-z]+-[a-z]+-|[{}<>|]/);
    for (const other of FAILURE_CODES.filter((each) => each.includes("-"))) expect(text).not.toContain(other);
  });

  it("differ for each code", () => {
    expect(new Set(FAILURE_CODES.map((code) => FAILURE_TEXTS[code][language])).size).toBe(FAILURE_CODES.length);
  });

  it("are in the language they claim to be in", () => {
    for (const code of FAILURE_CODES) {
      if (language === "en") expect(FAILURE_TEXTS[code].en).toMatch(/^[\x20-\x7e]+$/);
      else expect(FAILURE_TEXTS[code][language]).toMatch(/(です|ます|ません|でした|ました|ください|せん)。/);
    }
  });
});

describe("plain Japanese", () => {
  const withoutReadings = (text: string): string => text.replaceAll(/（[ぁ-ん]+）/g, "");

  it.each(FAILURE_CODES)("for %s has short sentences", (code) => {
    for (const sentence of sentencesOf(withoutReadings(FAILURE_TEXTS[code].jaEasy)))
      expect(sentence.length, sentence).toBeLessThanOrEqual(36);
  });

  it.each(FAILURE_CODES)("for %s gives the reading of every harder word once", (code) => {
    // read by whoever has just begun to learn: what is taught first stands as it is
    const known = /[一二三四人日名前中入出新見読書使何番]/g;
    const text = FAILURE_TEXTS[code].jaEasy;
    const explained = [...text.matchAll(/([一-龠]+)（[ぁ-ん]+）/g)].map(([, word]) => word ?? "");
    const bare = explained.reduce((rest, word) => rest.replaceAll(word, ""), text).replaceAll(known, "");
    expect(bare).not.toMatch(/[一-龠]/);
  });
});
