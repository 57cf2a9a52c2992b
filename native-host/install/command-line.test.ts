import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BROWSERS } from "./browsers.ts";
import { parseCommand } from "./command-line.ts";

const parse = (text: string, environment = {}) => parseCommand(text.split(" ").filter(Boolean), environment);

describe("parseCommand", () => {
  it("installs for every browser of this account when nothing is said", () => {
    expect(parse("install")).toEqual({
      name: "install",
      browsers: BROWSERS,
      scope: "user",
      host: undefined,
      hostArguments: [],
    });
  });

  it("makes paths absolute, because the browser starts the host elsewhere", () => {
    expect(parse("install --virtual-card card --user-data-dir profile --browser chrome")).toMatchObject({
      browsers: ["chrome"],
      scope: { userDataDirectory: resolve("profile") },
      hostArguments: ["--virtual-card", resolve("card")],
    });
  });

  it.each([
    [{ LANG: "ja_JP.UTF-8" }, "ja"],
    [{ LANG: "ja_JP.UTF-8", LC_ALL: "C" }, "en"],
    [{ LANG: "de_DE.UTF-8" }, "en"],
  ])("takes the language from %j", (environment, language) => {
    expect(parse("doctor", environment)).toMatchObject({ language });
  });

  it.each([
    "",
    "repair",
    "install --browser netscape",
    "install --json",
    "doctor --lang fr",
    "install --system --user-data-dir x",
    "uninstall --virtual-card x",
    "install extra",
  ])("refuses %j", (text) => {
    expect(() => parse(text)).toThrow();
  });
});
