import { readdirSync, readFileSync } from "node:fs";

/** A status line of a process, or an empty text when it is gone (Linux). */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

/** Resident anonymous memory of a process and everything that it started, each in megabytes: what files are mapped is left out. */
export function memoryOfTree(root: number): Map<number, number> {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), status: statusOf(pid) }));
  const number = (status: string, field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  const found = new Map<number, number>();
  const add = (pid: number, status: string): void => {
    found.set(pid, number(status, "RssAnon") / 1024);
    for (const child of all) if (number(child.status, "PPid") === pid) add(child.pid, child.status);
  };
  add(root, statusOf(String(root)));
  return found;
}

/** Watches a tree of processes; the answer is how much the one that grew most grew meanwhile, in megabytes. */
export function watchMemory(root: number): () => number {
  const before = memoryOfTree(root);
  let growth = 0;
  const look = (): void => {
    for (const [pid, octets] of memoryOfTree(root)) growth = Math.max(growth, octets - (before.get(pid) ?? 0));
  };
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    look();
    return growth;
  };
}
