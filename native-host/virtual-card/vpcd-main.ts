import { parseArgs } from "node:util";
import { runVpcdCard, VPCD_PORT } from "./vpcd-card.ts";

/**
 * `node native-host/virtual-card/vpcd-main.ts --folder DIR [--port N]`: the virtual card of a folder in the virtual reader of `pcscd`.
 * Prints a line for each `VpcdEvent`. SIGTERM or SIGINT takes the card out and ends it with 0; a `card.json`
 * that can't be understood ends it with 1.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: "string" }, port: { type: "string" } } });
  if (values.folder === undefined) throw new Error("which virtual card? --folder DIR");
  const port = Number(values.port ?? VPCD_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error("--port is a number from 1 to 65535");
  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending.abort());
  // nothing else holds the process while the card is out of the reader
  const alive = setInterval(() => undefined, 1 << 30);
  try {
    await runVpcdCard({
      folder: values.folder,
      port,
      signal: ending.signal,
      onEvent: (event) => process.stdout.write(`${event}\n`),
    });
  } finally {
    clearInterval(alive);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
