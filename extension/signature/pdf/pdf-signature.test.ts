import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { appendRevision, certificateShape, smallPdf, startOfXref } from "../../../tests/fixtures/pdf/small-pdf.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import type { PdfOptions, SignatureSource } from "../signature-builder.ts";
import { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { openPdfSignature } from "./pdf-signature.ts";
import { readFormFields } from "../../../formats/pdf/form-fields.ts";

const SIGNER = { certificate: certificateShape("0123ABC", "道野 遥"), signingTime: new Date("2026-11-24T06:13:00Z") };
const SIGNATURE = new Uint8Array(256).fill(0xab);

function source(bytes: Bytes, more: Partial<SignatureSource> = {}): SignatureSource {
  const digest = new Uint8Array(createHash("sha256").update(bytes).digest());
  const file = { name: "plan.pdf", type: "application/pdf", bytes, digest };
  return {
    format: "pades",
    packaging: "enveloped",
    profile: undefined,
    file,
    references: [],
    timestamped: false,
    ...more,
  };
}

const sign = async (bytes: Bytes, more: Partial<SignatureSource> = {}): Promise<Bytes> => {
  const opened = await openPdfSignature(source(bytes, more));
  return (await (await opened.prepare(SIGNER)).finish(SIGNATURE)).file;
};

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
/** What was appended, without the long zeros of `/Contents`. */
const appended = (before: Bytes, after: Bytes): string =>
  latin1(after.subarray(before.length)).replaceAll(/<[0-9a-f]{500,}>/g, "<>");

/** The full names of the signature fields, and whether each is signed. */
async function fieldsOf(file: Bytes): Promise<Readonly<Record<string, boolean>>> {
  const document = await PdfDocument.open(file);
  const catalog = await document.dictionary(document.references.trailer.get("Root"), "the catalog");
  const form = await document.dictionary(catalog?.get("AcroForm"), "the form");
  const { signatures } = await readFormFields(document, (await document.array(form?.get("Fields"), "fields")) ?? []);
  return Object.fromEntries(signatures.map(({ name, signature }) => [name, signature !== undefined]));
}

describe("a signed file", () => {
  it("begins with the given octets, and its byte range leaves out nothing but /Contents", async () => {
    const before = smallPdf();
    const given = before.slice();
    const after = await sign(before);
    expect(before).toEqual(given);
    expect(after.subarray(0, before.length)).toEqual(before);
    const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(latin1(after))?.slice(1).map(Number) ?? [];
    const [hole = 0, end = 0, rest = 0] = range;
    expect(end + rest).toBe(after.length);
    expect(latin1(after.subarray(hole, end))).toMatch(/^<[0-9a-f]+>$/);
    expect(latin1(after.subarray(0, hole))).toMatch(/\/Contents $/);
  });

  it("is signed over exactly these octets: the digest in the CMS is theirs", async () => {
    const after = await sign(smallPdf());
    const [hole = 0, end = 0] = /\/ByteRange \[0 (\d+) (\d+)/.exec(latin1(after))?.slice(1).map(Number) ?? [];
    const digest = createHash("sha256").update(after.subarray(0, hole)).update(after.subarray(end)).digest("hex");
    expect(latin1(after.subarray(hole, end))).toContain(digest);
  });

  it("has a name and a type of its own", async () => {
    const named = async (name: string) => {
      const asked = source(smallPdf());
      const opened = await openPdfSignature({ ...asked, file: { ...asked.file, name } });
      return (await opened.prepare(SIGNER)).finish(SIGNATURE);
    };
    expect(await named("plan.pdf")).toMatchObject({ name: "plan.signed.pdf", type: "application/pdf" });
    expect((await named("図面.PDF")).name).toBe("図面.signed.pdf");
    expect((await named("plan")).name).toBe("plan.signed.pdf");
  });

  it("is the same again for the same signer, and another for another one", async () => {
    const opened = await openPdfSignature(source(smallPdf()));
    const [first, second] = [await opened.prepare(SIGNER), await opened.prepare(SIGNER)];
    expect(second.toBeSigned).toEqual(first.toBeSigned);
    const other = await opened.prepare({ ...SIGNER, certificate: certificateShape("x") });
    expect(other.toBeSigned).not.toEqual(first.toBeSigned);
  });

  it("keeps the identifier's first half and renews its second", async () => {
    const before = smallPdf({}, "/ID[<aa><bb>]/Info 3 0 R");
    expect(appended(before, await sign(before))).toMatch(/\/Info 3 0 R\n\/ID \[<aa> <[0-9a-f]{32}>\]/);
  });

  it("has room for a timestamp where one was announced", async () => {
    const opened = await openPdfSignature(source(smallPdf(), { timestamped: true }));
    const prepared = await opened.prepare(SIGNER);
    const imprint = await prepared.timestampImprint?.(SIGNATURE);
    expect(Buffer.from(imprint ?? []).toString("hex")).toBe(createHash("sha256").update(SIGNATURE).digest("hex"));
    const token = new Uint8Array(9000).fill(0x30);
    expect((await prepared.finish(SIGNATURE, token)).file.length).toBeGreaterThan(30_000);
  });

  it("does not come to be when the signature is too large for its room", async () => {
    const prepared = await (await openPdfSignature(source(smallPdf()))).prepare(SIGNER);
    expect(() => prepared.finish(SIGNATURE, new Uint8Array(9000))).toThrow(RangeError);
  });
});

describe("what hangs on a signature", () => {
  it("is made where there is none", async () => {
    const before = smallPdf();
    const text = appended(before, await sign(before));
    expect(text).toContain("/AcroForm <</Fields [6 0 R]\n/SigFlags 3>>");
    expect(text).toContain("/Annots [6 0 R]");
    expect(text).toMatch(
      /6 0 obj\n<<\/Type \/Annot\n\/Subtype \/Widget\n\/FT \/Sig\n\/T \(Signature1\)\n\/F 132\n\/Rect \[0 0 0 0\]/,
    );
  });

  it.each<[string, Readonly<Record<number, string>>, string[]]>([
    [
      "a form in the catalog",
      { 1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/DA(x)>>>>" },
      ["1 0 obj", "/DA (x)"],
    ],
    ["a form of its own", { 1: "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>", 4: "<</Fields[]>>" }, ["4 0 obj"]],
    [
      "a list of fields of its own",
      { 1: "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>", 4: "<</Fields 5 0 R/SigFlags 3>>", 5: "[]" },
      ["5 0 obj\n[8 0 R]"],
    ],
    [
      "annotations of their own",
      { 3: "<</Type/Page/MediaBox[0 0 9 9]/Annots 4 0 R>>", 4: "[9 0 R]" },
      ["4 0 obj\n[9 0 R 7 0 R]"],
    ],
    ["annotations in the page", { 3: "<</Type/Page/MediaBox[0 0 9 9]/Annots[9 0 R]>>" }, ["/Annots [9 0 R 6 0 R]"]],
  ])("goes into %s", async (_, objects, expected) => {
    const before = smallPdf(objects);
    const text = appended(before, await sign(before));
    for (const part of expected) expect(text).toContain(part);
    expect(text.match(/\d+ 0 obj/g)?.length).toBe(new Set(text.match(/\d+ 0 obj/g)).size);
  });

  it("has a name that nothing has yet", async () => {
    const first = await sign(smallPdf());
    const second = await sign(first, { format: "pdf" });
    expect(await fieldsOf(second)).toEqual({ Signature1: true, Signature2: true });
  });

  it("is refused where one object would have two roles", async () => {
    const odd = smallPdf({ 1: "<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>" });
    await expect(sign(odd)).rejects.toMatchObject({ code: "document-broken" });
  });
});

describe("the signature dictionary", () => {
  const dictionary = async (more: Partial<SignatureSource>): Promise<string> => {
    const before = smallPdf();
    return /<<\/Type \/Sig\n[\s\S]*?endobj/.exec(appended(before, await sign(before, more)))?.[0] ?? "";
  };

  it("of pdf says who, when and why", async () => {
    const text = await dictionary({ format: "pdf", pdf: { reason: "申請", location: "Aozora (city)" } });
    expect(text).toContain("/SubFilter /adbe.pkcs7.detached");
    expect(text).toContain("/Name <feff905391ce00209065>");
    expect(text).toContain("/M (D:20261124151300+09'00')");
    expect(text).toContain("/Reason <feff75338acb>");
    expect(text).toContain(`/Location <${Buffer.from("Aozora (city)").toString("hex")}>`);
  });

  it("of PAdES leaves the name to the certificate", async () => {
    const text = await dictionary({});
    expect(text).toContain("/SubFilter /ETSI.CAdES.detached");
    expect(text).not.toContain("/Name");
    expect(text).not.toContain("/Reference");
  });

  it("of moj-pdf takes no options", async () => {
    const profile = "moj-pdf";
    expect(await dictionary({ format: "pdf", profile })).toContain("/Name");
    const options: PdfOptions[] = [{ reason: "x" }, { field: "x" }, { location: "" }];
    for (const pdf of options)
      await expect(sign(smallPdf(), { format: "pdf", profile, pdf })).rejects.toMatchObject({
        code: "document-unsupported",
      });
    expect(await dictionary({ format: "pdf", profile, pdf: { reason: undefined } })).toContain("/Name");
  });
});

describe("not signed", () => {
  it("is another format, or a file without its octets", async () => {
    await expect(sign(smallPdf(), { format: "cades" })).rejects.toMatchObject({ code: "document-unsupported" });
    const asked = source(smallPdf());
    await expect(openPdfSignature({ ...asked, file: { ...asked.file, bytes: undefined } })).rejects.toMatchObject({
      code: "document-unsupported",
    });
  });

  it.each<[string, Readonly<Record<number, string>>, string]>([
    ["XFA", { 1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA[]>>>>" }, "document-unsupported"],
    ["NeedsRendering", { 1: "<</Type/Catalog/Pages 2 0 R/NeedsRendering true>>" }, "document-unsupported"],
    ["a form that is none", { 1: "<</Type/Catalog/Pages 2 0 R/AcroForm[]>>" }, "document-broken"],
    ["a catalog that is none", { 1: "[]" }, "document-broken"],
    ["a field that is no object", { 1: "<</Pages 2 0 R/AcroForm<</Fields[<</T(a)>>]>>>>" }, "document-broken"],
  ])("is a file with %s", async (_, objects, code) => {
    await expect(sign(smallPdf(objects))).rejects.toMatchObject({ code });
  });

  it("is a file whose object numbers are used up", async () => {
    const first = smallPdf();
    const second = appendRevision(first, { objects: { 8388600: "1" }, trailer: `/Prev ${startOfXref(first)}` });
    await expect(sign(second)).rejects.toMatchObject({ code: "document-broken" });
  });
});
