import { concatBytes } from "../../shared/encoding/bytes.ts";
import { encodeHex } from "../../shared/encoding/hex.ts";

/** Instruction bytes of ISO/IEC 7816-4 and -8 that are sent or recognised here. */
export const INSTRUCTIONS = {
  verify: 0x20,
  changeReferenceData: 0x24,
  performSecurityOperation: 0x2a,
  resetRetryCounter: 0x2c,
  select: 0xa4,
  readBinary: 0xb0,
  getResponse: 0xc0,
} as const;

/** The largest response that a short Le can ask for. */
export const SHORT_LE_MAX = 256;

/** A command before it is put into octets. `le` counts octets, 1 to 256; without it no response data is expected. */
export interface CommandFields {
  /** 0 (interindustry) unless given. */
  readonly cla?: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  readonly le?: number;
}

/**
 * A command APDU in its short form (ISO/IEC 7816-3, 12.1.3):
 *
 * | case | octets | |
 * |---|---|---|
 * | 1 | `CLA INS P1 P2` | no data either way |
 * | 2 | `CLA INS P1 P2 Le` | response data; Le `00` means 256 |
 * | 3 | `CLA INS P1 P2 Lc data` | command data, 1 to 255 octets |
 * | 4 | `CLA INS P1 P2 Lc data Le` | both |
 *
 * Throws `RangeError` for what the short form can't say. The array is new and belongs to the caller.
 */
export function commandApdu({ cla = 0, ins, p1, p2, data, le }: CommandFields): Uint8Array<ArrayBuffer> {
  const header = [cla, ins, p1, p2];
  if (header.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 0xff)) {
    throw new RangeError("header octet out of range");
  }
  if (data && (data.length === 0 || data.length > 0xff)) throw new RangeError("command data out of range");
  if (le !== undefined && !(Number.isInteger(le) && le >= 1 && le <= SHORT_LE_MAX)) {
    throw new RangeError("Le out of range");
  }
  return concatBytes(
    Uint8Array.from(header),
    data ? Uint8Array.of(data.length) : new Uint8Array(),
    data ?? new Uint8Array(),
    le === undefined ? new Uint8Array() : Uint8Array.of(le % SHORT_LE_MAX),
  );
}

/** SELECT an application by its whole identifier, no FCI wanted: `00 A4 04 0C Lc AID`. */
export function selectApplication(aid: Uint8Array): Uint8Array<ArrayBuffer> {
  return commandApdu({ ins: INSTRUCTIONS.select, p1: 0x04, p2: 0x0c, data: aid });
}

/** SELECT an EF under the current DF, no FCI wanted: `00 A4 02 0C 02 FID`. */
export function selectElementaryFile(fileId: number): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.of(fileId >> 8, fileId & 0xff);
  return commandApdu({ ins: INSTRUCTIONS.select, p1: 0x02, p2: 0x0c, data });
}

/** READ BINARY from the current EF: `00 B0 hh ll Le`, offset 0 to 32767 (b8 of P1 is 0). */
export function readBinary(offset: number, le: number): Uint8Array<ArrayBuffer> {
  if (offset > 0x7fff) throw new RangeError("offset out of range");
  return commandApdu({ ins: INSTRUCTIONS.readBinary, p1: offset >> 8, p2: offset & 0xff, le });
}

/** READ BINARY from the start of the EF with this short identifier, which becomes the current EF: `00 B0 80+SFI 00 Le`. */
export function readBinaryByShortId(shortId: number, le: number): Uint8Array<ArrayBuffer> {
  return commandApdu({ ins: INSTRUCTIONS.readBinary, p1: 0x80 | shortId, p2: 0x00, le });
}

/** VERIFY without data: asks for the tries left and costs none: `00 20 00 P2`. */
export function verifyQuery(reference: number): Uint8Array<ArrayBuffer> {
  return commandApdu({ ins: INSTRUCTIONS.verify, p1: 0x00, p2: reference });
}

/** VERIFY: `00 20 00 P2 Lc PIN`. The octets are copied: whoever transmits the command overwrites it afterwards. */
export function verify(reference: number, pin: Uint8Array): Uint8Array<ArrayBuffer> {
  return commandApdu({ ins: INSTRUCTIONS.verify, p1: 0x00, p2: reference, data: pin });
}

/** GET RESPONSE: `00 C0 00 00 Le`. */
export function getResponse(le: number): Uint8Array<ArrayBuffer> {
  return commandApdu({ ins: INSTRUCTIONS.getResponse, p1: 0x00, p2: 0x00, le });
}

/**
 * Whether the command is VERIFY with a PIN in it: the one command that must never be sent a second time. More than five octets: the
 * five-octet form is the query with an Le.
 */
export function isVerify(command: Uint8Array): boolean {
  return command[1] === INSTRUCTIONS.verify && command.length > 5;
}

const CARRY_REFERENCE_DATA: readonly (number | undefined)[] = [
  INSTRUCTIONS.verify,
  // VERIFY and CHANGE REFERENCE DATA with BER-TLV data
  INSTRUCTIONS.verify | 1,
  INSTRUCTIONS.changeReferenceData,
  INSTRUCTIONS.changeReferenceData | 1,
  INSTRUCTIONS.resetRetryCounter,
  INSTRUCTIONS.resetRetryCounter | 1,
];

const NAMES: Readonly<Record<number, string>> = {
  [INSTRUCTIONS.verify]: "VERIFY",
  [INSTRUCTIONS.changeReferenceData]: "CHANGE REFERENCE DATA",
  [INSTRUCTIONS.performSecurityOperation]: "PERFORM SECURITY OPERATION",
  [INSTRUCTIONS.resetRetryCounter]: "RESET RETRY COUNTER",
  [INSTRUCTIONS.select]: "SELECT",
  [INSTRUCTIONS.readBinary]: "READ BINARY",
  [INSTRUCTIONS.getResponse]: "GET RESPONSE",
};

/** The standard's name of an instruction, or its octet. */
export function instructionName(ins: number): string {
  return NAMES[ins] ?? `INS ${encodeHex(Uint8Array.of(ins)).toUpperCase()}`;
}

/** What stands for everything behind the header of a command that carries reference data, its length included. */
export const MASK = "[masked]";

/**
 * Upper-case hexadecimal for logs, errors and transcripts. Of a command with reference data (a PIN, old or new) only the four header
 * octets are printed, whatever its encoding; {@link MASK} stands for the rest.
 */
export function printCommand(command: Uint8Array): string {
  const masked = CARRY_REFERENCE_DATA.includes(command[1]) && command.length > 5;
  return masked ? encodeHex(command.subarray(0, 4)).toUpperCase() + MASK : encodeHex(command).toUpperCase();
}
