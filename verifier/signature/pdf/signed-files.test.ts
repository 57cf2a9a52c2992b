import { describe, expect, it } from "vitest";
import {
  changed,
  patched,
  plan,
  signed,
  stream,
  textOf,
  verdict,
  type Bytes,
} from "../../../tests/verifier/pdf/signed-pdf.ts";
import { appendRevision, smallPdf, startOfXref } from "../../../tests/fixtures/pdf/small-pdf.ts";
import type { FoundSignature } from "../found-signature.ts";
import { readPdf } from "./pdf-reader.ts";

const read = async (file: Bytes): Promise<readonly FoundSignature[]> =>
  (await readPdf(file, { content: undefined, parts: undefined })).filter((one) => "coverage" in one);
const asTimestamp = (file: Bytes): Bytes =>
  patched(patched(file, "/ETSI.CAdES.detached", "/ETSI.RFC3161"), "/Type /Sig", "");

describe("what is found", () => {
  it("says what is covered, and what came later", async () => {
    const first = await signed(plan());
    const second = await signed(first, undefined, "pdf");
    const third = asTimestamp(await signed(second));
    const [one, two, ...more] = await read(third);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ format: "pades", label: "Signature1", claimedTime: new Date("2026-11-24T03:00:00Z") });
    expect(one?.coverage).toMatchObject({
      kind: "revision",
      whole: true,
      revision: 2,
      revisions: 4,
      octets: first.length,
    });
    expect(one?.coverage).toMatchObject({ laterChanges: [{ kind: "signature" }, { kind: "timestamp" }] });
    expect(two).toMatchObject({ format: "pdf", label: "Signature2", claimedTime: new Date("2026-11-24T03:00:00Z") });
    expect(two?.coverage).toMatchObject({
      octets: second.length,
      laterChanges: [{ kind: "timestamp", allowed: true }],
    });
  });

  it("has a document timestamp over the octets of its own byte range", async () => {
    const file = asTimestamp(await signed(await signed(plan())));
    const [one] = await read(file);
    const [token, ...others] = one?.timestamps ?? [];
    expect(others).toEqual([]);
    const text = textOf(file);
    const hole = text.lastIndexOf("/Contents <") + "/Contents ".length;
    const over = Buffer.from(token?.over ?? new Uint8Array()).toString("latin1");
    expect(over).toBe(text.slice(0, hole) + text.slice(text.indexOf(">", hole) + 1));
    expect(Buffer.from(token?.token ?? new Uint8Array()).toString("hex")).toBe(
      text.slice(hole + 1, hole + 1 + (token?.token.length ?? 0) * 2),
    );
  });

  it("names nested fields by their full names", async () => {
    const file = await signed(
      plan({
        1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R]>>>>",
        20: "<</T(office)/Kids[21 0 R]>>",
        21: "<</Type/Annot/Subtype/Widget/FT/Sig/T(head)/Parent 20 0 R/Rect[0 0 0 0]>>",
      }),
      { field: "office.head" },
    );
    expect((await read(file)).map(({ label }) => label)).toEqual(["office.head"]);
  });

  it("must have the last line end, where it is signed", async () => {
    const file = await signed(plan());
    const cut = file.slice(0, -1);
    expect(await verdict(cut)).toEqual(["byte-range-wrong form"]);
    expect(textOf(file).endsWith("%%EOF\n")).toBe(true);
  });
});

const manySignatures = (count: number): Bytes => {
  const objects: Record<number, string> = {};
  let fields = "";
  for (let index = 0; index < count; index++) {
    const number = 20 + index * 2;
    fields += `${number} 0 R `;
    objects[number] = `<</FT/Sig/T(s${index})/V ${number + 1} 0 R>>`;
    objects[number + 1] = `<</Type/Sig/SubFilter/adbe.pkcs7.detached/Contents<00>/ByteRange[0 1 2 ${index}]>>`;
  }
  return plan({ ...objects, 1: `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${fields}]>>>>` });
};

function manyRevisions(count: number): Bytes {
  let file = plan();
  for (let index = 0; index < count; index++)
    file = appendRevision(file, { objects: { 90: "(x)" }, trailer: `/Prev ${startOfXref(file)}` });
  return file;
}

describe("what is refused", () => {
  const form = (more: string): Bytes => plan({ 1: `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]${more}>>>>` });

  it.each<[string, string, () => Promise<Bytes> | Bytes]>([
    ["no signature", "no-signature", () => plan()],
    ["an empty signature field", "no-signature", () => plan({}, "/Action/All")],
    ["timestamps alone", "no-signature", async () => asTimestamp(await signed(plan()))],
    ["no PDF", "file-broken", () => Uint8Array.from(Buffer.from("%PDF-1.7 and nothing else"))],
    ["octets before the header", "file-broken", () => Uint8Array.from(Buffer.concat([Buffer.from("x"), plan()]))],
    ["an encrypted file", "file-unsupported", () => smallPdf({}, "/Encrypt<<>>")],
    ["an XFA form", "file-ambiguous", () => form("/XFA[]")],
    ["a stream in another file", "not-wholly-signed", () => signed(plan({ 20: stream("", "/F(elsewhere)") }))],
    [
      "a field with two parents",
      "file-ambiguous",
      () =>
        plan({
          1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R 21 0 R]>>>>",
          20: "<</T(a)/Kids[21 0 R]>>",
          21: "<</T(b)/FT/Sig>>",
        }),
    ],
    [
      "SHA-1 by its name",
      "algorithm-weak form",
      async () => patched(await signed(plan(), undefined, "pdf"), "/adbe.pkcs7.detached", "/adbe.pkcs7.sha1"),
    ],
    [
      "a bare RSA signature",
      "algorithm-weak form",
      async () => patched(await signed(plan(), undefined, "pdf"), "/adbe.pkcs7.detached", "/adbe.x509.rsa_sha1"),
    ],
    [
      "an unknown format",
      "file-unsupported form",
      async () => patched(await signed(plan()), "/ETSI.CAdES.detached", "/ETSI.CAdES.detachee"),
    ],
    [
      "a signature with the type of a timestamp's format",
      "file-broken form",
      async () => patched(await signed(plan()), "/Type /Sig", "/Type /Six"),
    ],
    ["101 signatures", "too-large", () => manySignatures(101)],
    ["201 revisions", "too-large", () => manyRevisions(201)],
  ])("%s: %s", async (_, expected, make) => {
    expect(await verdict(await make())).toEqual([expected]);
  });

  it("a hundred signatures are looked at", async () => {
    expect((await verdict(manySignatures(100))).length).toBe(100);
  });

  it("a hybrid update: old readers know its table alone", async () => {
    const file = await signed(plan());
    const at = file.length;
    const data = "\0".repeat(6);
    const object = `90 0 obj\n<</Type/XRef/Size 91/W[1 4 1]/Index[80 1]/Root 1 0 R/Length ${data.length}>>\nstream\n${data}\nendstream\nendobj\n`;
    const both = new Uint8Array(Buffer.concat([file, Buffer.from(object, "latin1")]));
    const prev = `/Prev ${startOfXref(file)}/XRefStm ${at}`;
    const update = appendRevision(both, { objects: { 91: "(x)" }, trailer: prev });
    expect(await verdict(update)).toEqual(["changed-after-signing coverage"]);
  });

  it("a content beside the file", async () => {
    const file = await signed(plan());
    await expect(readPdf(file, { content: file, parts: undefined })).rejects.toMatchObject({
      code: "content-unexpected",
    });
  });

  it("a file in memory that others share is read from a copy", async () => {
    const file = await signed(plan());
    const shared = new Uint8Array(new SharedArrayBuffer(file.length));
    shared.set(file);
    expect(await verdict(shared)).toEqual(["ok"]);
  });

  it("names a changed file's own revision beside the update", async () => {
    const file = await signed(plan());
    const both = await signed(changed(file, { 5: "<</Type/Font/BaseFont/Symbol>>" }));
    expect(await verdict(both)).toEqual(["changed-after-signing coverage", "ok"]);
  });
});
