import { verifyAttributes } from "../signature/verify-attributes.ts";
import type { CommandNamed } from "./arguments.ts";
import type { Outcome } from "./commands.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { checkExpected } from "./expected.ts";
import { readText } from "./input.ts";
import { jsonReport } from "./json-report.ts";
import { judgingOptions, type Warn } from "./judging.ts";
import { attributesReport } from "./text-report.ts";

/** `kodo-verify attributes`: a proof of attributes, the compact JWS of `readAttributes()`. */
export async function attributesCommand(command: CommandNamed<"attributes">, warn: Warn): Promise<Outcome> {
  const { origin, challenge, purpose, json, language } = command;
  const options = judgingOptions(command, warn);
  checkExpected(command, options.trust);
  const result = await verifyAttributes(readText(command.file), {
    ...options,
    origin,
    challenge,
    ...(purpose !== undefined && { purpose }),
  });
  return { exitCode: EXIT_CODES[result.verdict], text: json ? jsonReport(result) : attributesReport(result, language) };
}
