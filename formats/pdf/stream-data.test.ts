import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Bytes } from "../der/der.ts";
import { DocumentFault } from "../document-fault.ts";
import { inflate } from "./flate.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { octetsOf } from "./pdf-octets.ts";
import { pdfDictionary, pdfName, pdfNumber, type PdfDictionary } from "./pdf-value.ts";
import { undoPngPredictor } from "./predictor.ts";
import { streamData } from "./stream-data.ts";
import { WorkBudget } from "./work-budget.ts";

const deflated = (octets: Uint8Array): Bytes => new Uint8Array(deflateSync(octets));
const joined = (...parts: Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));

describe("FlateDecode", () => {
  it("inflates, whatever line end was counted in", async () => {
    const plain = octetsOf("endobj ".repeat(1000));
    for (const end of ["", "\n", "\r\n"])
      expect(await inflate(joined(deflated(plain), octetsOf(end)), new WorkBudget())).toEqual(plain);
  });

  it("refuses what is cut short, damaged or followed by something else", async () => {
    const good = deflated(octetsOf("endobj ".repeat(1000)));
    for (const bad of [good.slice(0, -1), good.with(8, 0xff), joined(good, octetsOf("abc")), new Uint8Array()])
      await expect(inflate(bad, new WorkBudget())).rejects.toThrow(DocumentFault);
  });

  it("stops a bomb", async () => {
    const bomb = deflated(new Uint8Array(4_000_000));
    expect(bomb.length).toBeLessThan(5_000);
    const budget = new WorkBudget();
    budget.spend("inflated", PDF_LIMITS.inflated - 5_000_000);
    await inflate(bomb, budget);
    await expect(inflate(bomb, budget)).rejects.toThrow(/inflated/);
  });
});

describe("PNG predictors (PNG, 9.2)", () => {
  it.each([
    ["none", [0, 1, 2, 3, 0, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
    ["sub", [1, 1, 1, 1, 1, 250, 10, 1], [1, 2, 3, 250, 4, 5]],
    ["up", [2, 1, 2, 3, 2, 1, 1, 1], [1, 2, 3, 2, 3, 4]],
    ["average", [3, 2, 2, 2, 3, 1, 1, 1], [2, 3, 3, 2, 3, 4]],
    ["paeth", [4, 1, 1, 1, 4, 1, 1, 1], [1, 2, 3, 2, 3, 4]],
  ])("%s", (_, data, plain) => {
    expect([...undoPngPredictor(Uint8Array.from(data), { length: 3, pixel: 1 })]).toEqual(plain);
  });

  it("refuses half a row and filters that don't exist", () => {
    expect(() => undoPngPredictor(new Uint8Array(7), { length: 3, pixel: 1 })).toThrow(DocumentFault);
    expect(() => undoPngPredictor(Uint8Array.of(5, 0, 0, 0), { length: 3, pixel: 1 })).toThrow(DocumentFault);
  });
});

describe("a stream's data", () => {
  const read = (dictionary: PdfDictionary, data: Uint8Array, length = data.length): Promise<Bytes> =>
    streamData(
      joined(data, octetsOf("\nendstream")),
      { kind: "stream", dictionary, start: 0 },
      length,
      new WorkBudget(),
    );
  const flate = pdfName("FlateDecode");

  it("is decoded", async () => {
    expect(await read(new Map(), octetsOf("abc"))).toEqual(octetsOf("abc"));
    expect(await read(pdfDictionary({ Filter: [flate] }), deflated(octetsOf("abc")))).toEqual(octetsOf("abc"));
    const DecodeParms = [pdfDictionary({ Predictor: pdfNumber(12), Columns: pdfNumber(3) })];
    const predicted = deflated(Uint8Array.of(2, 1, 2, 3));
    expect(await read(pdfDictionary({ Filter: [flate], DecodeParms }), predicted)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it.each<[string, PdfDictionary]>([
    ["another filter", pdfDictionary({ Filter: pdfName("LZWDecode") })],
    ["two filters", pdfDictionary({ Filter: [flate, flate] })],
    ["a TIFF predictor", pdfDictionary({ Filter: flate, DecodeParms: pdfDictionary({ Predictor: pdfNumber(2) }) })],
    [
      "impossible columns",
      pdfDictionary({
        Filter: flate,
        DecodeParms: pdfDictionary({ Predictor: pdfNumber(12), Columns: pdfNumber(1e9) }),
      }),
    ],
  ])("is refused with %s", async (_, dictionary) => {
    await expect(read(dictionary, deflated(octetsOf("abc")))).rejects.toThrow(DocumentFault);
  });

  it("is refused with a wrong length", async () => {
    for (const length of [2, 5, -1, 1e9])
      await expect(read(new Map(), octetsOf("abc"), length)).rejects.toThrow(DocumentFault);
  });
});
