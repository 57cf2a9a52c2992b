import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The repository's root, whatever folder the tests run from. */
export const ROOT = join(import.meta.dirname, "../..");

/** Every tracked or new file, as a path from the root. */
export function repositoryFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return [...new Set(listed.split("\n").filter(Boolean))].filter((file) => existsSync(join(ROOT, file)));
}

/** A file's text. */
export const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The product's own TypeScript, tests left out. */
export function productSources(): string[] {
  return repositoryFiles().filter(
    (file) =>
      /^(shared|formats|extension|native-host|verifier)\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$/.test(file),
  );
}

/** What a source imports: relative imports as paths from the root, packages by name. */
export function importsOf(file: string): string[] {
  const found = read(file).matchAll(
    /(?:import|export)[^"';]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|^import\s+"([^"]+)"/gm,
  );
  return [...found].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? "";
    return target.startsWith(".") ? normalize(join(dirname(file), target)) : target;
  });
}
