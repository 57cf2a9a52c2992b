import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BROWSERS } from "./browsers.ts";
import { readHostManifest } from "./host-manifest.ts";
import { installHost } from "./install-host.ts";
import { launcherPath, manifestLocations } from "./manifest-locations.ts";
import type { Surroundings } from "./surroundings.ts";
import { uninstallHost } from "./uninstall-host.ts";

let surroundings: Surroundings;
beforeEach(() => {
  surroundings = { platform: "linux", home: mkdtempSync(join(tmpdir(), "kodo-install-")), environment: {} };
});
afterEach(() => rmSync(surroundings.home, { recursive: true }));

const plan = { node: "/usr/bin/node", host: "/opt/kodo/kodo-host.mjs", arguments: [] };
const order = () => ({ browsers: BROWSERS, scope: "user" as const, plan, surroundings });
const undo = () => ({ browsers: BROWSERS, scope: "user" as const, withLauncher: true, surroundings });
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

describe.runIf(process.platform !== "win32")("installHost", () => {
  it("writes a launcher and a manifest that names it for every browser, and tells all of it", () => {
    const written = installHost(order());
    expect([...written].sort()).toEqual(filesBelow(surroundings.home));
    for (const browser of BROWSERS) {
      const file = manifestLocations(browser, "user", surroundings)[0]?.file ?? "";
      const family = browser === "firefox" ? "firefox" : "chromium";
      expect(readHostManifest(family, readFileSync(file, "utf8"))?.launcher).toBe(written[0]);
      expect(statSync(file).mode & 0o777).toBe(0o644);
    }
    expect(statSync(written[0] ?? "").mode & 0o777).toBe(0o755);
  });

  it("can be run again, also for another host", () => {
    const before = installHost(order());
    const after = installHost({ ...order(), plan: { ...plan, host: "/opt/newer/kodo-host.mjs" } });
    expect(after).toEqual(before);
    expect(readFileSync(after[0] ?? "", "utf8")).toContain("/opt/newer/kodo-host.mjs");
    expect(filesBelow(surroundings.home)).toHaveLength(before.length);
  });

  it("is undone without a trace in files", () => {
    const written = installHost(order());
    expect(uninstallHost(undo()).sort()).toEqual([...written].sort());
    expect(filesBelow(surroundings.home)).toEqual([]);
    expect(uninstallHost(undo())).toEqual([]);
  });
});

describe.runIf(process.platform !== "win32")("uninstallHost", () => {
  it("leaves what is not ours", () => {
    installHost(order());
    const launcher = launcherPath("user", surroundings);
    const manifest = manifestLocations("chrome", "user", surroundings)[0]?.file ?? "";
    writeFileSync(launcher, "#!/bin/sh\necho somebody else's\n");
    writeFileSync(manifest, '{"name":"jp.other.host","path":"/x"}');
    uninstallHost(undo());
    expect(filesBelow(surroundings.home)).toEqual([manifest, launcher].sort());
  });

  it("of one browser leaves the others their launcher", () => {
    installHost(order());
    const removed = uninstallHost({ ...undo(), browsers: ["edge"], withLauncher: false });
    expect(removed).toEqual(manifestLocations("edge", "user", surroundings).map(({ file }) => file));
  });
});
