import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sourceOf, type CrlOptions, type CrlSource, type NamedList, type RejectedList } from "./crl-source.ts";
import { MAX_LIST_OCTETS } from "./revocation-list.ts";

/** PEM has 4 characters for 3 octets, and a line's end for 48. */
const MAX_FILE_OCTETS = MAX_LIST_OCTETS * 1.4;

/**
 * {@link sourceOf} with the files `*.crl`, `*.pem` and `*.der` of a folder, DER or PEM, not those of folders in it. A file that can't be read or taken is in `rejected`
 * under its name. Throws `TypeError` when the folder can't be read or has no such file: a wrong path would make everything `undecided` in silence. Reads while
 * nothing else runs: for the start of a server, or a worker.
 */
export function readCrlFolder(folder: string, options: CrlOptions): CrlSource {
  const unread: RejectedList[] = [];
  const source = sourceOf(listsOf(folder, fileNames(folder), unread), options);
  return { ...source, rejected: [...unread, ...source.rejected] };
}

function fileNames(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => /\.(crl|pem|der)$/i.test(name));
  } catch (fault) {
    throw new TypeError(`${folder}: ${fault instanceof Error ? fault.message : "can't be read"}`, { cause: fault });
  }
  if (names.length === 0) throw new TypeError(`${folder} holds no list (*.crl, *.pem, *.der)`);
  return names.toSorted();
}

/** One file at a time, so that only one is in memory. */
function* listsOf(folder: string, names: readonly string[], unread: RejectedList[]): Generator<NamedList> {
  for (const name of names) {
    const list = readList(join(folder, name));
    if (typeof list === "string") unread.push({ name, why: "unreadable", detail: list });
    else yield { name, list };
  }
}

/** The file's octets, or what is wrong with it. */
function readList(path: string): Uint8Array | string {
  try {
    const file = statSync(path);
    if (!file.isFile()) return "not a file";
    return file.size > MAX_FILE_OCTETS ? `${file.size} octets` : readFileSync(path);
  } catch (fault) {
    return `the file can't be read: ${fault instanceof Error ? fault.message : ""}`;
  }
}
