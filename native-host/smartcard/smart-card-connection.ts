/**
 * The seam: command APDU in, response APDU out, octets both ways (ISO 7816-3/-4). Above it nobody knows whether a PC/SC reader, the
 * virtual card or a script answers. Decorators (response chaining, transcript) take one and are one.
 */
export interface SmartCardConnection {
  /**
   * Sends one command APDU and resolves to the whole response APDU, status word included (at least 2 octets). The command's array is
   * not kept. Rejects with `SmartCardError` when no response came.
   */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

/** Why no response came, or no card could be reached. */
export type SmartCardFault =
  | "service-unavailable"
  | "reader-unavailable"
  | "no-card"
  | "card-removed"
  /** Another program or the reader reset the card; nothing of the command counts. */
  | "card-reset"
  /** Another program holds the card for itself. */
  | "card-busy"
  | "card-unresponsive"
  | "cancelled"
  | "communication";

/** A fault below the APDU level. `returnCode` is PC/SC's own (unsigned 32 bit), where there is one. */
export class SmartCardError extends Error {
  override readonly name = "SmartCardError";
  readonly fault: SmartCardFault;
  readonly returnCode: number | undefined;

  constructor(fault: SmartCardFault, returnCode?: number) {
    super(returnCode === undefined ? fault : `${fault} (0x${returnCode.toString(16).padStart(8, "0")})`);
    this.fault = fault;
    this.returnCode = returnCode;
  }
}
