import { Worker } from "node:worker_threads";
import type { Bytes } from "../../formats/der/der.ts";
import { fuzzCertificates, FUZZ_PATHS, type FuzzPath, type FuzzTask } from "./fuzz-paths.ts";
import type { FuzzOutcome } from "./fuzz-worker.ts";

/** Rounds of one task: small enough that a hang is noticed and a finding is soon repeated. */
const TASK_ROUNDS = 1_000;

/** What to run. */
export interface FuzzPlan {
  /** Rounds, split evenly over the paths. */
  readonly count: number;
  /** Of the first task of each path; the next ones have the numbers after it. */
  readonly seed: number;
  readonly paths?: readonly FuzzPath[];
  readonly workers: number;
  /** A task that takes longer than this hangs. */
  readonly hangMilliseconds?: number;
}

/** What came of one path. */
export interface FuzzLine {
  readonly path: FuzzPath;
  readonly seed: number;
  readonly count: number;
  readonly accepted: number;
  /** Of all tasks together, as if one came after the other. */
  readonly seconds: number;
  /** Each with the task that repeats it. */
  readonly findings: readonly string[];
}

/** The tasks of a plan, the paths taking turns. */
export function tasksOf({ count, seed, paths = FUZZ_PATHS }: FuzzPlan): FuzzTask[] {
  const tasks = paths.flatMap((path, place) => {
    const rounds = Math.floor(count / paths.length) + (place < count % paths.length ? 1 : 0);
    return Array.from({ length: Math.ceil(rounds / TASK_ROUNDS) }, (_, turn) => ({
      turn,
      task: { path, seed: seed + turn, count: Math.min(TASK_ROUNDS, rounds - turn * TASK_ROUNDS) },
    }));
  });
  return tasks.toSorted((a, b) => a.turn - b.turn).map(({ task }) => task);
}

/** Runs a plan in worker threads; a worker that crashes or hangs is a finding, and is replaced. */
export async function runFuzz(plan: FuzzPlan, onTask: (done: number, all: number) => void = () => undefined) {
  const { paths = FUZZ_PATHS, seed, workers } = plan;
  const certificates = await fuzzCertificates();
  const tasks = tasksOf(plan);
  const all = tasks.length;
  const lines = new Map(
    paths.map((path) => [path, { path, seed, count: 0, accepted: 0, seconds: 0, findings: [] as string[] }]),
  );
  const work = async (): Promise<void> => {
    let worker = startWorker(certificates);
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      const started = performance.now();
      const outcome = await ask(worker, task, plan.hangMilliseconds ?? 180_000);
      const line = lines.get(task.path);
      if (!line) continue;
      line.count += task.count;
      line.seconds += (performance.now() - started) / 1000;
      if ("accepted" in outcome) line.accepted += outcome.accepted;
      else {
        line.findings.push(`${repeat(task)}\n${outcome.finding}`);
        await worker.terminate();
        worker = startWorker(certificates);
      }
      onTask(all - tasks.length, all);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: workers }, work));
  return [...lines.values()] satisfies FuzzLine[];
}

/** The command that tries the same inputs again. */
const repeat = ({ path, seed, count }: FuzzTask): string => `npm run fuzz -- ${count} --only ${path} --seed ${seed}`;

const startWorker = (workerData: readonly Bytes[]): Worker =>
  new Worker(new URL("./fuzz-worker.ts", import.meta.url), { workerData });

function ask(worker: Worker, task: FuzzTask, hangMilliseconds: number): Promise<FuzzOutcome> {
  return new Promise((resolve) => {
    const settle = (outcome: FuzzOutcome): void => {
      clearTimeout(timer);
      worker.off("message", settle).off("error", crash).off("exit", exit);
      resolve(outcome);
    };
    const crash = (error: unknown): void =>
      settle({ finding: `crashed: ${error instanceof Error ? String(error.stack) : String(error)}` });
    const exit = (code: number): void => settle({ finding: `ended with ${code}` });
    const timer = setTimeout(() => settle({ finding: `no end after ${hangMilliseconds} ms` }), hangMilliseconds);
    worker.on("message", settle).on("error", crash).on("exit", exit);
    worker.postMessage(task);
  });
}
