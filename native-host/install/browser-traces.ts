import { posix, win32 } from "node:path";
import type { Browser } from "./browsers.ts";
import { manifestLocations } from "./manifest-locations.ts";
import type { Surroundings } from "./surroundings.ts";

const LINUX_PROGRAMS: Readonly<Record<Browser, readonly string[]>> = {
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser"],
  chrome: ["/usr/bin/google-chrome"],
  edge: ["/usr/bin/microsoft-edge"],
  brave: ["/usr/bin/brave-browser"],
  firefox: ["/usr/bin/firefox", "/usr/bin/firefox-esr"],
};

const WINDOWS_PROFILES: Readonly<Record<Browser, readonly [base: "LOCALAPPDATA" | "APPDATA", folder: string]>> = {
  chromium: ["LOCALAPPDATA", "Chromium\\User Data"],
  chrome: ["LOCALAPPDATA", "Google\\Chrome\\User Data"],
  edge: ["LOCALAPPDATA", "Microsoft\\Edge\\User Data"],
  brave: ["LOCALAPPDATA", "BraveSoftware\\Brave-Browser\\User Data"],
  firefox: ["APPDATA", "Mozilla\\Firefox"],
};

const PACKAGE_NAMES: Readonly<Record<Browser, { readonly snap: string; readonly flatpak: string }>> = {
  chromium: { snap: "chromium", flatpak: "org.chromium.Chromium" },
  chrome: { snap: "google-chrome", flatpak: "com.google.Chrome" },
  edge: { snap: "microsoft-edge", flatpak: "com.microsoft.Edge" },
  brave: { snap: "brave", flatpak: "com.brave.Browser" },
  firefox: { snap: "firefox", flatpak: "org.mozilla.firefox" },
};

/** Paths of which any one shows that this account has the browser: its program, or the folder that it keeps its profiles in. */
export function browserTraces(browser: Browser, surroundings: Surroundings): readonly string[] {
  const { platform, environment, home } = surroundings;
  if (platform === "win32") {
    const [base, folder] = WINDOWS_PROFILES[browser];
    return [win32.join(environment[base] ?? win32.join(home, "AppData"), folder)];
  }
  // beside our folder, so that the folder that an installation made is not taken for the browser itself
  const profiles = manifestLocations(browser, "user", surroundings).map(({ file }) =>
    posix.dirname(posix.dirname(file)),
  );
  const marks = browser === "firefox" ? ["firefox", "profiles.ini", "Firefox"] : ["Local State", "Default"];
  return [
    ...profiles.flatMap((folder) => marks.map((mark) => posix.join(folder, mark))),
    ...(platform === "linux" ? LINUX_PROGRAMS[browser] : []),
  ];
}

/** Paths of which any one shows the browser in a sandbox (snap, Flatpak) that keeps programs outside from being started. */
export function sandboxTraces(browser: Browser, { platform, home }: Surroundings): readonly string[] {
  if (platform !== "linux") return [];
  const { snap, flatpak } = PACKAGE_NAMES[browser];
  return [
    posix.join("/snap/bin", snap),
    posix.join("/var/lib/flatpak/app", flatpak),
    posix.join(home, ".local/share/flatpak/app", flatpak),
  ];
}
