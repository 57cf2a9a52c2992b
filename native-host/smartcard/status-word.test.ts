import { expect, it } from "vitest";
import { parseResponse } from "./response-apdu.ts";
import { SmartCardError } from "./smart-card-connection.ts";
import { announcedLength, printStatusWord, retryCounter, StatusWordError } from "./status-word.ts";

it.each([
  [0x63c0, 0],
  [0x63c3, 3],
  [0x63cf, 15],
  [0x6300, undefined],
  [0x9000, undefined],
  [0x6984, undefined],
])("reads the tries left from %i", (statusWord, tries) => expect(retryCounter(statusWord)).toBe(tries));

it("takes 00 for 256 octets", () => {
  expect([announcedLength(0x6100), announcedLength(0x6c21)]).toEqual([256, 0x21]);
});

it("prints a status word with its name", () => {
  expect([printStatusWord(0x6982), printStatusWord(0x0042)]).toEqual(["6982 (securityStatusNotSatisfied)", "0042"]);
});

it("says in an error which command was answered", () => {
  const error = new StatusWordError(0x6982, 0x2a);
  expect(error.message).toBe("PERFORM SECURITY OPERATION answered 6982 (securityStatusNotSatisfied)");
  expect(error).toMatchObject({ statusWord: 0x6982, instruction: 0x2a });
});

it("takes a response apart", () => {
  expect(parseResponse(Uint8Array.of(1, 2, 0x90, 0))).toEqual({ data: Uint8Array.of(1, 2), statusWord: 0x9000 });
  expect(parseResponse(Uint8Array.of(0x6a, 0x82))).toEqual({ data: new Uint8Array(), statusWord: 0x6a82 });
});

it.each([0, 1])("takes %i octets for no response", (length) => {
  expect(() => parseResponse(new Uint8Array(length))).toThrow(SmartCardError);
});
