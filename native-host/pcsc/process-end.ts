import type { ForeignFunctions } from "./winscard-library.ts";

/**
 * Ends this process without waiting for calls that other threads are in. Node's own exit waits for them, without bound. Buffered
 * output is lost, so this belongs at the end of the `exit` event.
 */
export function endProcessAtOnce(koffi: ForeignFunctions, exitCode: number): void {
  // on Windows the signal is TerminateProcess, which asks nobody
  if (process.platform === "win32") process.kill(process.pid, "SIGKILL");
  else koffi.load(null).func("_exit", "void", ["int"])(exitCode);
}
