import { DOCTOR_TEXTS } from "./doctor-texts.ts";
import type { DoctorLanguage } from "./doctor-texts.ts";
import { FINDING_LEVELS } from "./finding.ts";
import type { Finding } from "./finding.ts";

const MARKS = { ok: "✓", note: "·", missing: "✗" } as const;

/** True when nothing is missing between browser and card. */
export const nothingMissing = (findings: readonly Finding[]): boolean =>
  findings.every(({ code }) => FINDING_LEVELS[code] !== "missing");

/** The findings for people, one line each, and the next step below what is not in order. */
export function reportText(findings: readonly Finding[], language: DoctorLanguage): string {
  const lines = findings.flatMap((found) => {
    const { sentence, step } = textsOf(found, language);
    return [
      `${MARKS[FINDING_LEVELS[found.code]]} ${sentence}  [${found.code}]`,
      ...(step === undefined ? [] : [`    → ${step}`]),
    ];
  });
  return `${lines.join("\n")}\n`;
}

/** The findings for programs: `{ complete, findings: [{ code, level, subject?, count?, sentence, step? }] }`. */
export function reportJson(findings: readonly Finding[], language: DoctorLanguage): string {
  const full = findings.map((found) => ({
    ...found,
    level: FINDING_LEVELS[found.code],
    ...textsOf(found, language),
  }));
  return `${JSON.stringify({ complete: nothingMissing(findings), findings: full }, null, 2)}\n`;
}

function textsOf(found: Finding, language: DoctorLanguage): { sentence: string; step?: string } {
  const { sentence, step } = DOCTOR_TEXTS[language][found.code];
  const fill = (text: string): string =>
    // a function, because a path may hold what replaceAll takes for a pattern
    text.replaceAll("{subject}", () => found.subject ?? "").replaceAll("{count}", String(found.count ?? 0));
  return step === undefined ? { sentence: fill(sentence) } : { sentence: fill(sentence), step: fill(step) };
}
