import type { FaultCode } from "../../shared/errors.ts";
import type { HostError } from "../../shared/protocol/host-messages.ts";
import {
  ApplicationMissing,
  CardDataError,
  CertificateMissing,
  PinBlocked,
  PinIncorrect,
  PinMalformed,
  PinRequired,
} from "../jpki/jpki-errors.ts";
import { SmartCardError, type SmartCardFault } from "../smartcard/smart-card-connection.ts";
import { StatusWordError } from "../smartcard/status-word.ts";

/** An operation ends with this code. */
export class OperationFault extends Error {
  override readonly name = "OperationFault";
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(code);
    this.code = code;
  }
}

const SMART_CARD_FAULTS: Readonly<Record<SmartCardFault, FaultCode>> = {
  "service-unavailable": "pcsc-unavailable",
  "reader-unavailable": "reader-none",
  "no-card": "card-none",
  "card-removed": "card-removed",
  "card-reset": "card-unresponsive",
  "card-busy": "card-busy",
  "card-unresponsive": "card-unresponsive",
  cancelled: "host-stopped",
  communication: "card-unresponsive",
};

/** The code for whatever an operation threw: status words and PC/SC codes stop here. What nobody foresaw is `internal`. */
export function hostErrorOf(error: unknown): HostError {
  if (error instanceof OperationFault) return { code: error.code };
  if (error instanceof SmartCardError) return { code: SMART_CARD_FAULTS[error.fault] };
  if (error instanceof PinIncorrect) return { code: "pin-incorrect", attemptsRemaining: error.attemptsRemaining };
  if (error instanceof PinBlocked) return { code: "pin-blocked" };
  if (error instanceof PinMalformed) return { code: "pin-malformed" };
  if (error instanceof ApplicationMissing) return { code: "card-unsupported" };
  if (error instanceof CertificateMissing) return { code: "certificate-missing" };
  return { code: isCardTrouble(error) ? "card-unresponsive" : "internal" };
}

/** Whether the card answered what it should not have, or did not answer: whatever is known of it has to be asked again. */
export function isCardTrouble(error: unknown): boolean {
  return [SmartCardError, StatusWordError, CardDataError, PinRequired, ApplicationMissing].some(
    (kind) => error instanceof kind,
  );
}
