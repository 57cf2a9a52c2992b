import { basename } from "node:path";
import { detectFamily } from "../signature/detect-format.ts";
import type { DetachedContent } from "../signature/found-signature.ts";
import { verifySignature } from "../signature/verify-signature.ts";
import type { CommandNamed } from "./arguments.ts";
import type { Outcome } from "./commands.ts";
import { EXIT_CODES, InputError, UsageError } from "./exit-codes.ts";
import { readDerFiles, readInput } from "./input.ts";
import { jsonReport } from "./json-report.ts";
import { judgingOptions, type Warn } from "./judging.ts";
import { textReport } from "./text-report.ts";

/** `kodo-verify verify`: a signed file, of whatever format. */
export async function verifyCommand(command: CommandNamed<"verify">, warn: Warn): Promise<Outcome> {
  const { file, format, parts, certificate, json, language } = command;
  const options = judgingOptions(command, warn);
  const octets = readInput(file);
  const content = contentOf(command, octets);
  const report = await verifySignature(octets, {
    ...options,
    ...(format && { format }),
    ...(content && { content }),
    ...(parts && { parts }),
    ...(certificate !== undefined && { certificate: oneCertificate(certificate) }),
  });
  const text = json ? jsonReport(report) : textReport(file === "-" ? "-" : basename(file), report, language);
  return { exitCode: EXIT_CODES[report.verdict], text };
}

/** An XML signature refers to files by their names; all others have one content. */
function contentOf(
  { contents, file, format }: CommandNamed<"verify">,
  octets: Uint8Array,
): DetachedContent | undefined {
  const [first, ...more] = contents;
  if (first === undefined) return undefined;
  if ([file, ...contents].filter((path) => path === "-").length > 1)
    throw new UsageError("Standard input can be one file only.");
  if (format !== "pkcs1" && detectFamily(octets) === "xml") return filesByName(contents);
  if (more.length > 0) throw new UsageError("Only an XML signature covers more than one --content.");
  return readInput(first);
}

function filesByName(contents: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const path of contents) {
    const name = basename(path);
    if (files.has(name)) throw new UsageError(`Two files are called ${name}.`);
    files.set(name, readInput(path));
  }
  return files;
}

function oneCertificate(path: string): Uint8Array {
  const [certificate, ...more] = readDerFiles(path, "certificate");
  if (certificate === undefined || more.length > 0) throw new InputError(`${path} holds more than one certificate.`);
  return certificate.der;
}
