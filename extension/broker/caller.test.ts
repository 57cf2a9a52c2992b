import { describe, expect, it } from "vitest";
import { EXTENSION_ID, senderAt } from "../../tests/support/broker-world.ts";
import { identifyCaller, isActive, isCeremonyWindow, type Sender } from "./caller.ts";

const CITY = "https://www.city.example.lg.jp";

describe("identifyCaller", () => {
  it("names origin, tab and document of a page in a tab", () => {
    expect(identifyCaller(senderAt(CITY), EXTENSION_ID)).toEqual({
      origin: CITY,
      tabId: 7,
      documentId: `document of ${CITY}`,
    });
  });

  it("takes a host name written in Unicode as the browser serialises it", () => {
    const { origin } = new URL("https://見本市.example/");
    expect(identifyCaller(senderAt(origin), EXTENSION_ID)?.origin).toBe(origin);
  });

  const differences: readonly (readonly [string, Partial<Sender>])[] = [
    ["another extension", { id: "b".repeat(32) }],
    ["nobody", { id: undefined }],
    ["a frame", { frameId: 3 }],
    ["something without a frame", { frameId: undefined }],
    ["a private window", { tab: { id: 7, incognito: true } }],
    ["something in no tab", { tab: undefined }],
    ["a tab without an id", { tab: { incognito: false } }],
    ["no document", { documentId: undefined }],
    ["no address", { url: undefined }],
    ["no origin", { origin: undefined }],
    ["an opaque origin", { origin: "null" }],
    ["an address that is none", { url: "www.city.example.lg.jp" }],
    ["an address of another origin", { url: "https://www.town.example.lg.jp/" }],
    ["a blank page that took over its opener's origin", { url: "about:blank" }],
    ["an origin with a path", { origin: `${CITY}/` }],
    ["an origin in capitals", { origin: CITY.toUpperCase() }],
    ["an origin that names the default port", { origin: `${CITY}:443` }],
  ];
  it.each(differences)("refuses %s", (_who, difference) => {
    expect(identifyCaller(senderAt(CITY, difference), EXTENSION_ID)).toBeUndefined();
  });

  it.each([
    "http://www.city.example.lg.jp",
    "https://www.city.example.lg.jp:8443",
    "https://www.city.example.lg.jp.",
    "http://localhost",
    "file://",
    `chrome-extension://${EXTENSION_ID}`,
  ])("refuses a page at %s", (origin) => {
    expect(identifyCaller(senderAt(origin), EXTENSION_ID)).toBeUndefined();
  });
});

describe("isActive", () => {
  it.each([
    ["active", true],
    [undefined, true],
    ["prerender", false],
    ["cached", false],
    ["pending_deletion", false],
  ])("%s: %s", (documentLifecycle, expected) => {
    expect(isActive(senderAt(CITY, { documentLifecycle }))).toBe(expected);
  });
});

describe("isCeremonyWindow", () => {
  const address = `chrome-extension://${EXTENSION_ID}/ceremony.html#call`;
  it.each([
    ["our window", { url: address }, true],
    ["our window in Firefox", { url: "moz-extension://6a1e1d6c/ceremony.html" }, true],
    ["another page of ours", { url: `chrome-extension://${EXTENSION_ID}/options.html` }, false],
    ["a window of the same name elsewhere", { id: "b".repeat(32), url: address }, false],
    ["a content script of ours", { url: `${CITY}/ceremony.html` }, false],
    ["no address", { url: undefined }, false],
    ["an address that is none", { url: "ceremony.html" }, false],
  ])("%s", (_who, difference, expected) => {
    expect(isCeremonyWindow(senderAt(CITY, difference), EXTENSION_ID)).toBe(expected);
  });
});
