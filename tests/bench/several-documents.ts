import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseTranscript } from "../../native-host/smartcard/transcript.ts";
import { PUBLIC_PINS, writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { encodeBase64 } from "../../shared/encoding/base64.ts";
import { startHost } from "../support/host-client.ts";
import { compare, type Row } from "./measure.ts";

/** Commands after the PIN, and how many of them were a VERIFY, for so many documents in one ceremony. */
async function exchanges(documents: number): Promise<{ afterPin: number; verified: number }> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-bench-"));
  try {
    writeCardFile(folder, {});
    const transcript = join(folder, "transcript");
    const commands = (): string[] => parseTranscript(readFileSync(transcript, "utf8")).map(({ command }) => command);
    const host = await startHost(["--virtual-card", folder, "--transcript", transcript]);
    await host.request("watch", { key: "signing", origin: "https://shinsei.city.aozora.lg.jp" });
    const { card } = await host.ready();
    const before = commands().length;
    host.sendPin(PUBLIC_PINS.signing);
    await host.request("unlock", { card });
    // as the window does: a message for each document
    for (let at = 0; at < documents; at++)
      await host.request("sign", { digests: [encodeBase64(new Uint8Array(32).fill(at))] });
    const afterPin = commands().slice(before);
    await host.request("finish", {});
    await host.end();
    return { afterPin: afterPin.length, verified: afterPin.filter((command) => command.includes("[masked]")).length };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Exchanges with the card after one PIN, for 1, 10 and 100 documents: one more for each. */
export async function severalDocuments(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const documents of [1, 10, 100]) {
    const { afterPin, verified } = await exchanges(documents);
    if (verified !== 1) throw new Error(`${verified} PINs for ${documents} documents`);
    rows.push(compare(`${documents} documents after one PIN`, afterPin, "aim", 10 + documents, "exchanges"));
  }
  return rows;
}
