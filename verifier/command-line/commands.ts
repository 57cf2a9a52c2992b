import type { Command } from "./arguments.ts";
import { attributesCommand } from "./attributes-command.ts";
import type { Warn } from "./judging.ts";
import { recheckCommand } from "./recheck-command.ts";
import { tokenCommand } from "./token-command.ts";
import { verifyCommand } from "./verify-command.ts";

/** What a command came to. */
export interface Outcome {
  readonly exitCode: number;
  readonly text: string;
}

/** Does what was asked. Rejects with `InputError` for files that can't be read. */
export function commandOf(command: Exclude<Command, { readonly name: "help" }>, warn: Warn): Promise<Outcome> {
  switch (command.name) {
    case "verify":
      return verifyCommand(command, warn);
    case "recheck":
      return Promise.resolve(recheckCommand(command, warn));
    case "token":
      return tokenCommand(command, warn);
    case "attributes":
      return attributesCommand(command, warn);
  }
}
