import type { BrokerRequest } from "../../shared/protocol/broker-messages.ts";
import { isSigningFormat, isSupportedFormat } from "../../shared/protocol/signing-formats.ts";

type AvailabilityOptions = Extract<BrokerRequest, { type: "availability" }>["options"];
type OpenRequest = Extract<BrokerRequest, { type: "open" }>;

/** Whether this version does what `availability()` asks about; what is not asked about is no hindrance. */
export function isSupportedQuestion({ operation, format, profile }: AvailabilityOptions): boolean {
  const signing = (format === undefined && profile === undefined) || isSupportedFormat({ format, profile });
  const login = (format === undefined || format === "web-eid:1.0") && profile === undefined;
  switch (operation) {
    case undefined:
      return signing || login;
    case "authenticate":
      return login;
    case "sign":
      return signing;
    case "readAttributes":
      return format === undefined && profile === undefined;
    default:
      return false;
  }
}

/** Whether this version opens a ceremony for it. */
export function isSupportedCeremony({ operation, formats, blind }: OpenRequest): boolean {
  return operation === "sign" ? formats.length > 0 && formats.every(isSigningFormat) : formats.length === 0 && !blind;
}
