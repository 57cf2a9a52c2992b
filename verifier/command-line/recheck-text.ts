import type { RecheckReport } from "../revocation/recheck.ts";
import { TextLines } from "./text-lines.ts";
import type { Language } from "./words.ts";

/** What newer lists made of earlier verdicts, for people: one line each, and below it why. */
export function recheckText({ results }: RecheckReport, language: Language): string {
  const lines = new TextLines(language);
  for (const { subject, before, after, status, test } of results) {
    const where = subject.label === undefined ? "" : ` (${subject.label})`;
    lines.line(`SHA-256 ${subject.sha256}${where}: ${lines.word(after)}`);
    if (before !== after) lines.line(lines.word("changed"), 1);
    lines.pair("before", lines.word(before));
    if (status.status === "revoked") lines.pair("revoked-at", lines.time(status.revokedAt));
    if (status.status === "unknown")
      lines.pair("revocation", `${lines.word("not-done")} (${status.why}: ${status.detail})`);
    if (test) lines.line(lines.word("test"), 1);
  }
  return lines.text();
}
