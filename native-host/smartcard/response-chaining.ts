import { concatBytes } from "../../shared/encoding/bytes.ts";
import { getResponse, isVerify } from "./command-apdu.ts";
import { parseResponse } from "./response-apdu.ts";
import { SmartCardError, type SmartCardConnection } from "./smart-card-connection.ts";
import { announcedLength } from "./status-word.ts";

/** 64 rounds of 256 octets are twice what any file of this card holds; more is a card that goes round in circles. */
const MAX_ROUNDS = 64;

/**
 * Makes one answer of several (ISO/IEC 7816-4, 5.3.4): after `61xx` the rest is fetched with GET RESPONSE, after `6Cxx` the command is
 * sent once more with the Le that the card named. A VERIFY with a PIN is never sent again: its `6Cxx` is handed up. Rejects with
 * `SmartCardError` `communication` when the card never comes to an end.
 */
export function withResponseChaining(connection: SmartCardConnection): SmartCardConnection {
  return {
    async transmit(command) {
      const parts: Uint8Array[] = [];
      let response = await connection.transmit(command);
      for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
        const { data, statusWord } = parseResponse(response);
        const sw1 = statusWord >> 8;
        if (sw1 === 0x61) {
          parts.push(data);
          response = await connection.transmit(getResponse(announcedLength(statusWord)));
        } else if (sw1 === 0x6c && !isVerify(command)) {
          const again = parts.length > 0 ? getResponse(announcedLength(statusWord)) : withLe(command, statusWord);
          response = await connection.transmit(again);
        } else {
          return parts.length === 0 ? response : concatBytes(...parts, response);
        }
      }
      throw new SmartCardError("communication");
    },
  };
}

/** The same short command with the Le of `6Cxx` in place of its own, or behind it where it had none. */
function withLe(command: Uint8Array, statusWord: number): Uint8Array {
  const [, , , , fifth] = command;
  const hasData = command.length > 5;
  const hasLe = hasData ? command.length === 6 + (fifth ?? 0) : command.length === 5;
  return concatBytes(hasLe ? command.subarray(0, -1) : command, Uint8Array.of(statusWord & 0xff));
}
