import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { launcherScript, readLauncher } from "./launcher.ts";
import type { LaunchPlan } from "./launcher.ts";

const strange: LaunchPlan = {
  node: "/opt/it's $HOME/node",
  host: '/opt/"公道" `x`/host.mjs',
  arguments: ["--virtual-card", "/a b/c\\d%PATH%"],
};

describe("launcherScript", () => {
  it.each(["linux", "win32"])("is read again (%s)", (platform) => {
    expect(readLauncher(launcherScript(strange, platform))).toEqual(strange);
  });

  it("quotes for batch files, where a percent sign is doubled", () => {
    const text = launcherScript({ node: "C:\\100%\\node.exe", host: "C:\\h.mjs", arguments: [] }, "win32");
    expect(text).toContain('"C:\\100%%\\node.exe" "C:\\h.mjs" %*\r\n');
  });

  it.each(["", "#!/bin/sh\nexec node\n", "#!/bin/sh\n# kodo-host launcher: {}\n"])("is not seen in %j", (text) => {
    expect(readLauncher(text)).toBeUndefined();
  });
});

describe.runIf(process.platform !== "win32")("the shell script", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "kodo launcher '$x' "))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("hands on our arguments and the browser's, whatever is in them, and no NODE_OPTIONS", () => {
    const host = join(folder, "host.mjs");
    writeFileSync(host, "console.log(JSON.stringify([process.argv.slice(2), process.env.NODE_OPTIONS ?? null]))");
    const own = ["--virtual-card", join(folder, "a 'b' $HOME `id` \"c\"")];
    const launcher = join(folder, "kodo-host");
    writeFileSync(launcher, launcherScript({ node: process.execPath, host, arguments: own }, "linux"));
    chmodSync(launcher, 0o755);
    const browsers = ["chrome-extension://id/", "$(id) two words"];
    const environment = { ...process.env, NODE_OPTIONS: "--trace-warnings" };
    const printed = execFileSync(launcher, browsers, { encoding: "utf8", env: environment });
    expect(JSON.parse(printed)).toEqual([[...own, ...browsers], null]);
  });
});
