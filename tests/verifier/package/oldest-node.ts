import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** A Node on this computer. */
export interface FoundNode {
  readonly path: string;
  /** Such as `v20.19.0`. */
  readonly version: string;
}

/** The oldest Node at hand that the package supports (20 or newer): the system's, where it is one, else the one that runs this. */
export function oldestNode(): FoundNode {
  const own: FoundNode = { path: process.execPath, version: process.version };
  const others = ["/usr/bin/node", "/usr/local/bin/node"].filter((path) => existsSync(path));
  const found = others.map((path) => ({
    path,
    version: execFileSync(path, ["--version"], { encoding: "utf8" }).trim(),
  }));
  const major = ({ version }: FoundNode): number => Number(version.slice(1).split(".")[0]);
  const [oldest = own] = [own, ...found].filter((node) => major(node) >= 20).sort((a, b) => major(a) - major(b));
  if (major(oldest) > 20) console.log(`No Node 20 here: the package is tried under ${oldest.version} instead.`);
  return oldest;
}
