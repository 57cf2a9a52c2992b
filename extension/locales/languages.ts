import { en } from "./en.ts";
import { jaEasy } from "./ja-easy.ts";
import { ja } from "./ja.ts";
import { parseMarkup, plainText } from "./markup.ts";
import type { TextKey, Texts, ValuesArgument } from "./text-types.ts";

/** The languages of every window, in the order of the menu. */
export const LANGUAGES = ["ja", "ja-easy", "en"] as const;
/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  ja: "日本語",
  "ja-easy": "やさしい日本語",
  en: "English",
};

/** The `lang` attribute of each: a pan-CJK font draws Japanese glyphs only under `ja`. */
export const HTML_LANG: Readonly<Record<Language, "ja" | "en">> = { ja: "ja", "ja-easy": "ja", en: "en" };

/** All texts. */
export const TEXTS: Readonly<Record<Language, Texts>> = { ja, "ja-easy": jaEasy, en };

/** A text without marks and furigana, for places that take no markup. */
export function plain<Key extends TextKey>(language: Language, key: Key, ...values: ValuesArgument<Key>): string {
  return plainText(parseMarkup(TEXTS[language][key]), values[0]);
}

/** The language for a BCP 47 tag (the page's hint, the browser's own), until the resident has chosen: Japanese unless it says English. */
export function languageFor(...tags: readonly (string | undefined)[]): Language {
  const tag = tags.find((candidate) => /^(ja|en)(-|$)/i.test(candidate ?? ""));
  return tag?.toLowerCase().startsWith("en") ? "en" : "ja";
}

/** A day as people write it, in Japanese time: certificates end at midnight there. */
export function formatDate(language: Language, milliseconds: number): string {
  return new Intl.DateTimeFormat(HTML_LANG[language], { dateStyle: "long", timeZone: "Asia/Tokyo" }).format(
    milliseconds,
  );
}

/** A day, a month or a year of the calendar (`YYYY[-MM[-DD]]`), as people write it. What is no such thing comes back as it is. */
export function formatCalendarDate(language: Language, date: string): string {
  const [, year = "", month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date) ?? [];
  const time = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  if (year === "" || Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat(HTML_LANG[language], {
    year: "numeric",
    ...(month !== undefined && { month: "long" }),
    ...(day !== undefined && { day: "numeric" }),
    timeZone: "UTC",
  }).format(time);
}

/** A size in bytes, KB, MB or GB (powers of 1024), with one decimal place above bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] =
    bytes < 1024 ** 2
      ? [bytes / 1024, "KB"]
      : bytes < 1024 ** 3
        ? [bytes / 1024 ** 2, "MB"]
        : [bytes / 1024 ** 3, "GB"];
  return `${size.toFixed(1)} ${unit}`;
}
