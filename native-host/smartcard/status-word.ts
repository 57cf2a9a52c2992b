import { instructionName } from "./command-apdu.ts";

/** Status words of ISO/IEC 7816-4 (table 6) and of JICSAP cards that have a meaning here. */
export const STATUS_WORDS = {
  success: 0x9000,
  endOfFileReached: 0x6282,
  fileDeactivated: 0x6283,
  verificationFailed: 0x6300,
  wrongLength: 0x6700,
  securityStatusNotSatisfied: 0x6982,
  authenticationMethodBlocked: 0x6983,
  /** ISO: reference data not usable; on cards after JICSAP: the PIN is locked. */
  referenceDataNotUsable: 0x6984,
  conditionsNotSatisfied: 0x6985,
  noCurrentFile: 0x6986,
  fileNotFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongP1P2: 0x6a86,
  referenceDataNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  instructionNotSupported: 0x6d00,
  noDiagnosis: 0x6f00,
} as const;

/** `63Cx`: how many tries are left, 0 to 15; `undefined` for any other status word. */
export function retryCounter(statusWord: number): number | undefined {
  return (statusWord & 0xfff0) === 0x63c0 ? statusWord & 0x0f : undefined;
}

/** `6Cxx` and `61xx`: the number of octets in SW2, where `00` means 256. */
export function announcedLength(statusWord: number): number {
  return (statusWord & 0xff) === 0 ? 256 : statusWord & 0xff;
}

/** Four hexadecimal digits and, where it has one, the name of {@link STATUS_WORDS}. */
export function printStatusWord(statusWord: number): string {
  const digits = statusWord.toString(16).toUpperCase().padStart(4, "0");
  const name = Object.entries(STATUS_WORDS).find(([, word]) => word === statusWord)?.[0];
  return name === undefined ? digits : `${digits} (${name})`;
}

/** The card answered, and nobody who asked knows what to make of it. Never crosses the wire. */
export class StatusWordError extends Error {
  override readonly name = "StatusWordError";
  readonly statusWord: number;
  /** INS of the command that was answered so. */
  readonly instruction: number;

  constructor(statusWord: number, instruction: number) {
    super(`${instructionName(instruction)} answered ${printStatusWord(statusWord)}`);
    this.statusWord = statusWord;
    this.instruction = instruction;
  }
}
