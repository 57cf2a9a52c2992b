import { join } from "node:path";
import { ROOT } from "../paths.ts";
import { ask, AUTHORITY, type Verdict } from "./verdict.ts";

/** `xmlsec1 --verify`, with the chain up to the authority; files that are referred to lie beside the signature. */
export const verifyXml = (folder: string, file: string): Verdict =>
  ask("xmlsec1", ["--verify", "--trusted-pem", AUTHORITY, file], {
    folder,
    also: (words) => !words.includes("FAIL"),
  });

/**
 * The JDK on e-Gov's layout. xmlsec1 can't be asked: it looks for the fragment `#%E6…` as it is written, and so does the JDK until it is given a dereferencer
 * that decodes it, as the Java program here does.
 */
export function verifyKousei(folder: string, file: string): Verdict {
  const program = join(ROOT, "tests/conformance/xml/Verify.java");
  const words = ["-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8", program, AUTHORITY];
  const verdict = ask("java", words, {
    folder,
    verifier: "JDK XML signature",
    input: `${file}\n`,
    also: (said) => said === "OK",
  });
  return { ...verdict, command: `echo ${file} | ${verdict.command.replace(`${ROOT}/`, "")}` };
}
