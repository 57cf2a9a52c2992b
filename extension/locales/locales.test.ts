import { describe, expect, it } from "vitest";
import { formatBytes, formatCalendarDate, formatDate, LANGUAGES, languageFor, TEXTS } from "./languages.ts";
import { parseMarkup, plainText, type TextPart } from "./markup.ts";
import { defineTexts, type Placeholders, type TextKey } from "./text-types.ts";

const flat = (parts: readonly TextPart[]): TextPart[] =>
  parts.flatMap((part) => (part.kind === "strong" ? flat(part.parts) : [part]));
const placeholders = (text: string): string[] =>
  flat(parseMarkup(text)).flatMap((part) => (part.kind === "value" ? [part.name] : []));

describe("the languages", () => {
  const keys = Object.keys(TEXTS.ja) as TextKey[];

  it.each(LANGUAGES)("%s has the keys and placeholders of Japanese, and no empty text", (language) => {
    const texts = TEXTS[language];
    expect(Object.keys(texts)).toEqual(keys);
    for (const key of keys) {
      expect(texts[key].trim(), key).not.toBe("");
      expect([...new Set(placeholders(texts[key]))].sort(), key).toEqual(
        [...new Set(placeholders(TEXTS.ja[key]))].sort(),
      );
    }
  });

  it("does not compile without a key, with another key, without a placeholder, with another placeholder", () => {
    const { help, ...withoutHelp } = TEXTS.en;
    // @ts-expect-error a key is missing
    defineTexts(withoutHelp);
    // @ts-expect-error one key too many
    defineTexts({ ...TEXTS.en, extra: "" });
    const none: Placeholders<"{漢字|かんじ} and **bold**"> extends never ? true : false = true;
    // @ts-expect-error the placeholder of the Japanese text is missing
    const missing: Placeholders<"あと{count}回"> extends Placeholders<"left"> ? true : false = true;
    expect([help, none, missing]).toEqual(["Help", true, true]);
  });

  it("gives every kanji of やさしい日本語 its reading, in kana, where markup is possible", () => {
    const withoutMarkup = /^(title|operation|test\.label|steps|seal\.(label|yours)|working\.progress|document\.label)/;
    for (const key of keys.filter((name) => !withoutMarkup.test(name))) {
      for (const part of flat(parseMarkup(TEXTS["ja-easy"][key]))) {
        if (part.kind === "words") expect(part.text, key).not.toMatch(/\p{Script=Han}/u);
        if (part.kind === "ruby") expect(part.reading, key).toMatch(/^[ぁ-んー]+$/);
      }
    }
  });
});

describe("marks in a text", () => {
  it("are read into parts", () => {
    expect(parseMarkup("あと{count}{回|かい}¦**強い**\n")).toEqual([
      { kind: "words", text: "あと" },
      { kind: "value", name: "count" },
      { kind: "ruby", base: "回", reading: "かい" },
      { kind: "may-break" },
      { kind: "strong", parts: [{ kind: "words", text: "強い" }] },
      { kind: "line-end" },
    ]);
  });

  it("leave plain text, and values are not read for marks", () => {
    expect(plainText(parseMarkup("{site}の¦{電話|でんわ}\n**!**"), { site: "{x|y}¦" })).toBe("{x|y}¦の電話 !");
    expect(plainText(parseMarkup("{unknown}"))).toBe("");
  });
});

describe("how things are written", () => {
  it("takes the first tag that says Japanese or English, else Japanese", () => {
    expect(languageFor("en-GB")).toBe("en");
    expect(languageFor(undefined, "fr", "en")).toBe("en");
    expect(languageFor("ja", "en")).toBe("ja");
    expect(languageFor("english")).toBe("ja");
  });

  it("writes days, months and years of the calendar, and leaves what is none", () => {
    const dates = ["1990-05-18", "1990-05", "1990", "平成2年"];
    expect(dates.map((date) => formatCalendarDate("ja", date))).toEqual([
      "1990年5月18日",
      "1990年5月",
      "1990年",
      "平成2年",
    ]);
    expect(formatCalendarDate("en", "1990-05-18")).toBe("May 18, 1990");
  });

  it("writes days in Japanese time and sizes in powers of 1024", () => {
    const midnight = Date.UTC(2030, 4, 16, 15);
    expect([formatDate("ja", midnight), formatDate("en", midnight)]).toEqual(["2030年5月17日", "May 17, 2030"]);
    expect([1023, 1229, 5 * 1024 ** 2, 1.5 * 1024 ** 3].map(formatBytes)).toEqual([
      "1023 B",
      "1.2 KB",
      "5.0 MB",
      "1.5 GB",
    ]);
  });
});
