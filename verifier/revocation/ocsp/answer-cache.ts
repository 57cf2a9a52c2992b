import type { OcspAnswer } from "./answer-verdict.ts";

/** Answers that still count, by certificate: at most `entries`, the one that was kept first goes first. */
export class AnswerCache {
  readonly #kept = new Map<string, { readonly answer: OcspAnswer; readonly until: number }>();
  readonly #entries: number;

  constructor(entries: number) {
    this.#entries = entries;
  }

  /** The answer for a certificate if it still counts at `now` (milliseconds since 1970). */
  get(certificate: string, now: number): OcspAnswer | undefined {
    const found = this.#kept.get(certificate);
    if (found && found.until >= now) return found.answer;
    this.#kept.delete(certificate);
    return undefined;
  }

  /** Keeps an answer until that time. */
  keep(certificate: string, answer: OcspAnswer, until: number): void {
    if (this.#entries === 0) return;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= this.#entries && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(certificate, { answer, until });
  }
}
