import { concatBytes } from "../../shared/encoding/bytes.ts";
import { readBinary, readBinaryByShortId, SHORT_LE_MAX } from "../smartcard/command-apdu.ts";
import { parseResponse, type ResponseApdu } from "../smartcard/response-apdu.ts";
import type { SmartCardConnection } from "../smartcard/smart-card-connection.ts";
import { STATUS_WORDS } from "../smartcard/status-word.ts";
import { CardDataError } from "./jpki-errors.ts";

/** A reader that cuts READs to 64 octets still gets through; a card that returns an octet at a time does not. */
const MAX_READS = 128;

/** READ of the first 256 octets: of the EF with this short id, which it selects, or of the current EF. */
export async function readFileStart(connection: SmartCardConnection, shortId?: number): Promise<ResponseApdu> {
  const command = shortId === undefined ? readBinary(0, SHORT_LE_MAX) : readBinaryByShortId(shortId, SHORT_LE_MAX);
  return parseResponse(await connection.transmit(command));
}

/**
 * Goes on reading the current EF behind `start` until `length` octets are there, and cuts what is more. Shorter answers than asked for
 * (also with `6282`) are taken as they come; a file that ends before (`6B00`, no data) throws `CardDataError`.
 */
export async function readFileEnd(
  connection: SmartCardConnection,
  start: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const parts = [start];
  let have = start.length;
  for (let reads = 0; have < length; reads++) {
    const response = await connection.transmit(readBinary(have, Math.min(SHORT_LE_MAX, length - have)));
    const { data, statusWord } = parseResponse(response);
    const taken = statusWord === STATUS_WORDS.success || statusWord === STATUS_WORDS.endOfFileReached;
    if (!taken || data.length === 0 || reads === MAX_READS) throw new CardDataError();
    parts.push(data);
    have += data.length;
  }
  return concatBytes(...parts).subarray(0, length);
}
