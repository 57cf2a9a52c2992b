import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "./exit-codes.ts";

/** So many octets of a file are read, one more than the verifier takes: it then says itself that the file is too large. */
const READ_OCTETS = 128 * 1024 * 1024 + 1;
/** A list of a whole generation of certificates; some hold millions of numbers. */
const LIST_OCTETS = 512 * 1024 * 1024;

/** Standard input, as a file descriptor. */
const STANDARD_INPUT = 0;

/** The octets of a file, `-` for standard input. Throws {@link InputError} with a sentence that says which file, and what is wrong with it. */
export function readInput(path: string, limit = READ_OCTETS): Uint8Array {
  let descriptor: number | undefined;
  try {
    if (path !== "-" && statSync(path).isDirectory()) throw new InputError(`${path} is a folder, not a file.`);
    descriptor = path === "-" ? STANDARD_INPUT : openSync(path, "r");
    return readAll(descriptor, limit);
  } catch (error) {
    throw explainFault(error, path);
  } finally {
    if (descriptor !== undefined && descriptor !== STANDARD_INPUT) closeSync(descriptor);
  }
}

/** A file of text, UTF-8, without the line's end that an editor adds. Throws {@link InputError}. */
export function readText(path: string): string {
  return new TextDecoder().decode(readInput(path)).replace(/\r?\n$/, "");
}

/** A DER element, and the file that it stands in. */
export interface DerFile {
  readonly path: string;
  readonly der: Uint8Array;
}

/** Every DER element in a file, or in the files of a folder that end in `.pem`, `.crl`, `.cer`, `.crt` or `.der`. PEM is unarmoured. Throws {@link InputError}. */
export function readDerFiles(path: string, what: string): DerFile[] {
  const files = isFolder(path)
    ? readdirSync(path)
        .filter((name) => /\.(pem|crl|cer|crt|der)$/i.test(name) && !name.endsWith(".key.pem"))
        .sort()
        .map((name) => join(path, name))
    : [path];
  const found = files.flatMap((file) =>
    unarmour(readInput(file, LIST_OCTETS), file).map((der) => ({ path: file, der })),
  );
  if (found.length === 0) throw new InputError(`There is no ${what} in ${path}.`);
  return found;
}

/** Whether there is a folder of this name; throws {@link InputError} where there is nothing at all. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw explainFault(error, path);
  }
}

/** DER as it is; PEM (RFC 7468) block by block. */
function unarmour(octets: Uint8Array, path: string): Uint8Array[] {
  if (octets[0] === 0x30) return [octets];
  const text = new TextDecoder("latin1").decode(octets);
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g)];
  if (blocks.length === 0) throw new InputError(`${path} is neither DER nor PEM.`);
  return blocks.map(([, , base64 = ""]) => Uint8Array.from(Buffer.from(base64, "base64")));
}

/** Up to `limit` octets: a pipe is read until it ends, whatever its pieces. */
function readAll(descriptor: number, limit: number): Uint8Array {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = Buffer.allocUnsafe(Math.min(1024 * 1024, limit - length));
    const count = readSome(descriptor, chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    length += count;
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

function readSome(descriptor: number, chunk: Buffer): number {
  for (;;)
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      // a terminal or pipe that has nothing yet (EAGAIN), and Windows' way of ending one (EOF)
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
}

/** What became of a file, as an {@link InputError} for people. */
export function explainFault(error: unknown, path: string): Error {
  if (error instanceof InputError) return error;
  const { code = "unknown" } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `There is no file or folder ${path}.`,
    ENOTDIR: `There is no file or folder ${path}.`,
    EISDIR: `${path} is a folder, not a file.`,
    EACCES: `${path} may not be read.`,
    EPERM: `${path} may not be read.`,
  };
  return new InputError(reasons[code] ?? `${path} can't be read (${code}).`);
}
