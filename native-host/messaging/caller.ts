import { CHROMIUM_EXTENSION_ID, FIREFOX_EXTENSION_ID } from "../../shared/protocol/version.ts";

/**
 * Whether the arguments that the browser appended name our extension. Chromium and its relatives pass `chrome-extension://<id>/` (on
 * Windows followed by `--parent-window=…`), Firefox the path of the host manifest and the extension's id. It keeps another extension
 * out that got into a host manifest; a program that starts the host itself can say what it likes (docs/threat-model).
 */
export function isKnownCaller(browserArguments: readonly string[]): boolean {
  const [first, second, ...rest] = browserArguments;
  const chromium = first === `chrome-extension://${CHROMIUM_EXTENSION_ID}/`;
  if (chromium) return rest.length === 0 && (second === undefined || second.startsWith("--parent-window="));
  return rest.length === 0 && second === FIREFOX_EXTENSION_ID;
}
