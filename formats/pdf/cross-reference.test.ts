import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { appendRevision, smallPdf, startOfXref } from "../../tests/fixtures/pdf/small-pdf.ts";
import type { Bytes } from "../der/der.ts";
import { PdfDocument } from "./pdf-document.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";
import { octetsOf } from "./pdf-octets.ts";
import { isDictionary, pdfNumber, type PdfReference } from "./pdf-value.ts";
import { WorkBudget } from "./work-budget.ts";
import { writeCrossReferences } from "../../extension/signature/pdf/written-cross-references.ts";

const joined = (...parts: Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));
const reference = (number: number): PdfReference => ({ kind: "reference", number, generation: 0 });
const open = (file: Bytes): Promise<PdfDocument> => PdfDocument.open(file);

describe("a chain of revisions", () => {
  it("shows the newest of every object", async () => {
    const first = smallPdf({ 4: "(old)", 5: "(kept)" });
    const second = appendRevision(first, { objects: { 4: "(new)" }, trailer: `/Prev ${startOfXref(first)}` });
    const document = await open(second);
    expect(await document.text(reference(4))).toBe("new");
    expect(await document.text(reference(5))).toBe("kept");
    expect(document.nextNumber).toBe(6);
  });

  it("names its sections one by one, the newest first, and where each ends", async () => {
    const first = smallPdf({ 4: "(old)" });
    const second = appendRevision(first, { objects: { 4: "(new)" }, trailer: `/Prev ${startOfXref(first)}` });
    const { sections } = (await open(second)).references;
    expect(sections.map(({ offset }) => offset)).toEqual([startOfXref(second), startOfXref(first)]);
    for (const { end, hidden } of sections) {
      expect(Buffer.from(second).toString("latin1", end, end + 10)).toBe("\nstartxref");
      expect(hidden).toBeUndefined();
    }
    expect(sections.map(({ entries }) => entries.length)).toEqual([1, 4]);
  });

  it("is refused when it leads back to itself", async () => {
    const first = smallPdf();
    const loop = appendRevision(first, { objects: { 4: "1" }, trailer: `/Prev ${first.length + 15}` });
    expect(startOfXref(loop)).toBe(first.length + 17);
    const exact = appendRevision(first, { objects: { 4: "1" }, trailer: `/Prev ${first.length + 17}` });
    await expect(open(exact)).rejects.toThrow(/no end/);
  });

  it.each(["/Prev 0", "/Prev -1", "/Prev 1.5", "/Prev/A", "/Prev 99999", "/Prev 12", "/XRefStm 12"])(
    "is refused with %s",
    async (trailer) => {
      await expect(open(smallPdf({}, trailer))).rejects.toMatchObject({ code: "document-broken" });
    },
  );

  it("is refused when any of its sections is encrypted", async () => {
    const first = smallPdf({}, "/Encrypt<</Filter/Standard>>");
    const second = appendRevision(first, { objects: { 4: "1" }, trailer: `/Prev ${startOfXref(first)}` });
    await expect(open(second)).rejects.toMatchObject({ code: "document-locked" });
  });
});

describe("objects", () => {
  it("that are not at their place are refused, those that don't exist are null", async () => {
    const file = smallPdf({ 4: "(here)" });
    const moved = octetsOf(Buffer.from(file).toString("latin1").replace("4 0 obj", "7 0 obj"));
    await expect(open(moved)).rejects.toMatchObject({ code: "document-broken" });
    const document = await open(file);
    expect(await document.resolve(reference(9))).toBeNull();
    expect(await document.resolve({ ...reference(4), generation: 1 })).toBeNull();
  });

  it("that refer to each other in a circle are refused", async () => {
    const document = await open(smallPdf({ 4: "5 0 R", 5: "4 0 R" }));
    await expect(document.resolve(reference(4))).rejects.toMatchObject({ code: "document-broken" });
  });
});

/** A file whose objects all stand in an object stream, with a cross-reference stream; `index` and `objects` are the object stream's. */
function compressed(index: string, objects: string, edit: (text: string) => string = (text) => text): Bytes {
  const data = deflateSync(Buffer.from(index + objects, "latin1"));
  const head = octetsOf("%PDF-1.7\n");
  const dictionary = `<</Type/ObjStm/N 3/First ${index.length}/Filter/FlateDecode/Length ${data.length}>>`;
  const stream = joined(octetsOf(`4 0 obj${edit(dictionary)}stream\n`), data, octetsOf("\nendstream endobj\n"));
  const at = head.length + stream.length;
  const rows = [
    [2, 4, 0],
    [2, 4, 1],
    [2, 4, 2],
    [1, head.length, 0],
    [1, at, 0],
  ];
  const table = Uint8Array.from(
    rows.flatMap(([type = 0, second = 0, third = 0]) => [type, second >> 8, second & 255, third]),
  );
  const xref = `5 0 obj<</Type/XRef/Size 6/W[1 2 1]/Index[1 5]/Root 1 0 R/Length 20>>stream\n`;
  return joined(head, stream, octetsOf(edit(xref)), table, octetsOf(`\nendstream endobj\nstartxref\n${at}\n%%EOF`));
}

describe("cross-reference and object streams (ISO 32000-1, 7.5.7 and 7.5.8)", () => {
  const index = "1 0 2 26 3 40 ";
  const objects = "<</Type/Catalog/A 2 0 R>> <</B 3 0 R>>  (three)";

  it("are read", async () => {
    const document = await open(compressed(index, objects));
    expect(document.references.newest.kind).toBe("stream");
    const catalog = await document.resolve(reference(1));
    expect(isDictionary(catalog) && (await document.dictionary(catalog.get("A"), "A"))?.get("B")).toEqual(reference(3));
    expect(await document.text(reference(3))).toBe("three");
  });

  it.each<[string, string, string]>([
    ["another object under that number", index.replace("2 26", "9 26"), ""],
    ["an impossible count", index, "/N 3=/N 300"],
    ["an impossible first", index, "/First=/First 9"],
    ["no object stream", index, "/ObjStm=/ObjStr"],
    ["another filter", index, "/FlateDecode=/LZWDecode"],
  ])("are refused with %s", async (_, numbers, change) => {
    const [from = "", to = ""] = change.split("=");
    const document = await open(compressed(numbers, objects, (text) => (from ? text.replace(from, to) : text)));
    await expect(document.resolve(reference(2))).rejects.toThrow(/^document-/);
  });

  it.each([
    "/W[1 2 1]=/W[1 2 9]",
    "/W[1 2 1]=/W[0 0 0]",
    "/W[1 2 1]=/W[1]",
    "/Index[1 5]=/Index[1 6]",
    "/Index[1 5]=/Index[1]",
    "/XRef=/XRez",
    "/Length 20=/Length 9 0 R",
  ])("are refused with %s", async (change) => {
    const [from = "", to = ""] = change.split("=");
    await expect(open(compressed(index, objects, (text) => text.replace(from, to)))).rejects.toThrow(/^document-/);
  });
});

describe("what we write", () => {
  const offsets = new Map([
    [reference(12), 5],
    [{ ...reference(3), generation: 2 }, 70000],
    [reference(11), 4],
  ]);
  const section = { offset: 9, size: 20, offsets, trailer: new Map([["Prev", pdfNumber(7)]]) };

  it("as a table has entries of 20 octets, in runs", () => {
    expect(writeCrossReferences({ ...section, kind: "table" })).toBe(
      "xref\n3 1\n0000070000 00002 n \n11 2\n0000000004 00000 n \n0000000005 00000 n \n" +
        "trailer\n<</Size 20\n/Prev 7>>\nstartxref\n9\n%%EOF\n",
    );
  });

  it("as a stream lists itself", () => {
    const written = writeCrossReferences({ ...section, kind: "stream" });
    expect(written).toContain(
      "20 0 obj\n<</Type /XRef\n/Size 21\n/W [1 4 2]\n/Index [3 1 11 2 20 1]\n/Length 28\n/Prev 7>>",
    );
    expect(written).toContain("\x01\x00\x01\x11\x70\x00\x02\x01\x00\x00\x00\x04\x00\x00");
  });
});

describe("work that never ends is refused", () => {
  it("many objects in one place, behind comments", async () => {
    const count = 3000;
    const head = "%PDF-1.7\n";
    let text = head;
    let entries = "";
    for (let number = 4; number < count; number++) {
      entries += `${number} 1\n${String(text.length).padStart(10, "0")} 00000 n \n`;
      text += `${number} 0 obj %`;
    }
    text += `${"a".repeat(100_000)}\n[]endobj\n`;
    const file = octetsOf(
      `${text}xref\n${entries}trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`,
    );
    const document = await open(file);
    const readAll = async (): Promise<void> => {
      for (let number = 4; number < count; number++) await document.resolve(reference(number));
    };
    await expect(readAll()).rejects.toThrow(/takes too much/);
  });

  it("several readings on one budget cost what they cost, where that allows them", async () => {
    const file = smallPdf({ 4: "[1 2 3]" });
    const budget = new WorkBudget(2);
    budget.spend("values", 2 * PDF_LIMITS.values - 10);
    await expect((await PdfDocument.open(file, budget)).resolve(reference(4))).resolves.toHaveLength(3);
    await expect(PdfDocument.open(file, budget).then((again) => again.resolve(reference(4)))).rejects.toThrow(
      /takes too much: values/,
    );
  });

  it("a table that says it has more entries than there can be", async () => {
    const file = octetsOf("%PDF-1.7\nxref\n0 2000000000\ntrailer<<>>\nstartxref\n9\n%%EOF");
    await expect(open(file)).rejects.toThrow(/takes too much/);
  });
});
