import * as koffi from "koffi";
import { describe, expect, it } from "vitest";
import { readerStateType } from "./winscard-library.ts";
import { winscardPlatform } from "./winscard-platform.ts";

describe("SCARD_READERSTATE", () => {
  it.runIf(process.arch === "x64" || process.arch === "arm64").each([
    ["win32", 64, 16],
    ["darwin", 61, 16],
  ])("has the size of the headers of %s", (platform, size, offset) => {
    const type = readerStateType(koffi, winscardPlatform(platform));
    expect(koffi.sizeof(type)).toBe(size);
    expect(koffi.offsetof(type, "dwCurrentState")).toBe(offset);
  });

  // the size of DWORD is this computer's `unsigned long`, so the test needs a computer where that is pcsc-lite's
  it.runIf(process.platform === "linux" && process.arch === "x64")("has the size of pcsc-lite's header", () => {
    const type = readerStateType(koffi, winscardPlatform("linux"));
    expect(koffi.sizeof(type)).toBe(80);
    expect(koffi.offsetof(type, "rgbAtr")).toBe(40);
  });
});
