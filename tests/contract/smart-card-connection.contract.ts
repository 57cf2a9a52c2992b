import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import type { SmartCardConnection } from "../../native-host/smartcard/smart-card-connection.ts";
import { exchange, query, selectFile, selectIssuerSecurityDomain, selectJpki } from "../support/card-script.ts";
import { parseTranscript } from "../../native-host/smartcard/transcript.ts";

/** A connection under test, and what lets go of it afterwards. */
export interface OpenedConnection {
  readonly connection: SmartCardConnection;
  close(): Promise<void>;
}

const certificateStart = "3082" + "07".repeat(254);

/**
 * Conversations with a JPKI card that has short ids, 3 tries for its authentication PIN and no PIN verified. Where responses may
 * differ from card to card, only length and status word are compared. No command has a PIN in it: nobody's try is spent.
 */
const CONVERSATIONS: Readonly<Record<string, string>> = {
  "selects the application and answers without data": selectJpki(),
  "selects the issuer security domain": selectJpki() + selectIssuerSecurityDomain(),
  "asks for the tries left as often as it likes": selectJpki() + query("98", "63C3") + query("98", "63C3"),
  "takes a command of four octets and one of six": selectJpki() + query("98", "63C3") + selectFile("000A"),
  "reads 256 octets at once": selectJpki() + exchange("00B08A0000", `${certificateStart}9000`),
  "reads on from the file that a short id selected":
    selectJpki() + exchange("00B08A0004", "308207079000") + exchange("00B0000402", "07079000"),
  "refuses an offset behind the end": selectJpki() + selectFile("000A") + exchange("00B07F0001", "6B00"),
  "refuses to sign before VERIFY":
    selectJpki() + exchange(`802A009733${"3031300D060960864801650304020105000420" + "00".repeat(32)}00`, "6982"),
  "refuses an instruction that it does not have": selectJpki() + exchange("00FE0000", "6D00"),
  "refuses a file that is not there": selectJpki() + selectFile("0003", "6A82"),
};

/**
 * What everything above the seam relies on. `open` gives a connection to a freshly powered card as {@link CONVERSATIONS} describe it; the
 * scripted side gets the conversation that is about to be held, others need not look at it.
 */
export function smartCardConnectionContract(name: string, open: (script: string) => Promise<OpenedConnection>): void {
  describe(`${name} as a smart card connection`, () => {
    describe.each(Object.entries(CONVERSATIONS))("%s", (_, script) => {
      let opened: OpenedConnection;
      beforeEach(async () => (opened = await open(script)));
      afterEach(() => opened.close());

      it("answers every command, in order, and keeps none of the arrays", async () => {
        for (const { command, outcome } of parseTranscript(script)) {
          const octets = decodeHex(command);
          const response = await opened.connection.transmit(octets);
          expect(encodeHex(octets).toUpperCase()).toBe(command);
          octets.fill(0xff);
          const expected = "response" in outcome ? outcome.response : "";
          expect(encodeHex(response.subarray(-2)).toUpperCase(), command).toBe(expected.slice(-4));
          expect(response.length, command).toBe(expected.length / 2);
        }
      });
    });

    it("gives every caller its own response array", async () => {
      const script = selectJpki() + query("98", "63C3") + query("98", "63C3");
      const opened = await open(script);
      try {
        await opened.connection.transmit(decodeHex("00A4040C0AD392F000260100000001"));
        const first = await opened.connection.transmit(decodeHex("00200098"));
        first.fill(0);
        expect(encodeHex(await opened.connection.transmit(decodeHex("00200098")))).toBe("63c3");
      } finally {
        await opened.close();
      }
    });
  });
}
