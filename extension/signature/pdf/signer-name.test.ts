import { expect, it } from "vitest";
import { certificateShape } from "../../../tests/fixtures/pdf/small-pdf.ts";
import { element, objectIdentifier } from "../../../formats/der/der.ts";
import { signerName } from "./signer-name.ts";

const utf8 = (text: string): Uint8Array => element(0x0c, new TextEncoder().encode(text));

it("is the holder's name of a JPKI certificate, whatever stands beside it", () => {
  const others = [
    element(0x82, new TextEncoder().encode("example.jp")),
    element(0xa0, objectIdentifier("1.2.392.200149.8.5.5.5"), element(0xa0, utf8("青空市"))),
  ];
  expect(signerName(certificateShape("0123ABC", "道野 遥", others))).toBe("道野 遥");
});

it("is the common name without one", () => {
  const address = element(0xa0, objectIdentifier("1.2.392.200149.8.5.5.5"), element(0xa0, utf8("青空市")));
  expect(signerName(certificateShape("公道 太郎"))).toBe("公道 太郎");
  expect(signerName(certificateShape("公道 太郎", undefined, [address]))).toBe("公道 太郎");
});

it("throws on what is no certificate", () => {
  for (const octets of [[], [0x30], [0x30, 0x80, 0, 0], [0x30, 3, 0x30, 5, 0]])
    expect(() => signerName(Uint8Array.from(octets))).toThrow(RangeError);
});
