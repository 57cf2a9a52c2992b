import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a program that is not ours says of a file. */
export interface Verdict {
  /** The program, and what it was asked. */
  readonly verifier: string;
  /** As it could be typed in the file's folder. */
  readonly command: string;
  /** `undefined` when the program is not on this computer. */
  readonly accepted: boolean | undefined;
  /** The program's own words. */
  readonly words: string;
}

/** Beside the folders of the samples: who certified the signer, PEM. */
export const AUTHORITY = "../authority.pem";
/** Beside the folders of the samples: who vouched for the time, PEM. */
export const TIMESTAMP_AUTHORITY = "../timestamp-authority.pem";

/** What is asked of a program. */
export interface Question {
  /** Where it runs, and where the files lie. */
  readonly folder: string;
  /** In place of the program's own name, where that says too little. */
  readonly verifier?: string;
  readonly input?: string;
  /** The exit code of a file that is accepted, if another than 0. */
  readonly accepting?: number;
  /** What must hold beside the exit code, given all that the program said. */
  readonly also?: (words: string) => boolean;
}

/** Asks one program. */
export function ask(program: string, words: readonly string[], question: Question): Verdict {
  const { folder, verifier = `${program} ${words[0] ?? ""}`, input, accepting = 0, also = () => true } = question;
  const command = [program, ...words].map((word) => (/[^\w./:=+-]/.test(word) ? `'${word}'` : word)).join(" ");
  const { error, status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: "utf8",
    input: input ?? "",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  if (error) return { verifier, command, accepted: undefined, words: `there is no ${program} on this computer` };
  const said = `${stdout}${stderr}`.trim();
  return { verifier, command, accepted: status === accepting && also(said), words: said };
}

/** What a library said, `accepted` unless it threw. */
export async function askLibrary(verifier: string, command: string, check: () => Promise<boolean>): Promise<Verdict> {
  try {
    const accepted = await check();
    return { verifier, command, accepted, words: accepted ? "verified" : "verified, but over something else" };
  } catch (error) {
    return { verifier, command, accepted: false, words: String(error) };
  }
}

/** Whether two files of a folder are the same octets. */
export function isSame(folder: string, one: string, other: string): boolean {
  return readFileSync(join(folder, one)).equals(readFileSync(join(folder, other)));
}

/** Whether the authority certified who signed; for formats whose verifiers look at the key alone. */
export const askChain = (folder: string, certificate: string): Verdict =>
  ask("openssl", ["verify", "-CAfile", AUTHORITY, certificate], { folder });
