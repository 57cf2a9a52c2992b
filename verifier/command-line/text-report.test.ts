import { describe, expect, it } from "vitest";
import type { AcceptedSignature, Coverage, FileReport } from "../index.ts";
import { failure } from "../verdict/failure.ts";
import { textReport } from "./text-report.ts";

const SHA256 = "0".repeat(64);
const signature = (coverage: Coverage, changes: Partial<AcceptedSignature> = {}): AcceptedSignature => ({
  label: "Signature1",
  format: "pades",
  verdict: "valid",
  checks: [{ check: "form", outcome: "passed" }],
  signer: { name: "吉高　桜太郎", nameSubstitutes: [0, 1], birthDate: "1950", sex: "unknown" },
  certificate: {
    kind: "signing",
    issuerNameHash: SHA256,
    authorityFingerprint: SHA256,
    serialNumber: "0a",
    sha256: SHA256,
    notBefore: new Date("2024-04-01T00:00:00Z"),
    notAfter: new Date("2029-03-31T14:59:59Z"),
    test: false,
  },
  timestamp: { time: new Date("2026-04-01T15:00:00Z"), authority: SHA256 },
  judgedAt: new Date("2026-04-01T15:00:00Z"),
  judgedBy: "timestamp",
  coverage,
  evidence: {} as AcceptedSignature["evidence"],
  test: false,
  ...changes,
});
const report = (...signatures: FileReport["signatures"]): FileReport => ({ verdict: "valid", signatures, test: false });
const whole = { kind: "content", whole: true, octets: undefined } as const;

describe("a report for people", () => {
  it("tells what later revisions of a PDF did", () => {
    const laterChanges = [
      { kind: "form-entry", what: "field 2 filled in", allowed: true },
      { kind: "content", what: "/Pages 3 0 R changed", allowed: false },
    ] as const;
    const coverage = { kind: "revision", whole: false, revision: 1, revisions: 3, octets: 12, laterChanges } as const;
    const text = textReport("a.pdf", report(signature(coverage)), "en");
    expect(text).toContain("Covers: revision 1/3, 12 octets");
    expect(text).toContain("form-entry: field 2 filled in (allowed)");
    expect(text).toContain("content: /Pages 3 0 R changed (not allowed)");
  });

  it("tells which parts of an XML file, and which files beside it", () => {
    const octets = new Uint8Array(5);
    const parts = [
      { uri: "#a", path: "/form[1]", octets },
      { uri: "form.txt", octets },
    ];
    const text = textReport("a.xml", report(signature({ kind: "parts", whole: false, parts })), "en");
    expect(text).toContain("Covers: parts of the document");
    expect(text).toContain('"#a" /form[1], 5 octets');
    expect(text).toContain('"form.txt" a file beside it, 5 octets');
  });

  it("tells times in Japan's time, a date as far as it is known, and where substitutes stand", () => {
    const text = textReport("a", report(signature(whole)), "ja");
    for (const words of [
      "タイムスタンプ：2026年4月2日 00:00:00",
      "代わりの文字（代替文字）の位置：1, 2",
      "生年月日：1950年",
      "性別：記載なし",
      "2029年3月31日 23:59:59",
    ])
      expect(text).toContain(words);
    expect(text).not.toContain("【テスト】");
  });

  it("counts signatures, and says of a refused one why, and nothing of a signer", () => {
    const why = failure("changed-after-signing", "revision 2");
    const refused = {
      label: "Signature2",
      format: "pades",
      verdict: "refused",
      failure: why,
      checks: [{ check: "coverage", outcome: "failed", failure: why }],
    } as const;
    const both = { ...report(signature(whole), refused), verdict: "refused", failure: why } as const;
    const text = textReport("a.pdf", both, "en");
    expect(text).toMatch(/^a\.pdf: refused\nThe file was changed after it was signed\./);
    expect(text).toContain("Signature 1/2 (pades, Signature1): valid");
    expect(text).toContain("✗ coverage: failed");
    expect(text.slice(text.indexOf("Signature 2/2"))).not.toMatch(/Name|Address/);
  });

  it("lets nothing of a file reach the terminal but letters", () => {
    const hostile = "\u001b[2J\u001b[H a.pdf: valid\r\n\u202e";
    const parts = [{ uri: hostile, path: hostile, octets: new Uint8Array() }];
    const coverage: Coverage = { kind: "parts", whole: true, parts };
    const text = textReport(hostile, report(signature(coverage, { label: hostile, signer: { name: hostile } })), "en");
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text.split("\n").filter((line) => line.startsWith(" a.pdf: valid"))).toEqual([]);
  });
});
