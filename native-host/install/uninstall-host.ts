import { rmSync, rmdirSync } from "node:fs";
import { familyOf } from "./browsers.ts";
import type { Browser } from "./browsers.ts";
import { readHostManifest } from "./host-manifest.ts";
import { readLauncher } from "./launcher.ts";
import { kodoFolder, launcherPath, manifestLocations } from "./manifest-locations.ts";
import type { Scope } from "./manifest-locations.ts";
import { windowsRegistry } from "./registry.ts";
import type { Surroundings } from "./surroundings.ts";
import { textOf } from "./text-of.ts";

/** What {@link uninstallHost} is to undo. */
export interface UninstallOrder {
  readonly browsers: readonly Browser[];
  readonly scope: Scope;
  /** With the last browser the launcher goes as well. */
  readonly withLauncher: boolean;
  readonly surroundings: Surroundings;
}

/**
 * Removes what `installHost` wrote, and nothing that isn't recognised as such by its content. Returns what was removed; that
 * something is not there is no error. Throws what the file system throws.
 */
export function uninstallHost({ browsers, scope, withLauncher, surroundings }: UninstallOrder): string[] {
  const removed: string[] = [];
  const removeIf = (file: string, isOurs: (text: string) => boolean): void => {
    const text = textOf(file);
    if (text === undefined || !isOurs(text)) return;
    rmSync(file);
    removed.push(file);
  };
  for (const browser of browsers) {
    for (const { file, registryKeys } of manifestLocations(browser, scope, surroundings)) {
      for (const key of registryKeys) {
        if (windowsRegistry().read(key) !== file) continue;
        windowsRegistry().remove(key);
        removed.push(key);
      }
      // on Windows the browsers of a family share the file
      if (registryKeys.length === 0 || withLauncher) {
        removeIf(file, (text) => readHostManifest(familyOf(browser), text) !== undefined);
      }
    }
  }
  if (withLauncher) {
    removeIf(launcherPath(scope, surroundings), (text) => readLauncher(text) !== undefined);
    if (typeof scope === "string") removeIfEmpty(kodoFolder(scope, surroundings));
  }
  return removed;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // somebody else's files are in it, or it never was there
  }
}
