import { describe, expect, it } from "vitest";
import {
  ApplicationMissing,
  CardDataError,
  CertificateMissing,
  PinBlocked,
  PinIncorrect,
  PinMalformed,
  PinRequired,
} from "../jpki/jpki-errors.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { StatusWordError } from "../smartcard/status-word.ts";
import { hostErrorOf, isCardTrouble, OperationFault } from "./operation-fault.ts";

describe("an error of the card becomes a code", () => {
  it.each([
    [new OperationFault("card-changed"), "card-changed", false],
    [new SmartCardError("service-unavailable"), "pcsc-unavailable", true],
    [new SmartCardError("reader-unavailable"), "reader-none", true],
    [new SmartCardError("no-card"), "card-none", true],
    [new SmartCardError("card-removed"), "card-removed", true],
    [new SmartCardError("card-reset"), "card-unresponsive", true],
    [new SmartCardError("card-busy"), "card-busy", true],
    [new SmartCardError("communication", 0x8010002f), "card-unresponsive", true],
    [new StatusWordError(0x6f42, 0x2a), "card-unresponsive", true],
    [new CardDataError(), "card-unresponsive", true],
    [new PinRequired(), "card-unresponsive", true],
    [new ApplicationMissing(), "card-unsupported", true],
    [new CertificateMissing(), "certificate-missing", false],
    [new PinMalformed(), "pin-malformed", false],
    [new PinBlocked(), "pin-blocked", false],
    [new Error("anything else"), "internal", false],
    ["no error at all", "internal", false],
  ])("%s: %s", (error, code, trouble) => {
    expect(hostErrorOf(error)).toEqual({ code });
    expect(isCardTrouble(error)).toBe(trouble);
  });

  it("with the tries that are left, and nothing more of the card", () => {
    expect(hostErrorOf(new PinIncorrect(2))).toEqual({ code: "pin-incorrect", attemptsRemaining: 2 });
  });
});
