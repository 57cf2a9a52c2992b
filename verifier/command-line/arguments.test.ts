import { describe, expect, it } from "vitest";
import { parseCommand } from "./arguments.ts";
import { UsageError } from "./exit-codes.ts";

const TRUST = ["--trust", "trust", "--accept-unknown-revocation"];
const parse = (...words: string[]) => parseCommand(words, {});

describe("the words of a command", () => {
  it("are read", () => {
    const words = [
      "--crl",
      "a",
      "--crl",
      "b",
      "--trust",
      "t",
      "--timestamp-trust",
      "s",
      "--at",
      "2026-04-01T09:00+09:00",
    ];
    expect(parse("verify", "x.xml", ...words, "--content", "f", "--part", "p", "--format", "xades")).toEqual({
      name: "verify",
      file: "x.xml",
      contents: ["f"],
      certificate: undefined,
      format: "xades",
      parts: ["p"],
      trust: "t",
      testTrust: undefined,
      timestampTrust: "s",
      lists: ["a", "b"],
      at: new Date("2026-04-01T00:00:00Z"),
      json: false,
      language: "en",
    });
    expect(parse("recheck", "-", "--trust", "t", "--crl", "l", "--json")).toMatchObject({
      name: "recheck",
      file: "-",
      json: true,
    });
    const expected = ["--origin", "https://a.example", "--challenge", "c"];
    expect(parse("token", "t", ...expected, ...TRUST)).toMatchObject({ origin: "https://a.example", challenge: "c" });
    expect(parse("attributes", "t", ...expected, ...TRUST, "--purpose", "p")).toMatchObject({ purpose: "p" });
  });

  it.each([[], ["help"], ["--help"], ["verify", "--help"], ["-h"]])("ask for help: %j", (...words) => {
    expect(parse(...words)).toEqual({ name: "help" });
  });

  it.each([
    ["no such command", ["prove", "x"], "no command"],
    ["a name of Object's", ["constructor", "x"], "no command"],
    ["no file", ["verify", ...TRUST], "Which file"],
    ["two files", ["verify", "a", "b", ...TRUST], "One file"],
    ["an unknown option", ["verify", "a", "--crls", "x"], "--crls"],
    ["another command's option", ["recheck", "a", "--content", "x"], "--content"],
    ["an option without its value", ["verify", "a", "--trust"], "--trust"],
    ["a value that looks like an option", ["verify", "a", "--trust", "--json"], "--trust"],
    ["a value for a switch", ["verify", "a", ...TRUST, "--json=no"], "--json"],
    ["an option twice", ["verify", "a", ...TRUST, "--trust", "u"], "--trust is given twice"],
    ["nobody to trust", ["verify", "a", "--accept-unknown-revocation"], "--trust"],
    ["no word about revocation", ["verify", "a", "--trust", "t"], "--accept-unknown-revocation"],
    ["nothing to check again with", ["recheck", "a", "--trust", "t"], "--crl"],
    ["two words about revocation", ["verify", "a", ...TRUST, "--crl", "x"], "exclude"],
    ["no such format", ["verify", "a", ...TRUST, "--format", "zip"], "--format"],
    ["no such language", ["verify", "a", ...TRUST, "--lang", "fr"], "--lang"],
    ["a day in place of a moment", ["verify", "a", ...TRUST, "--at", "2026-04-01"], "--at"],
    ["a moment without an offset", ["verify", "a", ...TRUST, "--at", "2026-04-01T09:00:00"], "--at"],
    ["a moment that there is not", ["verify", "a", ...TRUST, "--at", "2026-13-01T09:00:00Z"], "--at"],
    ["no origin", ["token", "a", ...TRUST, "--challenge", "c"], "--origin"],
    ["no challenge", ["attributes", "a", ...TRUST, "--origin", "o"], "--challenge"],
  ])("make no sense with %s", (_, words, said) => {
    expect(() => parse(...words)).toThrow(UsageError);
    expect(() => parse(...words)).toThrow(said);
  });

  it.each([
    [{ LANG: "ja_JP.UTF-8" }, "ja"],
    [{ LANG: "ja_JP.UTF-8", LC_ALL: "C" }, "en"],
    [{ LANG: "de_DE.UTF-8" }, "en"],
    [{ LANG: "", LC_MESSAGES: "ja" }, "ja"],
  ])("are answered in the language of %j", (environment, language) => {
    expect(parseCommand(["verify", "a", ...TRUST], environment)).toMatchObject({ language });
    expect(parseCommand(["verify", "a", ...TRUST, "--lang", "ja-easy"], environment)).toMatchObject({
      language: "ja-easy",
    });
  });
});
