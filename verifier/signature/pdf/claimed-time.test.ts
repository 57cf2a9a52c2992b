import { describe, expect, it } from "vitest";
import { pdfName, pdfString } from "../../../formats/pdf/pdf-value.ts";
import { readClaimedTime } from "./claimed-time.ts";

const read = (text: string): string | undefined =>
  readClaimedTime(pdfString(new TextEncoder().encode(text)))?.toISOString();

describe("readClaimedTime", () => {
  it.each([
    ["D:20261124120000+09'00'", "2026-11-24T03:00:00.000Z"],
    ["D:20261124120000+09'00", "2026-11-24T03:00:00.000Z"],
    ["D:20261124120000-03'30'", "2026-11-24T15:30:00.000Z"],
    ["D:20261124120000Z", "2026-11-24T12:00:00.000Z"],
    ["D:20261124120000Z00'00'", "2026-11-24T12:00:00.000Z"],
    ["D:20240229000000Z", "2024-02-29T00:00:00.000Z"],
  ])("%s", (text, moment) => expect(read(text)).toBe(moment));

  it.each([
    "D:20261124120000",
    "20261124120000Z",
    "D:20260229000000Z",
    "D:20261124250000Z",
    "D:20261124120000+24'00'",
    "D:20261124120000+09'60'",
    "D:2026",
    "D:20261124120000+0900",
    "",
  ])("nothing for %o", (text) => expect(read(text)).toBeUndefined());

  it("nothing for what is no string", () => {
    expect(readClaimedTime(pdfName("D:20261124120000Z"))).toBeUndefined();
    expect(readClaimedTime(undefined)).toBeUndefined();
  });
});
