import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSha256 } from "../../extension/signature/hash/sha256-stream.ts";
import { sha256 } from "../../extension/signature/sha256.ts";
import { compare, median, times, type Row } from "./measure.ts";

const MEGABYTE = 1024 * 1024;
const CHUNK = new Uint8Array(4 * MEGABYTE).map((_, index) => (index * 7) % 251);
const rate = (megabytes: number, milliseconds: number): number => (megabytes * 1000) / milliseconds;

/** Writes so many megabytes to a file, so that openssl and the stream read the same. */
function writeFile(path: string, megabytes: number): void {
  const file = openSync(path, "w");
  for (let left = megabytes * MEGABYTE; left > 0; left -= CHUNK.length)
    writeSync(file, CHUNK.subarray(0, Math.min(left, CHUNK.length)));
  closeSync(file);
}

/** The file through the stream, 4 MB at a time; `peak` is how much the process grew meanwhile, in megabytes. */
async function stream(path: string): Promise<{ digest: Uint8Array; peak: number }> {
  const file = openSync(path, "r");
  const hash = await createSha256();
  const chunk = new Uint8Array(CHUNK.length);
  const before = process.memoryUsage.rss();
  let peak = 0;
  for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
    hash.update(chunk.subarray(0, read));
    peak = Math.max(peak, process.memoryUsage.rss() - before);
  }
  closeSync(file);
  return { digest: hash.digest(), peak: peak / MEGABYTE };
}

function opensslOf(path: string): string {
  return spawnSync("openssl", ["dgst", "-sha256", "-r", path], { encoding: "utf8" }).stdout.slice(0, 64);
}

/** SHA-256 in MB/s: Web Crypto on whole documents, WebAssembly on streams, beside `openssl dgst -sha256` on the same octets; and what a stream costs. */
export async function hashRate({ streamed = 1024, turns = 3 } = {}): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-hash-"));
  const path = join(folder, "document");
  const rows: Row[] = [];
  try {
    for (const megabytes of [1, 64]) {
      writeFile(path, megabytes);
      const whole = new Uint8Array(megabytes * MEGABYTE).map((_, index) => CHUNK[index % CHUNK.length] ?? 0);
      const openssl = rate(megabytes, median(await times(turns, () => opensslOf(path))));
      const once = rate(megabytes, median(await times(turns, () => sha256(whole))));
      const streaming = rate(megabytes, median(await times(turns, () => stream(path))));
      rows.push(compare(`SHA-256 of ${megabytes} MB by Web Crypto`, once, "openssl dgst", openssl, "MB/s"));
      rows.push(compare(`… by the stream`, streaming, "openssl dgst", openssl, "MB/s"));
    }
    writeFile(path, streamed);
    let judged = "";
    const openssl = rate(streamed, median(await times(1, () => (judged = opensslOf(path)))));
    let result = { digest: new Uint8Array(), peak: 0 } as Awaited<ReturnType<typeof stream>>;
    const [taken = Number.NaN] = await times(1, async () => (result = await stream(path)));
    if (Buffer.from(result.digest).toString("hex") !== judged) throw new Error("the stream and openssl don't agree");
    rows.push(
      compare(`SHA-256 of ${streamed} MB by the stream`, rate(streamed, taken), "openssl dgst", openssl, "MB/s"),
    );
    rows.push(compare("… and what the process grew meanwhile", result.peak, "the document", streamed, "MB"));
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
