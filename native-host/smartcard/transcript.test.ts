import { describe, expect, it } from "vitest";
import { decodeHex } from "../../shared/encoding/hex.ts";
import type { CardAccess } from "./card-access.ts";
import { commandApdu, selectApplication, verify, verifyQuery } from "./command-apdu.ts";
import { scriptedConnection } from "./scripted-connection.ts";
import { SmartCardError, type SmartCardConnection } from "./smart-card-connection.ts";
import { foreignSelects, parseTranscript, withCardTranscript, withTranscript } from "./transcript.ts";

const always = (answer: string): SmartCardConnection => ({ transmit: () => Promise.resolve(decodeHex(answer)) });

describe("a transcript", () => {
  it("is readable", async () => {
    const lines: string[] = [];
    const connection = withTranscript(always("9000"), (line) => lines.push(line));
    await connection.transmit(selectApplication(decodeHex("D392F000260100000001")));
    await connection.transmit(verifyQuery(0x98));
    expect(lines).toEqual(["> 00A4040C0AD392F000260100000001  SELECT", "< 9000", "> 00200098  VERIFY", "< 9000"]);
  });

  it.each([0x20, 0x24])("never holds the body of INS %i", async (ins) => {
    const lines: string[] = [];
    const body = crypto.getRandomValues(new Uint8Array(12));
    await withTranscript(always("63C2"), (line) => lines.push(line)).transmit(
      commandApdu({ ins, p1: 0, p2: 0x80, data: body }),
    );
    expect(lines[0]).toMatch(/^> 00..0080\[masked\] {2}[A-Z ]+$/);
  });

  it("says why no response came, and hands the error on", async () => {
    const lines: string[] = [];
    const mute: SmartCardConnection = { transmit: () => Promise.reject(new SmartCardError("card-removed")) };
    await expect(withTranscript(mute, (line) => lines.push(line)).transmit(verifyQuery(0x98))).rejects.toMatchObject({
      fault: "card-removed",
    });
    expect(lines[1]).toBe("! card-removed");
  });

  it("is a script", async () => {
    const lines: string[] = [];
    const pin = crypto.getRandomValues(new Uint8Array(4));
    const recorded = withTranscript(always("63C1"), (line) => lines.push(line));
    await recorded.transmit(verify(0x98, pin));
    await recorded.transmit(verifyQuery(0x98));
    const script = scriptedConnection(lines.join("\n"));
    expect(await script.transmit(verify(0x98, pin))).toEqual(decodeHex("63C1"));
    expect(await script.transmit(verifyQuery(0x98))).toEqual(decodeHex("63C1"));
    expect(script.remaining()).toBe(0);
  });

  it.each(["< 9000", "> 00A4\n< 9000\n< 9000", "hello", "> 0\n< 9000", "> 00A4\n< 9X"])("refuses %o", (text) => {
    expect(() => parseTranscript(text)).toThrow(SyntaxError);
  });

  it("of a process that was ended holds a command without an answer", () => {
    expect(parseTranscript("> 00A4\n# connect\n> 00B0\n< 9000\n> 00C0\n")).toEqual([
      { command: "00A4", outcome: { fault: "cancelled" } },
      { command: "00B0", outcome: { response: "9000" } },
      { command: "00C0", outcome: { fault: "cancelled" } },
    ]);
  });

  it("marks connections and transactions", async () => {
    const lines: string[] = [];
    const access: CardAccess = {
      watch: () => Promise.resolve(),
      connect: () => Promise.resolve({ transaction: (work) => work(always("9000")), close: () => Promise.resolve() }),
      close: () => Promise.resolve(),
    };
    const connection = await withCardTranscript(access, (line) => lines.push(line)).connect("reader");
    await connection.transaction((card) => card.transmit(verifyQuery(0x98)), "unpower");
    await connection.close("leave");
    expect(lines).toEqual([
      "# connect",
      "# transaction",
      "> 00200098  VERIFY",
      "< 9000",
      "# transaction ends, power off",
      "# close: leave",
    ]);
  });
});

describe("a script", () => {
  const query = verifyQuery(0x98);

  it("refuses another command and says both", async () => {
    await expect(scriptedConnection("> 00B0000000\n< 9000").transmit(query)).rejects.toThrow(
      "expected 00B0000000, got 00200098",
    );
  });

  it("never says a PIN that was not expected", async () => {
    const pin = crypto.getRandomValues(new Uint8Array(4));
    await expect(scriptedConnection("> 00200098\n< 63C3").transmit(verify(0x98, pin))).rejects.toThrow(
      /got 00200098\[masked\]$/,
    );
  });

  it("says when it is depleted", async () => {
    const script = scriptedConnection("> 00200098\n< 63C3");
    await script.transmit(query);
    await expect(script.transmit(query)).rejects.toThrow("depleted after 1 exchanges");
  });

  it("plays a fault", async () => {
    await expect(scriptedConnection("> 00200098\n! card-reset").transmit(query)).rejects.toMatchObject({
      name: "SmartCardError",
      fault: "card-reset",
    });
  });
});

describe("foreign selections", () => {
  it.each([
    ["JPKI", "00A4040C0AD392F000260100000001", []],
    ["JPKI with FCI", "00A404000AD392F00026010000000100", []],
    ["the issuer security domain", "00A4040C08A000000151000000", []],
    ["a file", "00A4020C02000A", []],
    [
      "the application with the individual number",
      "00A4040C0AD3921000310001010408",
      ["00A4040C0AD3921000310001010408"],
    ],
    ["part of an AID", "00A4040C02D392", ["00A4040C02D392"]],
    ["a file by path", "00A4080C023F00", ["00A4080C023F00"]],
    ["no data", "00A40000", ["00A40000"]],
    ["the extended form", "00A4040C00000AD392F000260100000001", ["00A4040C00000AD392F000260100000001"]],
    ["another instruction", "00B0000000", []],
  ])("%s", (_, command, found) => expect(foreignSelects(`> ${command}\n< 9000`)).toEqual(found));
});
