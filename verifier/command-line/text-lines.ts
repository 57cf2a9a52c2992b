import type { Failure } from "../verdict/failure.ts";
import type { Check, CheckName } from "../verdict/verdict.ts";
import { printable } from "./printable.ts";
import { inLanguage, WORDS, type Language, type Word } from "./words.ts";

/** Marks before a check, told apart without colour. */
const MARKS = { passed: "✓", failed: "✗", "not-done": "-" } as const;
const CHECK_WORDS: Readonly<Record<CheckName, Word>> = {
  form: "form",
  content: "content-check",
  coverage: "coverage",
  signature: "signature-check",
  certificate: "certificate-check",
  timestamp: "timestamp-check",
  validity: "validity",
  revocation: "revocation",
};

/** Writes lines for people, in one language. What comes from a file is made {@link printable}. */
export class TextLines {
  readonly #lines: string[] = [];
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  /** One of our own words. */
  word(name: Word): string {
    return inLanguage(WORDS[name], this.#language);
  }

  /** A line as it is. */
  line(text = "", indent = 0): void {
    this.#lines.push(`${"  ".repeat(indent)}${printable(text)}`.trimEnd());
  }

  /** `label: value`. */
  pair(label: Word, value: string, indent = 1): void {
    this.line(`${this.word(label)}${this.#language === "en" ? ": " : "："}${value}`, indent);
  }

  /** The sentence for people, and below it the code and the note for whoever is asked about it. */
  failure(found: Failure, indent: number): void {
    this.line(inLanguage(found.sentences, this.#language), indent);
    this.line(`(${found.code}: ${found.detail})`, indent);
  }

  /** Every check, with the sentence of what is wrong. */
  checks(checks: readonly Check[]): void {
    this.line(this.word("checks"), 1);
    for (const { check, outcome, failure } of checks) {
      this.pairOf(`${MARKS[outcome]} ${this.word(CHECK_WORDS[check])}`, this.word(outcome));
      if (failure) this.failure(failure, 3);
    }
  }

  /** A moment, to the second, in Japan's time. */
  time(time: Date): string {
    const { year, month, day, hour, minute, second } = partsOf(time);
    return this.#language === "en"
      ? `${year}-${month}-${day} ${hour}:${minute}:${second} JST`
      : `${year}年${Number(month)}月${Number(day)}日 ${hour}:${minute}:${second}`;
  }

  /** A day as certificates have it, `YYYY[-MM[-DD]]`. */
  day(day: string): string {
    const [year = "", month, date] = day.split("-");
    if (this.#language === "en") return day;
    return `${year}年${month === undefined ? "" : `${Number(month)}月`}${date === undefined ? "" : `${Number(date)}日`}`;
  }

  /** All lines, ended. */
  text(): string {
    return `${this.#lines.join("\n")}\n`;
  }

  private pairOf(label: string, value: string): void {
    this.line(`${label}${this.#language === "en" ? ": " : "："}${value}`, 2);
  }
}

const FORMAT = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Tokyo",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function partsOf(time: Date): Record<"year" | "month" | "day" | "hour" | "minute" | "second", string> {
  const parts = new Map(FORMAT.formatToParts(time).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}
