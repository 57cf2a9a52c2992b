import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import type { CardAccess, CardConnection } from "./card-access.ts";
import { INSTRUCTIONS, instructionName, MASK, printCommand } from "./command-apdu.ts";
import { SmartCardError, type SmartCardConnection } from "./smart-card-connection.ts";

/**
 * A transcript is text, one line an APDU:
 *
 * ```
 * # transaction
 * > 00A4040C0AD392F000260100000001  SELECT
 * < 9000
 * > 00200098[masked]  VERIFY
 * < 63C2
 * ! card-removed
 * ```
 *
 * `>` command, `<` response, `!` no response and why, `#` remark. PINs are masked here, where lines are made, so that no sink ever sees
 * one. Response data is not masked: a transcript of a signing session holds the certificate with its holder's name and address.
 */
export interface Exchange {
  /** Upper-case hexadecimal; ends with the mask where a PIN was. */
  readonly command: string;
  /** Upper-case hexadecimal with the status word, or the fault when no response came. */
  readonly outcome: { readonly response: string } | { readonly fault: string };
}

/** Takes one line without its end. */
export type WriteLine = (line: string) => void;

/** Writes every command and its outcome to `write`; otherwise the same connection. */
export function withTranscript(connection: SmartCardConnection, write: WriteLine): SmartCardConnection {
  return {
    async transmit(command) {
      write(`> ${printCommand(command)}  ${instructionName(command[1] ?? 0)}`);
      try {
        const response = await connection.transmit(command);
        write(`< ${encodeHex(response).toUpperCase()}`);
        return response;
      } catch (error) {
        write(`! ${error instanceof SmartCardError ? error.fault : "failed"}`);
        throw error;
      }
    },
  };
}

/** Records everything that is sent through any connection of `access`, with remarks where transactions and connections begin and end. */
export function withCardTranscript(access: CardAccess, write: WriteLine): CardAccess {
  const recorded = (connection: CardConnection): CardConnection => ({
    transaction: async (work, ending) => {
      try {
        return await connection.transaction((card) => {
          write("# transaction");
          return work(withTranscript(card, write));
        }, ending);
      } finally {
        write(ending === "unpower" ? "# transaction ends, power off" : "# transaction ends");
      }
    },
    close: (ending) => {
      write(`# close: ${ending}`);
      return connection.close(ending);
    },
  });
  return {
    watch: (listener, signal) => access.watch(listener, signal),
    connect: async (reader) => {
      const connection = await access.connect(reader);
      write("# connect");
      return recorded(connection);
    },
    close: () => access.close(),
  };
}

/** The process ended, or was ended, before the card had answered. */
const UNANSWERED: Exchange["outcome"] = { fault: "cancelled" };

/** Reads a transcript back; a command that nothing was recorded for counts as `cancelled`. Throws `SyntaxError` with the line's number at the first line that is none of the format's. */
export function parseTranscript(text: string): Exchange[] {
  const exchanges: Exchange[] = [];
  let command: string | undefined;
  const settle = (outcome: Exchange["outcome"]): void => {
    if (command !== undefined) exchanges.push({ command, outcome });
    command = undefined;
  };
  text.split(/\r?\n/).forEach((line, index) => {
    const kind = line.trim().charAt(0);
    const rest = line.trim().slice(1).trim();
    if (kind === "" || kind === "#") return;
    if (kind === ">") {
      settle(UNANSWERED);
      command = hexCommand(rest.split(/ {2,}/)[0] ?? "", index);
    } else if (kind === "<" && command !== undefined) settle({ response: hexCommand(rest, index) });
    else if (kind === "!" && command !== undefined) settle({ fault: rest });
    else throw new SyntaxError(`transcript line ${index + 1}`);
  });
  settle(UNANSWERED);
  return exchanges;
}

function hexCommand(text: string, index: number): string {
  const [digits = "", ...rest] = text.split(MASK);
  try {
    return encodeHex(decodeHex(digits)).toUpperCase() + (rest.length > 0 ? MASK : "");
  } catch {
    throw new SyntaxError(`transcript line ${index + 1}`);
  }
}

/** The two applications that may ever be selected: JPKI, and the issuer security domain, which takes a PIN state away and holds no person. */
const SELECTABLE = ["D392F000260100000001", "A000000151000000"];

/**
 * Every command of a transcript that selects an application other than JPKI or `A000000151000000`, as hexadecimal. Selecting an EF by its
 * two-octet id inside an application (P1 `02`) is no such thing; every other form of SELECT is judged by its data.
 */
export function foreignSelects(transcript: string): string[] {
  return parseTranscript(transcript)
    .map(({ command }) => command)
    .filter((command) => {
      const octets = decodeHex(command.replace(MASK, ""));
      if (octets[1] !== INSTRUCTIONS.select) return false;
      if (octets[2] === 0x02 && octets[4] === 2) return false;
      const data = encodeHex(octets.subarray(5, 5 + (octets[4] ?? 0))).toUpperCase();
      return !SELECTABLE.includes(data);
    });
}
