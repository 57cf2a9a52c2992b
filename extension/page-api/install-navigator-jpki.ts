import { TypeError, defineProperties, defineProperty, getOwnPropertyDescriptors } from "./captured-globals.ts";
import { JpkiError } from "./jpki-error.ts";
import { Jpki, jpki } from "./jpki.ts";

/**
 * Defines `navigator.jpki`, `Jpki` and `JpkiError` in a secure top-level document at the default port, and nothing anywhere else. The
 * browsers' match patterns take any port and a host name with a trailing dot; an approval does neither. A `navigator.jpki` that
 * exists already is left alone.
 */
export function installNavigatorJpki(): void {
  const { navigator } = window;
  if (window !== top || !isSecureContext || location.port !== "" || location.hostname.endsWith(".")) return;
  if ("jpki" in navigator) return;
  defineProperties(
    Navigator.prototype,
    getOwnPropertyDescriptors({
      get jpki() {
        if ((this as unknown) !== navigator) throw new TypeError("Illegal invocation");
        return jpki;
      },
    }),
  );
  defineProperty(window, "Jpki", { value: Jpki, writable: true, configurable: true });
  defineProperty(window, "JpkiError", { value: JpkiError, writable: true, configurable: true });
}
