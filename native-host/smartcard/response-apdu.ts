import { SmartCardError } from "./smart-card-connection.ts";

/** A response APDU taken apart: data field, then SW1 SW2 as one number (ISO/IEC 7816-3, 12.1.1). */
export interface ResponseApdu {
  readonly data: Uint8Array;
  readonly statusWord: number;
}

/** Takes a response apart; `data` is a view of it. Fewer than two octets are no response: `SmartCardError` `communication`. */
export function parseResponse(response: Uint8Array): ResponseApdu {
  const [sw1, sw2] = response.subarray(-2);
  if (sw1 === undefined || sw2 === undefined) throw new SmartCardError("communication");
  return { data: response.subarray(0, -2), statusWord: (sw1 << 8) | sw2 };
}
