import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import { element } from "../../formats/der/der.ts";
import { Refusal } from "../verdict/failure.ts";
import { toDefiniteLengths } from "./ber.ts";

const converted = (hex: string, padding: "none" | "zeros" = "none"): string =>
  encodeHex(toDefiniteLengths(decodeHex(hex), padding));

function codeOf(read: () => unknown): string {
  try {
    read();
    return "nothing";
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.code : String(thrown);
  }
}

/** A tree of elements, written in DER, and in BER in the way that `choices` say. */
interface Both {
  readonly der: Uint8Array;
  readonly ber: Uint8Array;
}
const indefinite = (identifier: number, contents: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(identifier, 0x80), contents, Uint8Array.of(0, 0));
const longLength = (identifier: number, contents: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(identifier, 0x84, 0, 0, contents.length >> 8, contents.length & 0xff), contents);

const octets = fc.uint8Array({ maxLength: 300 });
const { tree } = fc.letrec<{ tree: Both }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc
      .record({ tag: fc.constantFrom(0x02, 0x04, 0x0c, 0x80), contents: octets, long: fc.boolean() })
      .map((leaf): Both => {
        const der = element(leaf.tag, leaf.contents);
        return { der, ber: leaf.long ? longLength(leaf.tag, leaf.contents) : der };
      }),
    fc.record({ first: octets, second: octets, open: fc.boolean() }).map(({ first, second, open }): Both => {
      const pieces = concatBytes(element(0x04, first), indefinite(0x24, element(0x04, second)));
      return {
        der: element(0x04, first, second),
        ber: open ? indefinite(0x24, pieces) : element(0x24, pieces),
      };
    }),
    fc
      .record({
        tag: fc.constantFrom(0x30, 0x31, 0xa0, 0xa1),
        items: fc.array(tie("tree"), { maxLength: 4 }),
        open: fc.boolean(),
      })
      .map(({ tag, items, open }): Both => {
        const ber = concatBytes(...items.map((item) => item.ber));
        return {
          der: element(tag, ...items.map((item) => item.der)),
          ber: open ? indefinite(tag, ber) : element(tag, ber),
        };
      }),
  ),
}));

describe("BER is read as the DER that says the same (X.690, 8.1.3.6, 8.7.3)", () => {
  it("whatever the tree, and wherever its lengths are open", () => {
    fc.assert(
      fc.property(tree, ({ der, ber }) => {
        expect(encodeHex(toDefiniteLengths(ber))).toBe(encodeHex(der));
        expect(toDefiniteLengths(der)).toEqual(der);
      }),
      { numRuns: 200 },
    );
  });

  it("DER comes back uncopied", () => {
    const given = concatBytes(decodeHex("3005"), decodeHex("0201010400"));
    expect(toDefiniteLengths(given).buffer).toBe(given.buffer);
  });

  it("zeros may stand behind it only where the caller says so", () => {
    expect(converted("3080020101 0000 000000".replaceAll(" ", ""), "zeros")).toBe("3003020101");
    expect(codeOf(() => converted("3080020101 0000 000000"))).toBe("file-broken");
    expect(codeOf(() => converted("3080020101 0000 000001", "zeros"))).toBe("file-broken");
  });
});

describe("what is no BER is refused", () => {
  it.each([
    ["nothing", "", "file-broken"],
    ["an identifier alone", "30", "file-broken"],
    ["a primitive element of open length", "04800000", "file-broken"],
    ["an open length without an end", "3080020101", "file-broken"],
    ["an end that is cut off", "308002010100", "file-broken"],
    ["an end with contents", "30800001ff", "file-broken"],
    ["an end where nothing is open", "30020000", "file-broken"],
    ["an end behind its parent's", "30043080020100 00".replace(" ", ""), "file-broken"],
    ["a length of more octets than there are", "3084ff", "file-broken"],
    ["a length beyond the file", "3084ffffffff", "file-broken"],
    ["a length of 127 octets", `30ff${"00".repeat(127)}`, "file-broken"],
    ["a child longer than its parent", "30030204000000", "file-broken"],
    ["a tag of more octets", "3f1f0100", "file-broken"],
    ["a piece of an OCTET STRING that is none", "2403020101", "file-broken"],
    ["something behind it", "300000", "file-broken"],
  ])("%s", (_name, hex, code) => {
    expect(codeOf(() => toDefiniteLengths(decodeHex(hex)))).toBe(code);
  });

  it("nested too deep, in definite and open lengths", () => {
    let deep: Uint8Array = new Uint8Array();
    for (let level = 0; level < 60; level++) deep = element(0x30, deep);
    expect(codeOf(() => toDefiniteLengths(deep))).toBe("too-large");
    expect(
      codeOf(() => toDefiniteLengths(concatBytes(...Array<Uint8Array>(100_000).fill(Uint8Array.of(0x30, 0x80))))),
    ).toBe("too-large");
    expect(
      codeOf(() => toDefiniteLengths(concatBytes(...Array<Uint8Array>(100_000).fill(Uint8Array.of(0x24, 0x80))))),
    ).toBe("too-large");
  });

  it("of more pieces than any honest file has", () => {
    const pieces = new Uint8Array(4_000_000);
    for (let at = 0; at < pieces.length; at += 2) pieces[at] = 0x04;
    expect(codeOf(() => toDefiniteLengths(indefinite(0x24, pieces)))).toBe("too-large");
    expect(codeOf(() => toDefiniteLengths(element(0x30, pieces)))).toBe("too-large");
  });
});
