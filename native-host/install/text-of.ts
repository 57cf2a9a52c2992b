import { readFileSync } from "node:fs";

/** A file's text, `undefined` where there is none that this account may read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
