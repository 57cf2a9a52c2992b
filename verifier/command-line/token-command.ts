import { verifyAuthentication } from "../authentication/verify-authentication.ts";
import type { CommandNamed } from "./arguments.ts";
import type { Outcome } from "./commands.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { checkExpected } from "./expected.ts";
import { readText } from "./input.ts";
import { jsonReport } from "./json-report.ts";
import { judgingOptions, type Warn } from "./judging.ts";
import { authenticationReport } from "./text-report.ts";

/** `kodo-verify token`: a login token, the JSON of `authenticate()`. */
export async function tokenCommand(command: CommandNamed<"token">, warn: Warn): Promise<Outcome> {
  const { origin, challenge, json, language } = command;
  const options = judgingOptions(command, warn);
  checkExpected(command, options.trust);
  const result = await verifyAuthentication(readText(command.file), { ...options, origin, challenge });
  return {
    exitCode: EXIT_CODES[result.verdict],
    text: json ? jsonReport(result) : authenticationReport(result, language),
  };
}
