import { expect, it } from "vitest";
import { jsonReport } from "./json-report.ts";

it("writes times as text, and octets with their length, long ones without the octets", () => {
  const report = {
    verdict: "valid",
    at: new Date(0),
    missing: undefined,
    parts: [{ octets: Uint8Array.of(1, 2) }, Buffer.alloc(65_537)],
  };
  expect(JSON.parse(jsonReport(report))).toEqual({
    verdict: "valid",
    at: "1970-01-01T00:00:00.000Z",
    parts: [{ octets: { length: 2, base64: "AQI=" } }, { length: 65_537 }],
  });
});
