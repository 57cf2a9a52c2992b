import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import type { SmartCardFault } from "../smartcard/smart-card-connection.ts";

/** PC/SC return codes (PC/SC part 5, Microsoft's winscard.h, pcsclite.h), unsigned 32 bit, by their standard names. */
export const RETURN_CODE = {
  SCARD_S_SUCCESS: 0x00000000,
  SCARD_F_INTERNAL_ERROR: 0x80100001,
  SCARD_E_CANCELLED: 0x80100002,
  SCARD_E_INVALID_HANDLE: 0x80100003,
  SCARD_E_INVALID_VALUE: 0x80100011,
  SCARD_E_UNKNOWN_READER: 0x80100009,
  SCARD_E_TIMEOUT: 0x8010000a,
  SCARD_E_SHARING_VIOLATION: 0x8010000b,
  SCARD_E_NO_SMARTCARD: 0x8010000c,
  SCARD_E_PROTO_MISMATCH: 0x8010000f,
  SCARD_E_NOT_READY: 0x80100010,
  SCARD_E_SYSTEM_CANCELLED: 0x80100012,
  SCARD_F_COMM_ERROR: 0x80100013,
  SCARD_E_INVALID_ATR: 0x80100015,
  SCARD_E_NOT_TRANSACTED: 0x80100016,
  SCARD_E_READER_UNAVAILABLE: 0x80100017,
  SCARD_P_SHUTDOWN: 0x80100018,
  SCARD_E_CARD_UNSUPPORTED: 0x8010001c,
  SCARD_E_NO_SERVICE: 0x8010001d,
  SCARD_E_SERVICE_STOPPED: 0x8010001e,
  SCARD_E_NO_READERS_AVAILABLE: 0x8010002e,
  SCARD_E_COMM_DATA_LOST: 0x8010002f,
  SCARD_E_SERVER_TOO_BUSY: 0x80100031,
  SCARD_W_UNSUPPORTED_CARD: 0x80100065,
  SCARD_W_UNRESPONSIVE_CARD: 0x80100066,
  SCARD_W_UNPOWERED_CARD: 0x80100067,
  SCARD_W_RESET_CARD: 0x80100068,
  SCARD_W_REMOVED_CARD: 0x80100069,
} as const;

/** Codes that are not here mean that the exchange failed for a reason that nobody can act on: `communication`. */
const FAULTS: Readonly<Partial<Record<keyof typeof RETURN_CODE, SmartCardFault>>> = {
  SCARD_E_CANCELLED: "cancelled",
  // a handle is forgotten when the service was restarted under it
  SCARD_E_INVALID_HANDLE: "service-unavailable",
  SCARD_E_SYSTEM_CANCELLED: "service-unavailable",
  SCARD_P_SHUTDOWN: "service-unavailable",
  SCARD_E_NO_SERVICE: "service-unavailable",
  SCARD_E_SERVICE_STOPPED: "service-unavailable",
  SCARD_E_SERVER_TOO_BUSY: "service-unavailable",
  SCARD_E_UNKNOWN_READER: "reader-unavailable",
  SCARD_E_READER_UNAVAILABLE: "reader-unavailable",
  SCARD_E_NO_READERS_AVAILABLE: "reader-unavailable",
  SCARD_E_SHARING_VIOLATION: "card-busy",
  SCARD_E_NO_SMARTCARD: "no-card",
  SCARD_E_PROTO_MISMATCH: "card-unresponsive",
  SCARD_E_NOT_READY: "card-unresponsive",
  SCARD_E_INVALID_ATR: "card-unresponsive",
  SCARD_E_CARD_UNSUPPORTED: "card-unresponsive",
  SCARD_W_UNSUPPORTED_CARD: "card-unresponsive",
  SCARD_W_UNRESPONSIVE_CARD: "card-unresponsive",
  // its power was taken, by us or by another program: connecting again powers it up, with nothing selected
  SCARD_W_UNPOWERED_CARD: "card-reset",
  SCARD_W_RESET_CARD: "card-reset",
  SCARD_W_REMOVED_CARD: "card-removed",
};

const FAULT_OF_CODE: ReadonlyMap<number, SmartCardFault> = new Map(
  Object.entries(FAULTS).map(([name, fault]) => [RETURN_CODE[name as keyof typeof RETURN_CODE], fault]),
);

/** The error of a return code other than success, with the code inside. */
export function errorOfReturnCode(returnCode: number): SmartCardError {
  return new SmartCardError(FAULT_OF_CODE.get(returnCode) ?? "communication", returnCode);
}
