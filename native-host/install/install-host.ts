import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { familyOf } from "./browsers.ts";
import type { Browser } from "./browsers.ts";
import { hostManifest } from "./host-manifest.ts";
import { launcherScript } from "./launcher.ts";
import type { LaunchPlan } from "./launcher.ts";
import { launcherPath, manifestLocations } from "./manifest-locations.ts";
import type { Scope } from "./manifest-locations.ts";
import { windowsRegistry } from "./registry.ts";
import type { Surroundings } from "./surroundings.ts";
import { textOf } from "./text-of.ts";

/** What {@link installHost} is to do. */
export interface InstallOrder {
  readonly browsers: readonly Browser[];
  readonly scope: Scope;
  readonly plan: LaunchPlan;
  readonly surroundings: Surroundings;
}

/**
 * Writes the launcher and every host manifest, executable or readable for all, each file as a whole or not at all. Running it again
 * changes nothing. Returns what was written: files, and on Windows registry keys. Throws what the file system throws.
 */
export function installHost({ browsers, scope, plan, surroundings }: InstallOrder): string[] {
  const launcher = launcherPath(scope, surroundings);
  const written = new Set<string>([launcher]);
  writeWhole(launcher, launcherScript(plan, surroundings.platform), 0o755);
  for (const browser of browsers) {
    for (const { file, registryKeys } of manifestLocations(browser, scope, surroundings)) {
      if (!written.has(file)) writeWhole(file, hostManifest(familyOf(browser), launcher), 0o644);
      written.add(file);
      for (const key of registryKeys) {
        windowsRegistry().write(key, file);
        written.add(key);
      }
    }
  }
  return [...written];
}

function writeWhole(file: string, text: string, mode: number): void {
  mkdirSync(dirname(file), { recursive: true });
  if (textOf(file) !== text) {
    const draft = `${file}.${process.pid}.new`;
    writeFileSync(draft, text);
    renameSync(draft, file);
  }
  // whatever the umask says: other accounts must be able to start what is installed for the system
  chmodSync(file, mode);
}
