import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { verifierDeclarations } from "./verifier-declarations.ts";

/**
 * `npm run build:verifier`: makes the package `kodo-verifier` in out/verifier, ready for `npm pack`: two bundles that need nothing but Node 20 or newer,
 * the declarations of what the package exports, the readmes and the licences. A folder in place of out/verifier may be given.
 */
const ROOT = join(import.meta.dirname, "..");
const OUT = process.argv[2] ?? join(ROOT, "out/verifier");

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { index: "verifier/index.ts", "command-line": "verifier/command-line/main.ts" },
  outdir: OUT,
  bundle: true,
  splitting: true,
  chunkNames: "kodo-verifier-[hash]",
  platform: "node",
  target: "node20",
  format: "esm",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
for (const [name, text] of verifierDeclarations(ROOT)) write(join("types", name), text);
for (const name of ["package.json", "README.md", "README.ja.md"])
  copyFileSync(join(ROOT, "verifier", name), join(OUT, name));
copyFileSync(join(ROOT, "LICENSE"), join(OUT, "LICENSE"));
write("THIRD-PARTY-LICENSES", licences(metafile));
process.stdout.write(`${OUT}\n`);

function write(name: string, text: string): void {
  const path = join(OUT, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The licences of the packages that went into the bundles. */
function licences({ inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap((input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  return [...folders]
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
        name: string;
        version: string;
      };
      const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"].find((each) => existsSync(join(ROOT, folder, each)));
      if (file === undefined) throw new Error(`${folder} says nothing of its licence`);
      return `${name} ${version}\n\n${readFileSync(join(ROOT, folder, file), "utf8").trim()}\n`;
    })
    .join("\n");
}
