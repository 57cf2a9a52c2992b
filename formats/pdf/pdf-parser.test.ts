import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DocumentFault } from "../document-fault.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { octetsOf } from "./pdf-octets.ts";
import { PdfParser } from "./pdf-parser.ts";
import { pdfName, pdfString, type PdfValue } from "./pdf-value.ts";
import { writeValue } from "../../extension/signature/pdf/pdf-writer.ts";
import { WorkBudget } from "./work-budget.ts";

const parse = (text: string): PdfValue => new PdfParser(octetsOf(text), new WorkBudget()).value();

describe("objects (ISO 32000-1, 7.3)", () => {
  it.each<[string, string]>([
    ["null", "null"],
    ["true", "true"],
    ["-.002", "-.002"],
    ["+17", "+17"],
    ["4.", "4."],
    ["12 0 R", "12 0 R"],
    ["[1 0 R 2 3 4 0 R]", "[1 0 R 2 3 4 0 R]"],
    ["/A#20B#2fC", "/A#20B#2fC"],
    ["/", "/"],
    ["(a(b)c)", "<6128622963>"],
    ["(\\101\\53\\0053\\\n\\(\\n)", "<412b0533280a>"],
    ["(a\r\nb\rc)", "<610a620a63>"],
    ["<48 65 6C6c6>", "(Hell`)"],
    ["<>", "<>"],
    ["<</A 1%/B 2\n/C<</D[]>>>>", "<</A 1\n/C <</D []>>>>"],
  ])("%s", (text, written) => {
    expect(writeValue(parse(text))).toBe(written);
  });

  it.each([
    "",
    "nul",
    "1.2.3",
    "--1",
    "[1 2",
    "<</A 1",
    "<</A>>",
    "<<1 2>>",
    "<</A 1/A 2>>",
    "<4x>",
    "<41",
    "(a(b)",
    "(a\\",
    ")",
    "}",
    "R",
    "[".repeat(200),
    `/${"a".repeat(5000)}`,
  ])("refuses %s", (text) => {
    expect(() => parse(text)).toThrow(DocumentFault);
  });

  it("stops an array that would fill the memory", () => {
    const budget = new WorkBudget();
    budget.spend("values", PDF_LIMITS.values - 1000);
    expect(() => new PdfParser(octetsOf(`[${"0 ".repeat(1000)}]`), budget).value()).toThrow(/values/);
  });

  it("reads back whatever it wrote", () => {
    const octets = fc.uint8Array({ maxLength: 40 });
    const leaf = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      octets.map((value): PdfValue => pdfString(value)),
      fc
        .uint8Array({ minLength: 1, maxLength: 20, min: 1 })
        .map((value): PdfValue => pdfName(String.fromCharCode(...value))),
      fc
        .record({ number: fc.nat(9999), generation: fc.nat(65535) })
        .map((one): PdfValue => ({ kind: "reference", ...one })),
    );
    const key = fc.stringMatching(/^[A-Z][a-z#/ ]{0,5}$/);
    const { value } = fc.letrec<{ value: PdfValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("value"), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries): PdfValue => new Map(entries)),
      ),
    }));
    fc.assert(
      fc.property(value, (given) => {
        expect(parse(writeValue(given))).toEqual(given);
      }),
      { numRuns: 300 },
    );
  });
});

describe("indirect objects", () => {
  const read = (text: string) => new PdfParser(octetsOf(text), new WorkBudget()).indirectObject();

  it("are read to their end", () => {
    expect(read("7 2 obj\n[1]\nendobj")).toMatchObject({ number: 7, generation: 2 });
    expect(read("7 0 obj <</Length 3>>stream\r\nabc\nendstream")).toMatchObject({
      value: { kind: "stream", start: 29 },
    });
    expect(read("7 0 obj <</Length 3>>stream\nabc\nendstream")).toMatchObject({ value: { start: 28 } });
  });

  it.each(["7 0 obj [1]", "7 0 [1] endobj", "x 0 obj 1 endobj", "7 0 obj [] stream\n"])("refuses %s", (text) => {
    expect(() => read(text)).toThrow(DocumentFault);
  });
});
