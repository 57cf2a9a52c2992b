import { existsSync } from "node:fs";
import { join } from "node:path";

/** The repository's root. */
export const ROOT = join(import.meta.dirname, "../..");
/** The managed build for Chromium. */
export const EXTENSION = join(ROOT, ".output/chrome-managed");
/** The built host's installer and doctor. */
export const HOST_CONTROL = join(ROOT, "out/host/kodo-hostctl.mjs");

const CHROMIUMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The system's Chromium or Chrome (`KODO_CHROMIUM` names another). Throws when there is none. */
export function chromiumPath(): string {
  const named = process.env["KODO_CHROMIUM"];
  const found = [...(named === undefined ? [] : [named]), ...CHROMIUMS].find((path) => existsSync(path));
  if (found === undefined) throw new Error("no Chromium found; install it or name it in KODO_CHROMIUM");
  return found;
}
