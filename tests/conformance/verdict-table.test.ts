import { expect, it } from "vitest";
import { countVerdicts, printVerdicts } from "./verdict-table.ts";

const row = { format: "cades", verifier: "openssl", inputs: 3, accepted: 3, altered: 2, rejected: 2 };
const skips = [{ what: "xades by the JDK", reason: "no java on this machine", count: 7 }];

it("verdicts as they should be pass, all others fail, and a needless excuse fails too", () => {
  expect(countVerdicts({ rows: [row], skips })).toEqual({ passed: 5, failed: 0, skipped: 7 });
  expect(countVerdicts({ rows: [{ ...row, accepted: 1, rejected: 1 }], skips: [] })).toMatchObject({ failed: 3 });
  expect(countVerdicts({ rows: [{ ...row, accepted: 2, excused: 1 }], skips: [] })).toMatchObject({ failed: 0 });
  expect(countVerdicts({ rows: [{ ...row, excused: 1 }], skips: [] })).toMatchObject({ passed: 4, failed: 1 });
});

it("the table ends with its totals, and every skip has its reason", () => {
  const lines = printVerdicts({ rows: [row], skips }).split("\n");
  expect(lines).toContain("| cades | 3 | openssl | 3 | 2 of 2 |");
  expect(lines).toContain("skipped 7: xades by the JDK: no java on this machine");
  expect(lines.at(-1)).toBe("5 passed, 0 failed, 7 skipped");
});
