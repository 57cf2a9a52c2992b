import { describe, expect, it } from "vitest";
import { encodeHex } from "../../shared/encoding/hex.ts";
import {
  commandApdu,
  getResponse,
  isVerify,
  printCommand,
  readBinary,
  readBinaryByShortId,
  selectApplication,
  selectElementaryFile,
  verify,
  verifyQuery,
} from "./command-apdu.ts";

const hex = (octets: Uint8Array): string => encodeHex(octets).toUpperCase();

describe("a command in its short form", () => {
  it.each([
    ["case 1", commandApdu({ ins: 0x20, p1: 0, p2: 0x80 }), "00200080"],
    ["case 2", commandApdu({ ins: 0xb0, p1: 1, p2: 2, le: 255 }), "00B00102FF"],
    ["case 2 with 256", commandApdu({ ins: 0xb0, p1: 0, p2: 0, le: 256 }), "00B0000000"],
    ["case 3", commandApdu({ ins: 0xd6, p1: 0, p2: 0, data: Uint8Array.of(7, 8) }), "00D60000020708"],
    [
      "case 4",
      commandApdu({ cla: 0x80, ins: 0x2a, p1: 0, p2: 0x80, data: Uint8Array.of(9), le: 256 }),
      "802A0080010900",
    ],
    ["SELECT by AID", selectApplication(Uint8Array.of(1, 2, 3)), "00A4040C03010203"],
    ["SELECT EF", selectElementaryFile(0x000a), "00A4020C02000A"],
    ["READ BINARY", readBinary(0x7f01, 16), "00B07F0110"],
    ["READ BINARY by short id", readBinaryByShortId(0x0a, 256), "00B08A0000"],
    ["the query", verifyQuery(0x98), "00200098"],
    ["GET RESPONSE", getResponse(256), "00C0000000"],
  ])("%s", (_, command, octets) => expect(hex(command)).toBe(octets));

  it("carries up to 255 octets of data", () => {
    expect(commandApdu({ ins: 1, p1: 0, p2: 0, data: new Uint8Array(255) })[4]).toBe(255);
  });

  it.each([
    { ins: 0x100, p1: 0, p2: 0 },
    { ins: 1, p1: -1, p2: 0 },
    { ins: 1, p1: 0, p2: 0.5 },
    { ins: 1, p1: 0, p2: 0, le: 0 },
    { ins: 1, p1: 0, p2: 0, le: 257 },
    { ins: 1, p1: 0, p2: 0, data: new Uint8Array() },
    { ins: 1, p1: 0, p2: 0, data: new Uint8Array(256) },
  ])("refuses what the short form can't say: %o", (fields) => expect(() => commandApdu(fields)).toThrow(RangeError));

  it("refuses an offset that would be read as a short id", () => {
    expect(() => readBinary(0x8000, 1)).toThrow(RangeError);
  });
});

describe("a command with a PIN", () => {
  const octets = crypto.getRandomValues(new Uint8Array(6));

  it("is known from the query by its body", () => {
    expect(isVerify(verify(0x98, octets))).toBe(true);
    expect(isVerify(verifyQuery(0x98))).toBe(false);
    expect(isVerify(commandApdu({ ins: 0x20, p1: 0, p2: 0x98, le: 256 }))).toBe(false);
  });

  it("is a copy of the octets", () => {
    const command = verify(0x98, octets);
    command.fill(0);
    expect(octets.some((octet) => octet !== 0)).toBe(true);
  });

  it.each([0x20, 0x21, 0x24, 0x25, 0x2c, 0x2d])("prints as its header only, INS %i", (ins) => {
    const printed = printCommand(commandApdu({ ins, p1: 0, p2: 0x98, data: octets }));
    expect(printed).toMatch(/^00..0098\[masked\]$/);
  });

  it("is masked in the extended form as well", () => {
    const extended = Uint8Array.of(0, 0x20, 0, 0x98, 0, 0, octets.length, ...octets);
    expect(printCommand(extended)).toBe("00200098[masked]");
  });
});

it("prints every other command whole", () => {
  expect(printCommand(readBinaryByShortId(0x0a, 256))).toBe("00B08A0000");
  expect(printCommand(verifyQuery(0x9b))).toBe("0020009B");
});
