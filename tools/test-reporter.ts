import { appendFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * Adds every test's outcome to the file named by `KODO_TEST_COUNTS` (a line each: `passed`, `failed`, or `skipped` with its reason), so that
 * `tools/test.ts` can add up several runs. A module that could not be loaded counts as one failure.
 */
export default class CountingReporter implements Reporter {
  readonly #file = process.env["KODO_TEST_COUNTS"] ?? "/dev/null";

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    const reason =
      result.state === "skipped"
        ? `\t${test.fullName}: ${result.note ?? "the reason is in its name or printed where it was skipped"}`
        : "";
    appendFileSync(this.#file, `${result.state}${reason}\n`);
  }

  onTestModuleEnd(module: TestModule): void {
    if (module.state() === "failed" && [...module.children.allTests()].length === 0)
      appendFileSync(this.#file, "failed\n");
  }
}
