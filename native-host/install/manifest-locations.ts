import { posix, win32 } from "node:path";
import { HOST_NAME } from "../../shared/protocol/version.ts";
import { familyOf } from "./browsers.ts";
import type { Browser } from "./browsers.ts";
import type { Surroundings } from "./surroundings.ts";

/** For whom is installed: this account, everybody on the computer (needs root or administrator), or one profile folder. */
export type Scope = "user" | "system" | { readonly userDataDirectory: string };

/** Where a host manifest lies, and on Windows the registry keys whose default value is its path. */
export interface ManifestLocation {
  readonly file: string;
  readonly registryKeys: readonly string[];
}

const LINUX_USER: Readonly<Record<Browser, string>> = {
  chromium: ".config/chromium/NativeMessagingHosts",
  chrome: ".config/google-chrome/NativeMessagingHosts",
  edge: ".config/microsoft-edge/NativeMessagingHosts",
  brave: ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
  firefox: ".mozilla/native-messaging-hosts",
};

/** Reports differ on where Brave looks for the system's manifests, so it gets both. */
const LINUX_SYSTEM: Readonly<Record<Browser, readonly string[]>> = {
  chromium: ["/etc/chromium/native-messaging-hosts"],
  chrome: ["/etc/opt/chrome/native-messaging-hosts"],
  edge: ["/etc/opt/edge/native-messaging-hosts"],
  brave: ["/etc/chromium/native-messaging-hosts", "/etc/opt/chrome/native-messaging-hosts"],
  firefox: ["/usr/lib/mozilla/native-messaging-hosts"],
};

const MACOS_USER: Readonly<Record<Browser, string>> = {
  chromium: "Library/Application Support/Chromium/NativeMessagingHosts",
  chrome: "Library/Application Support/Google/Chrome/NativeMessagingHosts",
  edge: "Library/Application Support/Microsoft Edge/NativeMessagingHosts",
  brave: "Library/Application Support/BraveSoftware/Brave-Browser/NativeMessagingHosts",
  firefox: "Library/Application Support/Mozilla/NativeMessagingHosts",
};

const MACOS_SYSTEM: Readonly<Record<Browser, readonly string[]>> = {
  chromium: ["/Library/Application Support/Chromium/NativeMessagingHosts"],
  chrome: ["/Library/Google/Chrome/NativeMessagingHosts"],
  edge: ["/Library/Microsoft/Edge/NativeMessagingHosts"],
  brave: ["/Library/Application Support/Chromium/NativeMessagingHosts", "/Library/Google/Chrome/NativeMessagingHosts"],
  firefox: ["/Library/Application Support/Mozilla/NativeMessagingHosts"],
};

/** Below HKCU or HKLM. Brave looks below its own name and below Chrome's, depending on its version. */
const WINDOWS_KEYS: Readonly<Record<Browser, readonly string[]>> = {
  chromium: ["SOFTWARE\\Chromium"],
  chrome: ["SOFTWARE\\Google\\Chrome"],
  edge: ["SOFTWARE\\Microsoft\\Edge"],
  brave: ["SOFTWARE\\BraveSoftware\\Brave-Browser", "SOFTWARE\\Google\\Chrome"],
  firefox: ["SOFTWARE\\Mozilla"],
};

function joinOf(platform: string): (...parts: string[]) => string {
  return (...parts) => (platform === "win32" ? win32 : posix).join(...parts);
}

/** The folder of Kodo's own files. */
export function kodoFolder(scope: Scope, { platform, home, environment }: Surroundings): string {
  const join = joinOf(platform);
  if (typeof scope === "object") return join(scope.userDataDirectory, "NativeMessagingHosts");
  switch (platform) {
    case "win32":
      return scope === "user"
        ? join(environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "Kodo")
        : join(environment["ProgramFiles"] ?? "C:\\Program Files", "Kodo");
    case "darwin":
      return join(scope === "user" ? home : "/", "Library/Application Support/Kodo");
    default:
      return scope === "user"
        ? join(environment["XDG_DATA_HOME"] ?? join(home, ".local/share"), "kodo")
        : "/usr/local/lib/kodo";
  }
}

/** The program that the browser starts: a shell script, on Windows a batch file. */
export function launcherPath(scope: Scope, surroundings: Surroundings): string {
  const isWindows = surroundings.platform === "win32";
  return joinOf(surroundings.platform)(kodoFolder(scope, surroundings), isWindows ? "kodo-host.bat" : "kodo-host");
}

/**
 * Every place where `browser` looks for the manifest. A profile folder (`--user-data-dir`) is read by the Chromium family only, and
 * not on Windows: then there is no place.
 */
export function manifestLocations(
  browser: Browser,
  scope: Scope,
  surroundings: Surroundings,
): readonly ManifestLocation[] {
  const { platform, home } = surroundings;
  const name = `${HOST_NAME}.json`;
  if (platform === "win32") {
    if (typeof scope === "object") return [];
    // one file for each family; browsers find it by the registry, wherever it is
    const file = win32.join(kodoFolder(scope, surroundings), `${HOST_NAME}.${familyOf(browser)}.json`);
    const root = scope === "user" ? "HKCU" : "HKLM";
    return [
      { file, registryKeys: WINDOWS_KEYS[browser].map((key) => `${root}\\${key}\\NativeMessagingHosts\\${HOST_NAME}`) },
    ];
  }
  const folders = (): readonly string[] => {
    if (typeof scope === "object") {
      return familyOf(browser) === "chromium" ? [posix.join(scope.userDataDirectory, "NativeMessagingHosts")] : [];
    }
    const [user, system] = platform === "darwin" ? [MACOS_USER, MACOS_SYSTEM] : [LINUX_USER, LINUX_SYSTEM];
    return scope === "user" ? [posix.join(home, user[browser])] : system[browser];
  };
  return folders().map((folder) => ({ file: posix.join(folder, name), registryKeys: [] }));
}
