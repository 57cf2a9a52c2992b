/** A command APDU as the card sees it (ISO 7816-3, 12.1, short cases 1 to 4). */
export interface ReceivedCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Empty in cases 1 and 2. */
  readonly data: Uint8Array;
  /** Octets that the terminal expects, 1 to 256; `undefined` in cases 1 and 3. */
  readonly le: number | undefined;
}

/**
 * Takes a command APDU apart. `undefined` when the lengths do not fit, and for extended lengths: that cards take those is not
 * established, so nothing here may come to depend on it.
 */
export function parseReceivedCommand(apdu: Uint8Array): ReceivedCommand | undefined {
  const [cla, ins, p1, p2, third] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const expected = (octet: number | undefined): number => (octet === 0 ? 256 : (octet ?? 0));
  const none = new Uint8Array();
  if (third === undefined) return { cla, ins, p1, p2, data: none, le: undefined };
  if (apdu.length === 5) return { cla, ins, p1, p2, data: none, le: expected(third) };
  if (third === 0 || apdu.length < 5 + third || apdu.length > 6 + third) return undefined;
  const data = apdu.slice(5, 5 + third);
  return { cla, ins, p1, p2, data, le: apdu.length === 6 + third ? expected(apdu[5 + third]) : undefined };
}
