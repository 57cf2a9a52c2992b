import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { BROWSERS, BROWSER_NAMES, familyOf } from "./browsers.ts";
import type { Browser } from "./browsers.ts";
import { browserTraces, sandboxTraces } from "./browser-traces.ts";
import { finding } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { EXTENSION_NAMES, readHostManifest } from "./host-manifest.ts";
import { readLauncher } from "./launcher.ts";
import type { LaunchPlan } from "./launcher.ts";
import { launcherPath, manifestLocations } from "./manifest-locations.ts";
import type { ManifestLocation, Scope } from "./manifest-locations.ts";
import { windowsRegistry } from "./registry.ts";
import type { Surroundings } from "./surroundings.ts";
import { textOf } from "./text-of.ts";

/** The oldest Node that runs the host. */
const OLDEST_NODE = 20;
/** A host that prints its version takes a fifth of a second; a computer under load takes longer. */
const LAUNCH_MILLISECONDS = 10_000;

/** What {@link examineInstallation} looks at. */
export interface InstallationParts {
  readonly scopes: readonly Scope[];
  /** The host's file that would be installed from here. */
  readonly host: string;
  readonly surroundings: Surroundings;
}

/** Everything between browser and host, in this order: Node, host, launcher, manifests, sandboxed browsers. Runs the launcher once. */
export function examineInstallation(parts: InstallationParts): { findings: Finding[]; plan: LaunchPlan | undefined } {
  const { scopes, host, surroundings } = parts;
  const [major = 0] = process.versions.node.split(".").map(Number);
  const launchers = scopes.map((scope) => launcherPath(scope, surroundings)).filter((file) => existsSync(file));
  const plan = launchers.map((file) => readLauncher(textOf(file) ?? "")).find((read) => read !== undefined);
  const findings = [
    finding(major >= OLDEST_NODE ? "node-ok" : "node-old", process.versions.node),
    finding(existsSync(host) ? "host-ok" : "host-missing", host),
    ...(launchers.length === 0 ? [finding("launcher-missing")] : launchers.map(examineLauncher)),
    ...examineBrowsers(parts),
  ];
  return { findings, plan };
}

function examineLauncher(file: string): Finding {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return finding("launcher-not-executable", file);
  }
  const plan = readLauncher(textOf(file) ?? "");
  if (plan === undefined || !existsSync(plan.node) || !existsSync(plan.host)) return finding("launcher-outdated", file);
  const { status } = spawnSync(file, ["--version"], {
    timeout: LAUNCH_MILLISECONDS,
    stdio: "ignore",
    shell: process.platform === "win32",
  });
  return finding(status === 0 ? "launcher-ok" : "launcher-fails", file);
}

function examineBrowsers({ scopes, surroundings }: InstallationParts): Finding[] {
  const findings = BROWSERS.flatMap((browser) => {
    const exists = browserTraces(browser, surroundings).some((path) => existsSync(path));
    const locations = scopes.flatMap((scope) => manifestLocations(browser, scope, surroundings));
    const found = locations.flatMap((location) => examineManifest(browser, location));
    // one good manifest is enough; a browser that isn't here needs none
    const good = found.find(({ code }) => code === "manifest-ok");
    if (good) return exists ? [good] : [];
    if (found[0]) return [found[0]];
    return exists ? [finding("manifest-missing", BROWSER_NAMES[browser])] : [];
  });
  const sandboxed = BROWSERS.filter((browser) => sandboxTraces(browser, surroundings).some((path) => existsSync(path)));
  return [
    ...(findings.length === 0 ? [finding("browser-none")] : findings),
    ...sandboxed.map((browser) => finding("browser-sandboxed", BROWSER_NAMES[browser])),
  ];
}

/** What a manifest that is there is like; nothing where there is none. */
function examineManifest(browser: Browser, { file, registryKeys }: ManifestLocation): Finding[] {
  const name = BROWSER_NAMES[browser];
  if (registryKeys.length > 0 && !registryKeys.some((key) => windowsRegistry().read(key) === file)) return [];
  const text = textOf(file);
  if (text === undefined) return [];
  const manifest = readHostManifest(familyOf(browser), text);
  if (manifest === undefined) return [finding("manifest-unreadable", `${name}: ${file}`)];
  if (!manifest.extensions.includes(EXTENSION_NAMES[familyOf(browser)])) {
    return [finding("manifest-other-extension", `${name}: ${file}`)];
  }
  return [finding(existsSync(manifest.launcher) ? "manifest-ok" : "manifest-other-launcher", name)];
}
