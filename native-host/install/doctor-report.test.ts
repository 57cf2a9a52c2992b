import { describe, expect, it } from "vitest";
import { nothingMissing, reportJson, reportText } from "./doctor-report.ts";
import { DOCTOR_TEXTS } from "./doctor-texts.ts";
import { FINDING_CODES, FINDING_LEVELS, finding } from "./finding.ts";

describe.each(["en", "ja"] as const)("the doctor's texts in %s", (language) => {
  it.each(FINDING_CODES.filter((code) => FINDING_LEVELS[code] === "missing"))("give a next step for %s", (code) => {
    expect(DOCTOR_TEXTS[language][code].step).toBeTruthy();
  });

  it.each(FINDING_CODES)("ask for the same things as the other language: %s", (code) => {
    const blanks = (text: string): string[] => text.match(/\{\w+\}/g) ?? [];
    expect(blanks(DOCTOR_TEXTS[language][code].sentence)).toEqual(blanks(DOCTOR_TEXTS.en[code].sentence));
  });
});

describe("the report", () => {
  const findings = [
    finding("reader-ok", "Reader $& A"),
    { code: "attempts-signing", count: 5 } as const,
    finding("card-none"),
  ];

  it("fills in what was found, and shows the step of what is missing", () => {
    const lines = reportText(findings, "en").split("\n");
    expect(lines[0]).toContain("Reader $& A");
    expect(lines[1]).toContain("5 tries");
    expect(lines[3]).toContain("→");
  });

  it("is the same for programs", () => {
    const report: unknown = JSON.parse(reportJson(findings, "ja"));
    expect(report).toMatchObject({
      complete: false,
      findings: [{ code: "reader-ok", level: "ok" }, { count: 5 }, { code: "card-none", level: "missing" }],
    });
  });

  it("is complete as long as nothing is missing", () => {
    expect(nothingMissing([finding("card-test"), finding("browser-sandboxed", "Firefox")])).toBe(true);
    expect(nothingMissing([finding("pcsc-unavailable")])).toBe(false);
  });
});
