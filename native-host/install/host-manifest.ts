import * as v from "valibot";
import { CHROMIUM_EXTENSION_ID, FIREFOX_EXTENSION_ID, HOST_NAME } from "../../shared/protocol/version.ts";
import type { BrowserFamily } from "./browsers.ts";

/** The extension as host manifests of each family name it: an origin with a slash (Chromium), an add-on id (Firefox). */
export const EXTENSION_NAMES: Readonly<Record<BrowserFamily, string>> = {
  chromium: `chrome-extension://${CHROMIUM_EXTENSION_ID}/`,
  firefox: FIREFOX_EXTENSION_ID,
};

/** The host manifest that names `launcher` (absolute path) and lets our extension, and no other, start it. Text of a JSON file. */
export function hostManifest(family: BrowserFamily, launcher: string): string {
  const manifest = {
    name: HOST_NAME,
    description: "公道 (Kodo): My Number Card for approved sites",
    path: launcher,
    type: "stdio",
    [family === "chromium" ? "allowed_origins" : "allowed_extensions"]: [EXTENSION_NAMES[family]],
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const manifestSchema = v.object({
  name: v.literal(HOST_NAME),
  path: v.string(),
  allowed_origins: v.optional(v.array(v.string()), []),
  allowed_extensions: v.optional(v.array(v.string()), []),
});

/** What a host manifest of ours says: whom it starts, and whom it lets in. */
export interface ReadManifest {
  readonly launcher: string;
  readonly extensions: readonly string[];
}

/** Reads a host manifest. `undefined` when the text is no manifest for our host. */
export function readHostManifest(family: BrowserFamily, text: string): ReadManifest | undefined {
  try {
    const manifest = v.parse(manifestSchema, JSON.parse(text));
    const extensions = family === "chromium" ? manifest.allowed_origins : manifest.allowed_extensions;
    return { launcher: manifest.path, extensions };
  } catch {
    return undefined;
  }
}
