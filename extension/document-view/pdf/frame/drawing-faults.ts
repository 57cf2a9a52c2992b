/** pdf.js goes on when a part can't be drawn, and says so on the console only; these are its words for it. */
const LEFT_OUT =
  /ignoring (errors|XObject|ExtGState|[Ss]hading|pattern|sub-stream|annotation data|the rest of the image|ColorSpace)|Unable to decode image|decoding failed|translateFont|lookup failed|is not available\.|failed to initialize|exceeded maximum allowed size|getTransferableImage - failed|Dependent image/;

/** Marks a message of ours among those of the parser. */
const SIGN = "kodo-left-out";

/**
 * Listens to the console of `scope` for what was left out. Runs in the parser's scope too, as text, so it must not use anything from
 * outside itself but its arguments.
 */
function listenToConsole(scope: { readonly console: Console }, leftOut: RegExp, tell: () => void): void {
  const warn = scope.console.warn.bind(scope.console);
  scope.console.warn = (...lines: unknown[]) => {
    if (leftOut.test(String(lines[0]))) tell();
    warn(...lines);
  };
}

/** The script to put before the parser's. */
export const workerPrelude = `(${listenToConsole.toString()})(self, ${LEFT_OUT.toString()}, () => self.postMessage("${SIGN}"));\n`;

/** Calls `tell` whenever the parser or the painter leaves something out. */
export function onLeftOut(worker: Worker, tell: () => void): void {
  worker.addEventListener("message", ({ data }) => {
    if (data === SIGN) tell();
  });
  listenToConsole(globalThis, LEFT_OUT, tell);
}
