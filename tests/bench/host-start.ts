import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHost } from "../support/host-client.ts";
import { compare, median, times, type Row } from "./measure.ts";

/** Cold start of the built host up to its `hello` and its memory with a card ready, beside a Node that does nothing. */
export async function hostStart(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-bench-"));
  try {
    const memory: number[] = [];
    const hello = await times(9, async () => {
      const host = await startHost(["--virtual-card", folder]);
      memory.push(host.memory());
      await host.end();
    });
    const bare = await times(9, () => spawnSync(process.execPath, ["-e", "0"]));
    const idle = spawnSync(process.execPath, ["-p", "process.memoryUsage().rss"], { encoding: "utf8" });
    const mebibytes = (octets: number): number => octets / 2 ** 20;
    return [
      compare("host: start to hello, and its end", median(hello), "node -e 0", median(bare), "ms"),
      compare(
        "host: resident memory",
        mebibytes(median(memory)),
        "an idle node",
        mebibytes(Number(idle.stdout)),
        "MiB",
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
