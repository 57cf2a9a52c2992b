import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The verdict about a file: `OK`, or what is wrong. */
export type Verdict = string;

/** Whether a program is on this machine; otherwise says once that it is not, so that a skip has a reason. */
export function hasProgram(name: string, ...version: string[]): boolean {
  const { error } = spawnSync(name, version, { stdio: "ignore" });
  if (error) console.log(`skipped: no ${name} on this machine`);
  return !error;
}

/** What xmlsec1 needs to be told: which attributes are IDs, as `attribute`, `namespace:element`. */
export type IdAttribute = readonly [attribute: string, element: string];

/**
 * Verifies with xmlsec1, `files` names from `folder`. One process takes many files and stops at the first that it refuses, so a batch in
 * which one fails is asked one by one.
 */
export async function verifyWithXmlsec(
  folder: string,
  authorityFile: string,
  files: readonly string[],
  ids: readonly IdAttribute[] = [],
  more: readonly string[] = [],
): Promise<Verdict[]> {
  const options = ids.flatMap(([attribute, element]) => [`--id-attr:${attribute}`, element]);
  const words = ["--verify", "--trusted-pem", authorityFile, ...options, ...more];
  const ask = async (batch: readonly string[]): Promise<Verdict> => {
    try {
      await run("xmlsec1", [...words, ...batch], { cwd: folder, maxBuffer: 1 << 26 });
      return "OK";
    } catch (error) {
      return String((error as { stderr?: string }).stderr).slice(0, 2000);
    }
  };
  const verdicts: Verdict[] = [];
  for (let at = 0; at < files.length; at += 64) {
    const batch = files.slice(at, at + 64);
    const together = await ask(batch);
    if (together === "OK" || batch.length === 1) verdicts.push(...batch.map(() => together));
    else for (const file of batch) verdicts.push(await ask([file]));
  }
  return verdicts;
}

/** Verifies with the JDK, all files in one process. Ids are attributes called Id, ID, id and xml:id. */
export function verifyWithJdk(folder: string, authorityFile: string, files: readonly string[]): Verdict[] {
  if (!existsSync(join(folder, "Verify.class")))
    execFileSync("javac", ["-encoding", "UTF-8", "-d", folder, join(import.meta.dirname, "Verify.java")]);
  const input = files.map((file) => `${join(folder, file)}\n`).join("");
  const locale = { ...process.env, LC_ALL: "C.UTF-8" };
  const words = ["-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8", "-cp", folder, "Verify", authorityFile];
  const output = execFileSync("java", words, { input, encoding: "utf8", env: locale, maxBuffer: 1 << 26 });
  return output.trimEnd().split("\n");
}

/** The canonical forms, behind each other, as xmllint (libxml2) makes it, with comments; `undefined` when it refuses one of the documents. */
export async function canonicalByXmllint(
  folder: string,
  files: readonly string[],
  option: "--c14n" | "--c14n11" | "--exc-c14n",
): Promise<Buffer | undefined> {
  try {
    const { stdout } = await run("xmllint", ["--nonet", option, ...files], {
      cwd: folder,
      encoding: "buffer",
      maxBuffer: 1 << 26,
    });
    return stdout;
  } catch {
    return undefined;
  }
}
