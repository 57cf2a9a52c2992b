import { describe, expect, it } from "vitest";
import { CHROMIUM_EXTENSION_ID, FIREFOX_EXTENSION_ID } from "../../shared/protocol/version.ts";
import { isKnownCaller } from "./caller.ts";
import { parseHostArguments } from "./host-arguments.ts";

const chromium = `chrome-extension://${CHROMIUM_EXTENSION_ID}/`;

describe("the caller that a browser names", () => {
  it.each([[[chromium]], [[chromium, "--parent-window=0"]], [["host.json", FIREFOX_EXTENSION_ID]]])(
    "is ours: %j",
    (values) => expect(isKnownCaller(values)).toBe(true),
  );

  it.each([
    [[]],
    [[chromium.slice(0, -1)]],
    [[chromium.toUpperCase()]],
    [[`${chromium}page.html`]],
    [["chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/"]],
    [["chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/", chromium]],
    [[chromium, FIREFOX_EXTENSION_ID]],
    [[chromium, "--parent-window=0", "more"]],
    [[FIREFOX_EXTENSION_ID]],
    [["host.json", "other@kodo.example"]],
    [["host.json", FIREFOX_EXTENSION_ID, "more"]],
  ])("is somebody else: %j", (values) => expect(isKnownCaller(values)).toBe(false));
});

describe("the host's arguments", () => {
  it("are the launcher's, then the browser's", () => {
    expect(parseHostArguments(["--virtual-card", "folder", "--transcript", "file", chromium, "--version"])).toEqual({
      version: false,
      virtualCard: "folder",
      transcript: "file",
      browser: [chromium, "--version"],
    });
    expect(parseHostArguments(["--version"])).toMatchObject({ version: true, virtualCard: undefined, browser: [] });
  });

  it.each([[["--virtual-card"]], [["--virtual-card", "--transcript", "file"]], [["--transcript"]]])(
    "are refused where a value is missing: %j",
    (values) => expect(() => parseHostArguments(values)).toThrow(RangeError),
  );
});
