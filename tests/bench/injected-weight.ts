import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "../repository/source-files.ts";
import { compare, type Row } from "./measure.ts";

/** What an approved page gets from the managed build. Every other page gets nothing: `tests/page-api/` shows it. */
export function injectedWeight(): Row[] {
  const size = (name: string): number =>
    gzipSync(readFileSync(join(ROOT, ".output/chrome-managed", name)), { level: 9 }).length;
  return [
    compare("injected into an approved page, gzipped", size("page-api.js") + size("bridge.js"), "aim", 4096, "octets"),
  ];
}
