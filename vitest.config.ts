import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * `unit`: beside the sources, no process, no browser, no card service; seconds. `whole`: what crosses modules, with the real pcscd,
 * Chromium, openssl and OpenSC; one file at a time, because there is one card service and two cores.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          // no test here changes a global: one module graph for each worker halves the time
          isolate: false,
          // all cores: vitest leaves one alone
          maxWorkers: availableParallelism(),
          include: [
            "{shared,formats,extension,verifier,native-host,examples,tools}/**/*.test.{ts,tsx}",
            "tests/repository/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**"],
        },
      },
      {
        test: {
          name: "whole",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: ["tests/repository/**", "**/node_modules/**"],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
