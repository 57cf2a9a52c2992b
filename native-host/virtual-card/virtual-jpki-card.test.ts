import { constants, publicDecrypt, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import { SELECT_JPKI, send, useVirtualCards } from "../../tests/support/virtual-card.ts";
import type { CardFileInput } from "./card-file.ts";
import { ORDINARY_CARD } from "./card-quirks.ts";
import { createVirtualCard, type VirtualCard } from "./virtual-jpki-card.ts";

const { card, selected, unlock, sign, pins } = useVirtualCards();

describe("power", () => {
  it("answers to reset without historical octets", () => {
    expect(encodeHex(card().powerOn())).toBe("3be000ff8131fe4514");
  });

  it.each([
    ["READ BINARY", "00B0000000", "6986"],
    ["VERIFY", "00200098", "6986"],
    ["SELECT EF", "00A4020C02000A", "6986"],
    ["a signature", "802A0080013000", "6D00"],
    ["SELECT without data", "00A40000", "6A86"],
  ])("before an application is selected, %s answers %s with %s", async (_, command, answer) => {
    expect(await send(card(), command)).toBe(answer);
  });

  it("refuses commands without power", async () => {
    const powered = card();
    powered.powerOff();
    await expect(powered.transmit(decodeHex(SELECT_JPKI))).rejects.toThrow(RangeError);
  });

  it("answers 6F00 first, once for each power-on, when it is such a card", async () => {
    const powered = card({ quirks: { firstCommandFails: true } });
    expect(await send(powered, SELECT_JPKI)).toBe("6F00");
    expect(await send(powered, SELECT_JPKI)).toBe("9000");
    powered.reset();
    expect(await send(powered, SELECT_JPKI)).toBe("9000");
    powered.powerOn();
    expect(await send(powered, SELECT_JPKI)).toBe("6F00");
  });
});

describe("SELECT", () => {
  it("gives FCI when asked for", async () => {
    expect(await send(card(), "00A404000AD392F00026010000000100")).toBe("6F0E840AD392F000260100000001A5009000");
  });

  it("finds an application from the start of its identifier, and the next one", async () => {
    const powered = card();
    expect(await send(powered, "00A4040005D392F00026")).toBe("6F0E840AD392F000260100000001A5009000");
    expect(await send(powered, "00A4040E05D392F00026")).toBe("6A82");
  });

  it.each([
    ["the individual number", "D392100031000101" + "0408"],
    ["the card's face", "D392100031000101" + "0402"],
    ["the card's serial number", "D392100031000101" + "0100"],
  ])("finds no application with %s", async (_, aid) => {
    expect(await send(card(), "00A4040C", decodeHex(aid))).toBe("6A82");
  });

  it("leaves the selected application where another is not found", async () => {
    const powered = await selected();
    await unlock(powered);
    expect(await send(powered, "00A4040C05D392100031")).toBe("6A82");
    expect(await sign(powered, "97", Uint8Array.of(1))).toMatch(/9000$/);
  });

  it.each([
    ["00A4020C02000A", "9000"],
    ["00A4020C020099", "6A82"],
    ["00A4020C0100", "6700"],
    ["00A40000023F00", "6A82"],
    ["00A40000", "9000"],
    ["00A4010C02000A", "6A86"],
  ])("answers %s with %s", async (command, answer) => {
    expect(await send(await selected(), command)).toBe(answer);
  });

  it("finds no JPKI on another kind of card", async () => {
    expect(await send(card({ quirks: { anotherKindOfCard: true } }), SELECT_JPKI)).toBe("6A82");
  });
});

describe("class and instruction", () => {
  it.each([
    ["01A4040C", "6881"],
    ["03B0000000", "6881"],
    ["0CB0000000", "69FC"],
    ["10A4040C", "6E00"],
    ["FFCA000000", "6E00"],
    ["80AE0000", "6982"],
    ["80A2000001FF", "6700"],
    ["00FE0000", "6D00"],
    ["002A0080013000", "6D00"],
    ["00B0", "6700"],
    ["00200098051234", "6700"],
    ["00B08A04000100", "6700"],
  ])("%s is answered %s", async (command, answer) => {
    expect(await send(await selected(), command)).toBe(answer);
  });

  it("gives random octets", async () => {
    const challenge = await send(await selected(), "0084000000");
    expect(challenge).toMatch(/^[0-9A-F]{512}9000$/);
    expect(new Set(challenge.match(/../g)).size).toBeGreaterThan(50);
  });
});

describe("READ BINARY", () => {
  it.each([
    ["FF", "FF"],
    ["00", "00"],
  ] as const)("fills with %s behind the certificate, and reads short at the end", async (filler, octet) => {
    const powered = await selected({ quirks: { filler } });
    const start = await send(powered, "00B08A0004");
    const octets = Number.parseInt(start.slice(4, 8), 16) + 4;
    expect(octets).toBe(1500);
    const at = octets.toString(16).padStart(4, "0");
    expect(await send(powered, `00B0${at}00`)).toBe(octet.repeat(256) + "9000");
    expect(await send(powered, "00B007FE00")).toBe(octet.repeat(2) + "9000");
    expect(await send(powered, "00B0080001")).toBe("6B00");
  });

  it("takes short ids away where the card does not have them", async () => {
    const powered = await selected({ quirks: { shortFileIds: false } });
    expect(await send(powered, "00B08A0004")).toBe("6A86");
    expect(await send(powered, "00200098")).toBe("6A86");
    expect(await send(powered, "00A4020C02000A")).toBe("9000");
    expect(await send(powered, "00B0000002")).toBe("30829000");
  });

  it.each([
    ["no current file", "00B0000000", "6986"],
    ["no such short id", "00B09F0000", "6A82"],
    ["a PIN", "00B0980000", "6981"],
    ["a key", "00B0970000", "6981"],
    ["reserved bits", "00B0C00000", "6A86"],
    ["short id zero", "00B0800000", "6A86"],
    ["no Le", "00B08600", "6700"],
  ])("refuses %s", async (_, command, answer) => {
    expect(await send(await selected(), command)).toBe(answer);
  });

  it("gives the token information", async () => {
    const ordinary = await send(await selected(), "00B0860000");
    expect(ordinary.length).toBe(324);
    expect(Buffer.from(ordinary, "hex").toString("latin1")).toMatch(/^JPKIAPICCTOKEN2 {17}/);
    expect(ordinary.slice(232, 248), "PIN length, maximum and minimum").toBe("0000001000000006");
    const phone = await send(await selected({ quirks: { phoneMode: true } }), "00B0860020");
    expect(Buffer.from(phone, "hex").toString("latin1")).toMatch(/^JPKIAPGPSETOKEN {17}/);
  });

  it("gives the signing certificate only after its own PIN", async () => {
    const powered = await selected();
    expect(await send(powered, "00B0810002")).toBe("6982");
    await unlock(powered);
    expect(await send(powered, "00B0810002")).toBe("6982");
    expect(await send(powered, "0020009B", pins().signing)).toBe("9000");
    expect(await send(powered, "00B0810004")).toBe("308207CC9000");
  });

  it("gives a telephone's authentication certificate only after its PIN", async () => {
    const powered = await selected({ quirks: { phoneMode: true } });
    expect(await send(powered, "00B08A0002")).toBe("6982");
    await unlock(powered);
    expect(await send(powered, "00B08A0002")).toBe("30829000");
  });
});

describe("signature", () => {
  const publicKeyOf = async (powered: VirtualCard): Promise<X509Certificate> => {
    let certificate = "";
    for (let at = 0; at < 1500; at += 256) {
      await send(powered, "00A4020C02000A");
      certificate += (await send(powered, `00B0${at.toString(16).padStart(4, "0")}00`)).slice(0, -4);
    }
    return new X509Certificate(Buffer.from(certificate, "hex").subarray(0, 1500));
  };

  it.each([1, 51, 245])("pads %i octets just as they came, as often as wanted", async (length) => {
    const powered = await selected();
    await unlock(powered);
    const data = crypto.getRandomValues(new Uint8Array(length));
    const signature = await sign(powered, "97", data);
    expect(signature.length).toBe(516);
    expect(await sign(powered, "97", data)).toBe(signature);
    const { publicKey } = await publicKeyOf(powered);
    const octets = Buffer.from(signature.slice(0, -4), "hex");
    expect(new Uint8Array(publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, octets))).toEqual(
      data,
    );
  });

  it("takes the current file as key", async () => {
    const powered = await selected();
    await unlock(powered);
    await send(powered, "00A4020C020017");
    expect(await sign(powered, "80", Uint8Array.of(1))).toMatch(/9000$/);
  });

  it.each([
    ["no data", "802A009700", "6700"],
    ["no Le", "802A00970130", "6700"],
    ["246 octets", `802A0097F6${"00".repeat(246)}00`, "6700"],
    ["a file that is no key", "802A00980130" + "00", "6981"],
    ["no current file", "802A0080013000", "6986"],
    ["padding by other P1", "802A0197013000", "6A86"],
    ["the other key", "802A009A013000", "6982"],
  ])("refuses %s", async (_, command, answer) => {
    const powered = await selected();
    await unlock(powered);
    await send(powered, SELECT_JPKI);
    expect(await send(powered, command)).toBe(answer);
  });
});

describe("cards without a signing key", () => {
  it.each<[string, CardFileInput]>([
    ["a child's", { person: "child" }],
    ["one made so", { quirks: { noSigningKey: true } }],
  ])("%s has neither certificate, key nor PIN of it", async (_, file) => {
    const powered = await selected(file);
    expect(await send(powered, "0020009B")).toBe("6A88");
    for (const id of ["0001", "0002", "001A", "001B"]) expect(await send(powered, `00A4020C02${id}`)).toBe("6A82");
    expect(await send(powered, "00B0880000")).toBe("008F009000");
    expect(await unlock(powered)).toBe("9000");
  });
});

it("waits for the slow key, and only for it", async () => {
  const powered = await selected({ quirks: { slowKeyMilliseconds: 30 } });
  await unlock(powered);
  const order: string[] = [];
  const slow = sign(powered, "97", Uint8Array.of(1)).then((answer) => order.push(answer.slice(-4)));
  await new Promise((resolve) => setImmediate(resolve));
  order.push("free meanwhile");
  await slow;
  expect(order).toEqual(["free meanwhile", "9000"]);
});

it("can be made of nothing", async () => {
  const empty = createVirtualCard({ contents: { keys: {} }, quirks: ORDINARY_CARD });
  empty.powerOn();
  await send(empty, SELECT_JPKI);
  expect(await send(empty, "00200098")).toBe("6A88");
});
