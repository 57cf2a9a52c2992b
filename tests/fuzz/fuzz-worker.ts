import { parentPort, workerData } from "node:worker_threads";
import type { Bytes } from "../../formats/der/der.ts";
import { runFuzzTask, type FuzzTask } from "./fuzz-paths.ts";

/** What became of a task: how many inputs were taken, or what was found, in words. */
export type FuzzOutcome = { readonly accepted: number } | { readonly finding: string };

const words = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\n  because: ${words(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
};

parentPort?.on("message", (task: FuzzTask) => {
  void runFuzzTask(task, workerData as Bytes[])
    .then((accepted): FuzzOutcome => ({ accepted }))
    .catch((error: unknown): FuzzOutcome => ({ finding: words(error) }))
    .then((outcome) => parentPort?.postMessage(outcome));
});
