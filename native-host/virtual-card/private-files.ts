import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The text of a file, or `undefined` when there is none. */
export function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isErrno(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Replaces a file as a whole, readable by its owner only: a reader sees the old text or the new one, never a part. */
export function writeTextFile(path: string, text: string): void {
  const fresh = writeBeside(path, text);
  renameSync(fresh, path);
}

/**
 * The text of the file; where there is none, `make`s and keeps it. When several processes do so at once, the first one's text is the
 * one that all of them get.
 */
export async function keepTextFile(path: string, make: () => Promise<string>): Promise<string> {
  const kept = readTextFile(path);
  if (kept !== undefined) return kept;
  const text = await make();
  const fresh = writeBeside(path, text);
  try {
    // unlike a rename, a link fails where somebody was faster
    linkSync(fresh, path);
    return text;
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
    return readFileSync(path, "utf8");
  } finally {
    rmSync(fresh, { force: true });
  }
}

function writeBeside(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${randomUUID()}`;
  writeFileSync(fresh, text, { mode: 0o600, flag: "wx" });
  return fresh;
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
