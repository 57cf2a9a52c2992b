import { describe, expect, it } from "vitest";
import { RETURN_CODE, errorOfReturnCode } from "./pcsc-return-code.ts";

describe("errorOfReturnCode", () => {
  it.each([
    ["SCARD_W_REMOVED_CARD", "card-removed"],
    ["SCARD_W_RESET_CARD", "card-reset"],
    ["SCARD_E_NO_SMARTCARD", "no-card"],
    ["SCARD_E_SHARING_VIOLATION", "card-busy"],
    ["SCARD_E_NO_SERVICE", "service-unavailable"],
    ["SCARD_E_SERVICE_STOPPED", "service-unavailable"],
    ["SCARD_E_UNKNOWN_READER", "reader-unavailable"],
    ["SCARD_W_UNRESPONSIVE_CARD", "card-unresponsive"],
    ["SCARD_E_CANCELLED", "cancelled"],
    ["SCARD_E_NOT_TRANSACTED", "communication"],
  ] as const)("%s is %s and keeps its code", (name, fault) => {
    const error = errorOfReturnCode(RETURN_CODE[name]);
    expect(error.fault).toBe(fault);
    expect(error.returnCode).toBe(RETURN_CODE[name]);
  });

  it("takes a code that it doesn't know as a failed exchange, and shows it", () => {
    const error = errorOfReturnCode(0x80101234);
    expect(error.fault).toBe("communication");
    expect(error.message).toContain("0x80101234");
  });
});
