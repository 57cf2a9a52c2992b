import { decodeHex } from "../../shared/encoding/hex.ts";
import { printCommand } from "./command-apdu.ts";
import { SmartCardError, type SmartCardConnection, type SmartCardFault } from "./smart-card-connection.ts";
import { parseTranscript } from "./transcript.ts";

/** A connection that plays a transcript. */
export interface ScriptedConnection extends SmartCardConnection {
  /** Exchanges that were not asked for yet: 0 when the script is played to its end. */
  remaining(): number;
}

/**
 * Answers as a recorded card did: a transcript out of a bug report is a test. A command other than the recorded one rejects with both in
 * the message, one after the last with `depleted`; a masked VERIFY matches any PIN under the same header.
 */
export function scriptedConnection(transcript: string): ScriptedConnection {
  const exchanges = parseTranscript(transcript);
  let next = 0;
  return {
    remaining: () => exchanges.length - next,
    async transmit(command) {
      const got = printCommand(command);
      const exchange = exchanges[next];
      await Promise.resolve();
      if (exchange === undefined) throw new Error(`script depleted after ${next} exchanges, got ${got}`);
      if (exchange.command !== got) throw new Error(`exchange ${next + 1}: expected ${exchange.command}, got ${got}`);
      next++;
      if ("fault" in exchange.outcome) throw new SmartCardError(exchange.outcome.fault as SmartCardFault);
      return decodeHex(exchange.outcome.response);
    },
  };
}
