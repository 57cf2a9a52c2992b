import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyCms } from "./cms.ts";
import { verifyCmsTimestamp } from "./timestamp.ts";
import { ask, type Verdict } from "./verdict.ts";

/**
 * `pdfsig` and `qpdf` on a PDF with one signature, and openssl on the CMS in it and, for PAdES, its timestamp. pdfsig is not asked about the chain: its library takes a critical certificate policy, as JPKI has it,
 * for something unknown; openssl takes it for what it is.
 */
export function verifyPdf(folder: string, file: string, pades: boolean): Verdict[] {
  const signature = ask("pdfsig", ["-nocert", file], {
    folder,
    also: (words) => words.includes("Signature is Valid.") && words.includes("Total document signed"),
  });
  const form = ask("qpdf", ["--check", file], { folder });
  const verdicts = [signature, form];
  if (signature.accepted === undefined) return verdicts;
  ask("pdfsig", ["-nocert", "-dump", file], { folder });
  const cms = `${file}.sig0`;
  if (!existsSync(join(folder, cms))) return verdicts;
  const covered = `${file}.covered`;
  writeFileSync(join(folder, covered), coveredOctets(readFileSync(join(folder, file))));
  verdicts.push(verifyCms({ folder, file: cms, document: covered, enveloping: false, cades: pades }));
  if (pades) verdicts.push(verifyCmsTimestamp(folder, cms));
  return verdicts;
}

/** What the only `/ByteRange` of the file names. */
function coveredOctets(file: Buffer): Buffer {
  const range = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/.exec(file.toString("latin1"));
  const [a = 0, b = 0, c = 0, d = 0] = (range ?? []).slice(1).map(Number);
  return Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)]);
}
