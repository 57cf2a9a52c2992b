/** The browsers that the host can be installed for. */
export const BROWSERS = ["chromium", "chrome", "edge", "brave", "firefox"] as const;

/** One of {@link BROWSERS}. */
export type Browser = (typeof BROWSERS)[number];

/** Browsers of one family read the same host manifest. */
export type BrowserFamily = "chromium" | "firefox";

/** The family of a browser. */
export const familyOf = (browser: Browser): BrowserFamily => (browser === "firefox" ? "firefox" : "chromium");

/** The browsers' own names, the same in every language. */
export const BROWSER_NAMES: Readonly<Record<Browser, string>> = {
  chromium: "Chromium",
  chrome: "Google Chrome",
  edge: "Microsoft Edge",
  brave: "Brave",
  firefox: "Firefox",
};
