import { describe, expect, it } from "vitest";
import { decodeHex } from "../../shared/encoding/hex.ts";
import {
  certificateOf,
  computeSignature,
  exchange,
  query,
  readCertificate,
  selectFile,
  selectIssuerSecurityDomain,
  selectJpki,
  somePin,
  verifyPin,
} from "../../tests/support/card-script.ts";
import { scriptedConnection } from "../smartcard/scripted-connection.ts";
import { parseTranscript } from "../smartcard/transcript.ts";
import { sha256DigestInfo } from "./digest-info.ts";
import { JpkiApplet, leaveApplication, type ShortIds } from "./jpki-applet.ts";

const digestInfo = sha256DigestInfo(crypto.getRandomValues(new Uint8Array(32)));

/** Selects the application on a card that answers as the script says, and sees to it that all of the script happens. */
async function play<T>(script: string, work: (applet: JpkiApplet) => Promise<T>, shortIds?: ShortIds): Promise<T> {
  const connection = scriptedConnection(script);
  try {
    return await work(await JpkiApplet.select(connection, shortIds));
  } finally {
    expect(connection.remaining()).toBe(0);
  }
}

describe("selecting", () => {
  it("asks a second time where the first command after power-up answers 6F00", async () => {
    await play(selectJpki("6F00") + selectJpki(), () => Promise.resolve());
  });

  it.each(["6A82", "6D00", "6E00", "6283"])("takes %s for another kind of card", async (statusWord) => {
    await expect(play(selectJpki(statusWord), () => Promise.resolve())).rejects.toMatchObject({
      name: "ApplicationMissing",
    });
  });

  it("asks no third time", async () => {
    await expect(play(selectJpki("6F00") + selectJpki("6F00"), () => Promise.resolve())).rejects.toMatchObject({
      name: "ApplicationMissing",
    });
  });
});

describe("tries left", () => {
  it.each([
    ["authentication", "98", 3],
    ["signing", "9B", 5],
  ] as const)("one exchange for %s with short ids", async (key, reference, tries) => {
    await play(selectJpki() + query(reference, `63C${tries}`), async (applet) => {
      expect(await applet.attemptsRemaining(key)).toBe(tries);
      expect(applet.shortIds).toBe("taken");
    });
  });

  it.each(["6A88", "6A86", "6B00", "6D00", "6984", "9000"])(
    "the long way where the short id answers %s",
    async (sw) => {
      const script = selectJpki() + query("98", sw) + selectFile("0018") + query("80", "63C2");
      await play(script, async (applet) => {
        expect(await applet.attemptsRemaining("authentication")).toBe(2);
        expect(applet.shortIds).toBe("refused");
      });
    },
  );

  it("no probe where it is known that short ids are refused", async () => {
    const script = selectJpki() + selectFile("001B") + query("80", "63C4");
    expect(await play(script, (applet) => applet.attemptsRemaining("signing"), "refused")).toBe(4);
  });

  it.each([
    ["63C0", 0],
    ["6983", 0],
    ["6984", 0],
    ["9000", 3],
  ])("reads %s as %i", async (sw, tries) => {
    expect(
      await play(selectJpki() + query("98", sw), (applet) => applet.attemptsRemaining("authentication"), "taken"),
    ).toBe(tries);
  });

  it("asks with an Le where a reader makes the short command too short", async () => {
    const script = selectJpki() + query("98", "6700") + exchange("0020009800", "63C3");
    expect(await play(script, (applet) => applet.attemptsRemaining("authentication"))).toBe(3);
  });

  it.each([
    selectJpki() + query("9B", "6A88") + selectFile("001B", "6A82"),
    selectJpki() + query("9B", "6A88") + selectFile("001B") + query("80", "6A88"),
  ])("says where a card has no such PIN", async (script) => {
    await expect(play(script, (applet) => applet.attemptsRemaining("signing"))).rejects.toMatchObject({
      name: "CertificateMissing",
    });
  });

  it("hands up what nobody foresaw", async () => {
    const script = selectJpki() + query("98", "6F42");
    await expect(play(script, (applet) => applet.attemptsRemaining("authentication"), "taken")).rejects.toMatchObject({
      name: "StatusWordError",
      statusWord: 0x6f42,
      instruction: 0x20,
    });
  });
});

describe("reading a certificate", () => {
  it.each([300, 511, 512, 513, 1500, 2000])("of %i octets in as few READs as it has blocks", async (length) => {
    const certificate = certificateOf(length);
    const reads = readCertificate(certificate, "8A");
    expect(parseTranscript(reads)).toHaveLength(Math.ceil(length / 256));
    const read = (applet: JpkiApplet) => applet.readCertificate("authentication");
    expect(await play(selectJpki() + reads, read, "taken")).toEqual(certificate);
    const longWay = selectJpki() + selectFile("000A") + readCertificate(certificate);
    expect(await play(longWay, read, "refused")).toEqual(certificate);
  });

  it.each(["FF", "00"])("cuts the filler %s off", async (filler) => {
    const certificate = Uint8Array.of(0x30, 0x03, 1, 2, 3);
    const script = selectJpki() + exchange("00B08B0000", `3003010203${filler.repeat(251)}9000`);
    expect(await play(script, (applet) => applet.readCertificate("authentication-ca"), "taken")).toEqual(certificate);
  });

  it("takes a long form of one octet, and what the card says at the end of the file", async () => {
    const certificate = decodeHex("308180" + "07".repeat(0x80));
    const script = selectJpki() + exchange("00B0820000", `308180${"07".repeat(0x80)}6282`);
    expect(await play(script, (applet) => applet.readCertificate("signing-ca"), "taken")).toEqual(certificate);
  });

  it("goes on after shorter answers than it asked for", async () => {
    const script =
      selectJpki() +
      exchange("00B08A0000", "3006010290" + "00") +
      exchange("00B0000404", "03046282") +
      exchange("00B0000602", "05069000");
    expect(await play(script, (applet) => applet.readCertificate("authentication"), "taken")).toEqual(
      decodeHex("3006010203040506"),
    );
  });

  it.each([
    ["6982", "PinRequired"],
    ["6A82", "CertificateMissing"],
    ["6A88", "CertificateMissing"],
    ["9000", "CertificateMissing"],
    ["6282", "CertificateMissing"],
    [`${"FF".repeat(256)}9000`, "CertificateMissing"],
    [`${"00".repeat(256)}9000`, "CertificateMissing"],
    ["040101" + "9000", "CardDataError"],
    ["3082FFFF" + "9000", "CardDataError"],
    ["30840000FFFF" + "9000", "CardDataError"],
    ["3082" + "9000", "CardDataError"],
    ["6B00", "StatusWordError"],
  ])("answers %.8s with %s", async (response, name) => {
    const script = selectJpki() + exchange("00B0810000", response);
    await expect(play(script, (applet) => applet.readCertificate("signing"), "taken")).rejects.toMatchObject({ name });
  });

  it.each(["6B00", "9000", "6982"])("gives up a file that ends early with %s", async (response) => {
    const script = selectJpki() + exchange("00B08A0000", "3004019000") + exchange("00B0000303", response);
    await expect(play(script, (applet) => applet.readCertificate("authentication"), "taken")).rejects.toMatchObject({
      name: "CardDataError",
    });
  });
});

describe("presenting a PIN", () => {
  it.each([
    ["authentication", "98", "0018"],
    ["signing", "9B", "001B"],
  ] as const)("one exchange for %s with short ids, two without", async (key, reference, file) => {
    await play(selectJpki() + verifyPin(reference), (applet) => applet.verify(key, somePin(key)), "taken");
    const longWay = selectJpki() + selectFile(file) + verifyPin("80");
    await play(longWay, (applet) => applet.verify(key, somePin(key)), "refused");
  });

  it.each([
    ["63C2", { name: "PinIncorrect", attemptsRemaining: 2 }],
    ["63C0", { name: "PinBlocked" }],
    ["6983", { name: "PinBlocked" }],
    ["6984", { name: "PinBlocked" }],
    ["6A88", { name: "CertificateMissing" }],
    ["6700", { name: "StatusWordError" }],
    ["6C04", { name: "StatusWordError" }],
  ])("answers %s with %o", async (statusWord, error) => {
    const script = selectJpki() + verifyPin("98", statusWord);
    await expect(
      play(script, (applet) => applet.verify("authentication", somePin("authentication")), "taken"),
    ).rejects.toMatchObject(error);
  });

  it("asks for the tries left where the card does not say them", async () => {
    const script = selectJpki() + verifyPin("98", "6300") + query("98", "63C1");
    await expect(
      play(script, (applet) => applet.verify("authentication", somePin("authentication")), "taken"),
    ).rejects.toMatchObject({ name: "PinIncorrect", attemptsRemaining: 1 });
  });

  it.each([
    ["authentication", 3],
    ["authentication", 5],
    ["authentication", 0],
    ["signing", 5],
    ["signing", 17],
  ] as const)("sends nothing for %s with %i digits", async (key, length) => {
    const pin = new Uint8Array(length).fill(0x31);
    await expect(play(selectJpki(), (applet) => applet.verify(key, pin))).rejects.toMatchObject({
      name: "PinMalformed",
    });
  });

  it.each([0x61, 0x20, 0x2f, 0x3a, 0x40, 0x5b, 0x00, 0xff])("sends nothing with the octet %i in it", async (octet) => {
    for (const key of ["authentication", "signing"] as const) {
      const pin = somePin(key);
      pin[2] = octet;
      await expect(play(selectJpki(), (applet) => applet.verify(key, pin))).rejects.toMatchObject({
        name: "PinMalformed",
      });
    }
  });

  it("takes a letter for the signing key only", async () => {
    const pin = Uint8Array.of(...somePin("signing"), 0x41, 0x5a);
    await play(selectJpki() + verifyPin("9B"), (applet) => applet.verify("signing", pin), "taken");
    await expect(
      play(selectJpki(), (applet) => applet.verify("authentication", Uint8Array.of(0x41, 0x31, 0x31, 0x31))),
    ).rejects.toMatchObject({ name: "PinMalformed" });
  });

  it("overwrites the command and leaves the PIN to its owner", async () => {
    const sent: Uint8Array[] = [];
    const pin = somePin("authentication");
    const copy = pin.slice();
    const applet = await JpkiApplet.select(
      { transmit: (command) => (sent.push(command), Promise.resolve(Uint8Array.of(0x90, 0x00))) },
      "taken",
    );
    await applet.verify("authentication", pin);
    expect(sent.at(-1)?.every((octet) => octet === 0)).toBe(true);
    expect(pin).toEqual(copy);
  });
});

describe("signing", () => {
  const signature = "5A".repeat(256);

  it.each([
    ["authentication", "97", "0017"],
    ["signing", "9A", "001A"],
  ] as const)("one exchange for %s with short ids, two without", async (key, reference, file) => {
    const sign = (applet: JpkiApplet) => applet.sign(key, digestInfo);
    const short = selectJpki() + computeSignature(reference, digestInfo, `${signature}9000`);
    expect(await play(short, sign, "taken")).toEqual(decodeHex(signature));
    const longWay = selectJpki() + selectFile(file) + computeSignature("80", digestInfo, `${signature}9000`);
    expect(await play(longWay, sign, "refused")).toEqual(decodeHex(signature));
  });

  it("selects the key once for several signatures", async () => {
    const one = computeSignature("80", digestInfo, `${signature}9000`);
    await play(
      selectJpki() + selectFile("001A") + one + one,
      async (applet) => {
        await applet.sign("signing", digestInfo);
        await applet.sign("signing", digestInfo);
      },
      "refused",
    );
  });

  it.each([
    ["6982", "PinRequired"],
    ["6A88", "CertificateMissing"],
    ["9000", "CardDataError"],
    ["6985", "StatusWordError"],
  ])("answers %s with %s", async (response, name) => {
    const script = selectJpki() + computeSignature("97", digestInfo, response);
    await expect(play(script, (applet) => applet.sign("authentication", digestInfo), "taken")).rejects.toMatchObject({
      name,
    });
  });

  it("sends nothing that the card could not pad", async () => {
    await expect(play(selectJpki(), (applet) => applet.sign("signing", new Uint8Array(246)))).rejects.toThrow(
      RangeError,
    );
  });
});

describe("leaving", () => {
  it("selects the issuer security domain", async () => {
    await play(selectJpki() + selectIssuerSecurityDomain(), (applet) => applet.leave());
  });

  it("says when the card did not take it", async () => {
    await expect(leaveApplication(scriptedConnection(selectIssuerSecurityDomain("6A82")))).rejects.toMatchObject({
      name: "StatusWordError",
    });
  });
});
