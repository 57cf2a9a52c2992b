import { describe, expect, it } from "vitest";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import { commandApdu, verify } from "./command-apdu.ts";
import { withResponseChaining } from "./response-chaining.ts";
import { scriptedConnection } from "./scripted-connection.ts";

async function play(command: Uint8Array, script: string): Promise<string> {
  const connection = scriptedConnection(script);
  const response = await withResponseChaining(connection).transmit(command);
  expect(connection.remaining()).toBe(0);
  return encodeHex(response).toUpperCase();
}

describe("response chaining", () => {
  it.each([
    ["a whole answer", "00B0000003", "> 00B0000003\n< 0102039000", "0102039000"],
    ["an error", "00B0000003", "> 00B0000003\n< 6A82", "6A82"],
    ["61xx", "00B0000003", "> 00B0000003\n< 016102\n> 00C0000002\n< 02039000", "0102039000"],
    [
      "61xx twice",
      "00B0000000",
      "> 00B0000000\n< 6102\n> 00C0000002\n< 01026101\n> 00C0000001\n< 039000",
      "0102039000",
    ],
    ["6100 as 256", "00B0000000", "> 00B0000000\n< 6100\n> 00C0000000\n< 079000", "079000"],
    ["6Cxx in place of Le", "00B0000000", "> 00B0000000\n< 6C02\n> 00B0000002\n< 01029000", "01029000"],
    ["6Cxx where no Le was", "00200098", "> 00200098\n< 6C02\n> 0020009802\n< 63C3", "63C3"],
    ["6Cxx behind data without Le", "00A4040C0101", "> 00A4040C0101\n< 6C02\n> 00A4040C010102\n< 9000", "9000"],
    [
      "6Cxx in place of Le behind data",
      "802A0080010900",
      "> 802A0080010900\n< 6C05\n> 802A0080010905\n< 079000",
      "079000",
    ],
    [
      "6Cxx to GET RESPONSE",
      "00B0000000",
      "> 00B0000000\n< 016110\n> 00C0000010\n< 6C01\n> 00C0000001\n< 029000",
      "01029000",
    ],
    ["an error in the middle", "00B0000000", "> 00B0000000\n< 016102\n> 00C0000002\n< 6F00", "016F00"],
  ])("%s", async (_, command, script, answer) => expect(await play(decodeHex(command), script)).toBe(answer));

  it("never sends a PIN twice", async () => {
    const pin = crypto.getRandomValues(new Uint8Array(4));
    expect(await play(verify(0x98, pin), "> 00200098[masked]\n< 6C02")).toBe("6C02");
  });

  it.each(["6101", "6C01"])("gives up a card that always answers %s", async (answer) => {
    let asked = 0;
    const endless = withResponseChaining({ transmit: () => (asked++, Promise.resolve(decodeHex(answer))) });
    await expect(endless.transmit(commandApdu({ ins: 0xb0, p1: 0, p2: 0, le: 1 }))).rejects.toMatchObject({
      fault: "communication",
    });
    expect(asked).toBeLessThan(100);
  });
});
