import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { FUZZ_PATHS } from "./fuzz-paths.ts";
import { runFuzz, tasksOf } from "./fuzz-run.ts";

it("20,000 inputs with fixed seeds: no crash, no hang, no signature over something that was not shown", async () => {
  const lines = await runFuzz({ count: 20_000, seed: 20_261_124, workers: availableParallelism() });
  for (const line of lines) console.log(JSON.stringify({ fuzz: line.path, ...line, path: undefined }));
  expect(lines.flatMap(({ findings }) => findings)).toEqual([]);
  expect(lines.map(({ path, count }) => [path, count])).toEqual(FUZZ_PATHS.map((path) => [path, 4_000]));
  for (const { path, count, accepted } of lines) {
    expect(accepted, path).toBeGreaterThan(count / 50);
    expect(accepted, path).toBeLessThan(count);
  }
});

it("a task that does not end is a finding with the command that repeats it, and the next one runs", async () => {
  const plan = { count: 2_000, seed: 7, paths: ["xml"], workers: 1, hangMilliseconds: 1 } as const;
  const [line] = await runFuzz(plan);
  expect(line?.findings).toEqual([
    "npm run fuzz -- 1000 --only xml --seed 7\nno end after 1 ms",
    "npm run fuzz -- 1000 --only xml --seed 8\nno end after 1 ms",
  ]);
});

it("the rounds are split over the paths, none is lost", () => {
  const tasks = tasksOf({ count: 10_003, seed: 1, workers: 1 });
  expect(tasks.reduce((sum, { count }) => sum + count, 0)).toBe(10_003);
  const [xml] = tasks;
  expect(xml).toEqual({ path: "xml", seed: 1, count: 1_000 });
  expect(new Set(tasks.map(({ path, seed }) => `${path} ${seed}`)).size).toBe(tasks.length);
});
