import { expect, it } from "vitest";
import { failure } from "./failure.ts";

it("keeps a note on one line, and short, whatever a file wrote into it", () => {
  const { detail } = failure(
    "file-unsupported",
    `a token of the type x\n2026-11-24 ok\u001b[2K\u2028\u202e${"y".repeat(1e6)}`,
  );
  expect(detail).toHaveLength(300);
  expect(detail).toMatch(/^a token of the type x\ufffd2026-11-24 ok\ufffd\[2K\ufffd\ufffdy+$/);
});
