import { describe, expect, it } from "vitest";
import { BROWSERS } from "./browsers.ts";
import { launcherPath, manifestLocations } from "./manifest-locations.ts";
import type { Surroundings } from "./surroundings.ts";

const linux: Surroundings = { platform: "linux", home: "/residents/aoi", environment: {} };
const macos: Surroundings = { platform: "darwin", home: "/residents/aoi", environment: {} };
const windows: Surroundings = {
  platform: "win32",
  home: "C:\\Users\\aoi",
  environment: { LOCALAPPDATA: "C:\\Users\\aoi\\AppData\\Local", ProgramFiles: "C:\\Program Files" },
};

describe("manifestLocations", () => {
  it.each([
    ["chromium", linux, "user", "/residents/aoi/.config/chromium/NativeMessagingHosts/jp.kodo.host.json"],
    ["firefox", linux, "user", "/residents/aoi/.mozilla/native-messaging-hosts/jp.kodo.host.json"],
    ["chrome", linux, "system", "/etc/opt/chrome/native-messaging-hosts/jp.kodo.host.json"],
    ["firefox", linux, "system", "/usr/lib/mozilla/native-messaging-hosts/jp.kodo.host.json"],
    [
      "edge",
      macos,
      "user",
      "/residents/aoi/Library/Application Support/Microsoft Edge/NativeMessagingHosts/jp.kodo.host.json",
    ],
    ["chrome", macos, "system", "/Library/Google/Chrome/NativeMessagingHosts/jp.kodo.host.json"],
  ] as const)("%s on %j, %s", (browser, surroundings, scope, file) => {
    expect(manifestLocations(browser, scope, surroundings)).toEqual([{ file, registryKeys: [] }]);
  });

  it("uses the registry on Windows, one file for each family", () => {
    expect(manifestLocations("edge", "user", windows)).toEqual([
      {
        file: "C:\\Users\\aoi\\AppData\\Local\\Kodo\\jp.kodo.host.chromium.json",
        registryKeys: ["HKCU\\SOFTWARE\\Microsoft\\Edge\\NativeMessagingHosts\\jp.kodo.host"],
      },
    ]);
    expect(manifestLocations("firefox", "system", windows)).toEqual([
      {
        file: "C:\\Program Files\\Kodo\\jp.kodo.host.firefox.json",
        registryKeys: ["HKLM\\SOFTWARE\\Mozilla\\NativeMessagingHosts\\jp.kodo.host"],
      },
    ]);
  });

  it("puts one profile's manifest and launcher into that profile", () => {
    const scope = { userDataDirectory: "/profiles/p1" };
    expect(manifestLocations("chromium", scope, linux)[0]?.file).toBe(
      "/profiles/p1/NativeMessagingHosts/jp.kodo.host.json",
    );
    expect(manifestLocations("firefox", scope, linux)).toEqual([]);
    expect(launcherPath(scope, linux)).toBe("/profiles/p1/NativeMessagingHosts/kodo-host");
  });

  it.each([linux, macos, windows])("gives every browser a place, for account and system, on %j", (surroundings) => {
    for (const browser of BROWSERS) {
      for (const scope of ["user", "system"] as const) {
        expect(manifestLocations(browser, scope, surroundings).length).toBeGreaterThan(0);
      }
    }
  });
});

describe("launcherPath", () => {
  it("follows XDG_DATA_HOME", () => {
    const environment = { XDG_DATA_HOME: "/data/aoi" };
    expect(launcherPath("user", { ...linux, environment })).toBe("/data/aoi/kodo/kodo-host");
    expect(launcherPath("user", linux)).toBe("/residents/aoi/.local/share/kodo/kodo-host");
  });

  it("is a batch file on Windows", () => {
    expect(launcherPath("user", windows)).toBe("C:\\Users\\aoi\\AppData\\Local\\Kodo\\kodo-host.bat");
  });
});
