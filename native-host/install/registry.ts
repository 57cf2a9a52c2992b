import { spawnSync } from "node:child_process";

/**
 * The registry, through `reg.exe`, which every Windows has. Not run on Windows yet; what it does was read from the documentation of
 * `reg add`, `reg query` and `reg delete`.
 */
export interface Registry {
  /** The default value of a key, `undefined` where there is no such key. */
  read(key: string): string | undefined;
  write(key: string, value: string): void;
  /** Deletes the key with everything below it. */
  remove(key: string): void;
}

/** The registry of this computer. Methods throw where `reg.exe` refuses. */
export function windowsRegistry(): Registry {
  const reg = (...values: string[]): { readonly status: number | null; readonly output: string } => {
    const { status, stdout, error } = spawnSync("reg.exe", values, { encoding: "utf8", windowsHide: true });
    if (error) throw error;
    return { status, output: stdout };
  };
  const demand = (...values: string[]): void => {
    if (reg(...values).status !== 0) throw new Error(`reg.exe ${values.slice(0, 2).join(" ")}: refused`);
  };
  return {
    read(key) {
      const { status, output } = reg("query", key, "/ve");
      return status === 0 ? /REG_SZ\s+(.*?)\s*$/m.exec(output)?.[1] : undefined;
    },
    write: (key, value) => demand("add", key, "/ve", "/t", "REG_SZ", "/d", value, "/f"),
    remove: (key) => demand("delete", key, "/f"),
  };
}
