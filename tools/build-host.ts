import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { hostReadme } from "./host-readme.ts";

/**
 * `npm run build:host`: bundles the host and `kodo-hostctl` into out/host, with the foreign function interface for PC/SC beside them.
 * The folder runs from anywhere with nothing but Node 20 or newer. `--all-platforms` takes the binary of every platform along that
 * npm has unpacked here; without it, this platform's alone.
 */
const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "out/host");
/** koffi's own files; its C++ sources are not needed to run. */
const KOFFI_FILES = [
  "package.json",
  "LICENSE.txt",
  "index.js",
  "index.cjs",
  "src/koffi/index.js",
  "src/koffi/index.cjs",
  "src/koffi/src/static.js",
  "src/koffi/src/static.cjs",
];

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: { "kodo-host": "native-host/main.ts", "kodo-hostctl": "native-host/install/main.ts" },
  outdir: OUT,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["koffi"],
  legalComments: "linked",
  logLevel: "warning",
});
copyKoffi(process.argv.includes("--all-platforms"));
writeFileSync(join(OUT, "README"), hostReadme());
writeFileSync(
  join(OUT, "kodo-hostctl"),
  '#!/bin/sh\nexec node "$(dirname -- "$(readlink -f -- "$0")")/kodo-hostctl.mjs" "$@"\n',
);
chmodSync(join(OUT, "kodo-hostctl"), 0o755);
writeFileSync(join(OUT, "kodo-hostctl.bat"), '@echo off\r\nnode "%~dp0kodo-hostctl.mjs" %*\r\n');
process.stdout.write(`${OUT}\n`);

function copyKoffi(allPlatforms: boolean): void {
  const packages = join(ROOT, "node_modules");
  for (const file of KOFFI_FILES) copy(join(packages, "koffi", file), join(OUT, "node_modules/koffi", file));
  const binaries = readdirSync(join(packages, "@koromix")).filter((name) => name.startsWith("koffi-"));
  const wanted = binaries.filter((name) => allPlatforms || name === `koffi-${process.platform}-${process.arch}`);
  if (wanted.length === 0) throw new Error(`koffi has no binary for ${process.platform} ${process.arch} here`);
  for (const name of wanted) copy(join(packages, "@koromix", name), join(OUT, "node_modules/@koromix", name));
}

function copy(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`koffi is laid out differently than it was: no ${basename(from)}`);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}
