import { expect, it } from "vitest";
import { inLanguage, WORDS, type Word } from "./words.ts";

it.each(Object.keys(WORDS) as Word[])("%s is said in three languages", (word) => {
  expect(inLanguage(WORDS[word], "ja")).not.toBe("");
  expect(inLanguage(WORDS[word], "ja-easy")).not.toBe("");
  expect(inLanguage(WORDS[word], "en")).toMatch(/^[\x20-\x7e]+$/);
});
