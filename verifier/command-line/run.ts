import { parseCommand } from "./arguments.ts";
import { commandOf } from "./commands.ts";
import { EXIT_CODES, InputError, UsageError } from "./exit-codes.ts";
import { printable } from "./printable.ts";
import { USAGE } from "./usage.ts";

/** What `kodo-verify` writes to, and where it finds its language. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs one command; resolves to an exit code. What goes wrong with words or files ends in a sentence; a fault of our own rejects. */
export async function run(words: readonly string[], { out, complain, environment }: Surroundings): Promise<number> {
  try {
    const command = parseCommand(words, environment);
    if (command.name === "help") {
      out(USAGE);
      return 0;
    }
    const { text, exitCode } = await commandOf(command, (sentence) => complain(`${printable(sentence)}\n`));
    out(text);
    return exitCode;
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${printable(error.message)}\nkodo-verify --help says how it is used.\n`);
      return EXIT_CODES.usage;
    }
    if (error instanceof InputError) {
      complain(`${printable(error.message)}\n`);
      return EXIT_CODES.unreadable;
    }
    throw error;
  }
}
