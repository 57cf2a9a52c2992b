import { concatBytes } from "../../shared/encoding/bytes.ts";

/** Status words that the virtual card answers (ISO 7816-4, 5.6; observed on JPKI cards where the two differ). */
export const SW = {
  ok: 0x9000,
  /** `63C0` plus the tries that are left. */
  attemptsRemaining: 0x63c0,
  wrongLength: 0x6700,
  logicalChannelRefused: 0x6881,
  secureMessagingRefused: 0x69fc,
  wrongFileType: 0x6981,
  securityStatusNotSatisfied: 0x6982,
  noCurrentFile: 0x6986,
  fileNotFound: 0x6a82,
  incorrectParameters: 0x6a86,
  referenceDataNotFound: 0x6a88,
  offsetOutsideFile: 0x6b00,
  instructionNotSupported: 0x6d00,
  classNotSupported: 0x6e00,
  noDiagnosis: 0x6f00,
} as const;

/** A response APDU: `data`, then the status word. */
export function respond(statusWord: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  return concatBytes(data, Uint8Array.of(statusWord >> 8, statusWord & 0xff));
}
