import { describe, expect, it } from "vitest";
import { decodeMultiString } from "./multi-string.ts";

const narrow = (text: string): Uint8Array => new TextEncoder().encode(text);
const wide = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf16le"));

describe("decodeMultiString", () => {
  it.each([
    ["no name", "\0", []],
    ["nothing at all", "", []],
    ["one name", "Reader A\0\0", ["Reader A"]],
    ["several names", "Reader A 00\0カードリーダー\0\0", ["Reader A 00", "カードリーダー"]],
    ["what stands behind the end", "Reader A\0\0old name\0", ["Reader A"]],
  ] as const)("reads %s", (_, text, names) => {
    expect(decodeMultiString(narrow(text), false)).toEqual(names);
    expect(decodeMultiString(wide(text), true)).toEqual(names);
  });
});
