import { describe, expect, it } from "vitest";
import { groupDigest, readDocument } from "./document-content.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a document is shown", () => {
  it.each([
    "text/plain",
    "text/html",
    "application/json",
    "application/ld+json",
    "image/svg+xml",
    "Text/Plain; charset=utf-8",
  ])("as text when its type is %s", (type) => {
    expect(readDocument(type, utf8("申請書\n"))).toEqual({
      kind: "text",
      encoding: "UTF-8",
      runs: [{ kind: "text", text: "申請書\n" }],
      marks: 0,
    });
  });

  it("in the encoding that its type declares", () => {
    const shiftJis = Uint8Array.of(0x90, 0x5c, 0x90, 0xbf);
    expect(readDocument('text/plain; charset="Shift_JIS"', shiftJis)).toMatchObject({
      encoding: "SHIFT_JIS",
      runs: [{ kind: "text", text: "申請" }],
    });
  });

  it("with every hidden character counted, the byte order mark included", () => {
    expect(readDocument("text/plain", utf8("\uFEFFa\u202Eb"))).toMatchObject({ marks: 2 });
  });

  it.each([
    ["application/pdf", utf8("%PDF-1.7")],
    ["", utf8("text")],
    ["text/plain", Uint8Array.of(0xff, 0xfe, 0x41)],
    ["text/plain; charset=nonsense", utf8("a")],
    ["text/plain", new Uint8Array(1024 * 1024 + 1).fill(0x61)],
    ["text/plain", new Uint8Array(4096)],
  ])("from outside only when it can't be shown as text: %s", (type, bytes) => {
    expect(readDocument(type, bytes)).toEqual({ kind: "opaque" });
  });

  it("with its digest in groups", () => {
    expect(groupDigest("9f2c41aa07be")).toBe("9f2c 41aa 07be");
  });
});
