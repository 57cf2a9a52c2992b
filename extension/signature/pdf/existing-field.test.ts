import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { certificateShape, smallPdf } from "../../../tests/fixtures/pdf/small-pdf.ts";
import type { SignatureSource } from "../signature-builder.ts";
import { openPdfSignature } from "./pdf-signature.ts";

/** What is appended to a form whose only field, object 5, has these entries, when `name` is signed. */
async function fill(
  field: string,
  more: Partial<SignatureSource> = {},
  objects: Readonly<Record<number, string>> = {},
) {
  const bytes = smallPdf({
    1: "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>",
    4: "<</Fields[5 0 R]/SigFlags 3>>",
    5: `<<${field}>>`,
    ...objects,
  });
  const digest = new Uint8Array(createHash("sha256").update(bytes).digest());
  const opened = await openPdfSignature({
    format: "pades",
    packaging: "enveloped",
    profile: undefined,
    file: { name: "a.pdf", type: "application/pdf", bytes, digest },
    references: [],
    timestamped: false,
    pdf: { field: "seal" },
    ...more,
  });
  const prepared = await opened.prepare({ certificate: certificateShape("x", "道野 遥"), signingTime: new Date(0) });
  const { file } = await prepared.finish(new Uint8Array(256));
  return Buffer.from(file.subarray(bytes.length)).toString("latin1");
}

const refused = (code: string) => ({ code: `document-${code}` });
const SEAL = "/FT/Sig/T(seal)/Rect[0 0 0 0]";

describe("an empty field", () => {
  it("is filled, and nothing else changes", async () => {
    const text = await fill(SEAL);
    expect(text.match(/\d+ 0 obj/g)).toEqual(["5 0 obj", "6 0 obj"]);
    expect(text).toContain("/V 6 0 R");
    expect(text).not.toContain("/AP");
  });

  it("shows the stamp where it has room", async () => {
    const text = await fill("/FT/Sig/T(seal)/Rect[10 10 110 60]/MK<</R 90>>");
    expect(text).toContain("/AP <</N 7 0 R>>");
    expect(text).toContain("/BBox [0 0 50 100]\n/Matrix [0 1 -1 0 0 0]");
  });

  it("is found by its full name, its widget apart", async () => {
    const widget = { 6: "<</T(b)/FT/Sig/Kids[7 0 R]>>", 7: "<</Subtype/Widget/Parent 6 0 R/Rect[0 0 50 50]>>" };
    const text = await fill("/T(a)/Kids[6 0 R]", { pdf: { field: "a.b" } }, widget);
    expect(text).toMatch(/6 0 obj\n<<[^>]*\/V 8 0 R>>/);
    expect(text).toMatch(/7 0 obj\n<<[^>]*\/AP <<\/N 9 0 R>>>>/);
  });

  it.each<[string, string, string]>([
    ["signed", `${SEAL}/V<</Type/Sig>>`, "unsupported"],
    ["of another name", "/FT/Sig/T(other)", "unsupported"],
    ["of another type", "/FT/Tx/T(seal)", "unsupported"],
    ["read-only", `${SEAL}/Ff 1`, "locked"],
    ["with a wrong box", "/FT/Sig/T(seal)/Rect[0 0 0]", "broken"],
    ["with a lock that says nothing", `${SEAL}/Lock<</Type/SigFieldLock>>`, "broken"],
  ])("is refused when it is %s", async (_, field, code) => {
    await expect(fill(field)).rejects.toMatchObject(refused(code));
  });

  it("is refused when two have its name, or it shows in two places", async () => {
    const twin = { 4: "<</Fields[5 0 R 6 0 R]>>", 6: `<<${SEAL}>>` };
    await expect(fill(SEAL, {}, twin)).rejects.toMatchObject(refused("unsupported"));
    const places = { 6: "<</Rect[0 0 1 1]>>", 7: "<</Rect[0 0 1 1]>>" };
    await expect(fill("/FT/Sig/T(seal)/Kids[6 0 R 7 0 R]", {}, places)).rejects.toMatchObject(refused("unsupported"));
  });

  it("is refused when it is its own ancestor beyond all measure", async () => {
    const deep = Object.fromEntries(
      Array.from({ length: 150 }, (_, level) => [level + 5, `<</T(a)/Kids[${level + 6} 0 R]>>`]),
    );
    await expect(fill("", {}, deep)).rejects.toMatchObject(refused("broken"));
  });
});

describe("a lock", () => {
  it("is put in force by the signature", async () => {
    const text = await fill(`${SEAL}/Lock<</Action/Include/Fields[(a)(b.c)]>>`);
    expect(text).toMatch(
      /\/TransformMethod \/FieldMDP[\s\S]*\/Action \/Include\n\/Fields \[\(a\) \(b\.c\)\][\s\S]*\/Data 1 0 R/,
    );
    expect(text).not.toContain("DocMDP");
  });

  it("of the whole document becomes DocMDP too", async () => {
    const text = await fill(`${SEAL}/Lock<</Action/All/P 1>>`);
    expect(text).toMatch(/\/Action \/All>>[\s\S]*\/TransformMethod \/DocMDP[\s\S]*\/P 1>>/);
  });
});

describe("earlier signers", () => {
  const signed = (signature: string, lock = ""): Readonly<Record<number, string>> => ({
    4: "<</Fields[5 0 R 6 0 R]/SigFlags 3>>",
    6: `<</FT/Sig/T(first)/V 7 0 R${lock}>>`,
    7: `<</Type/Sig${signature}>>`,
  });
  const transform = (method: string, parameters: string): string =>
    `/Reference[<</TransformMethod/${method}/TransformParams<<${parameters}>>>>]`;

  it.each<[string, string, string, boolean, boolean]>([
    // what they signed, their field's lock, whether "seal" may be filled, whether a new field may be added
    ["who closed nothing", "", "", true, true],
    ["who locked this field", transform("FieldMDP", "/Action/Include/Fields[(seal)]"), "", false, true],
    [
      "who locked its ancestor's other child",
      transform("FieldMDP", "/Action/Include/Fields[(seal.x)]"),
      "",
      true,
      true,
    ],
    ["who locked all others", transform("FieldMDP", "/Action/Exclude/Fields[(seal)]"), "", true, false],
    ["who locked all", transform("FieldMDP", "/Action/All"), "", false, false],
    ["whose field locks all", "", "/Lock<</Action/All>>", false, false],
    ["whose field locks the document", "", "/Lock<</Action/Include/Fields[(x)]/P 1>>", false, false],
    ["who certified with 1", transform("DocMDP", "/P 1"), "", false, false],
    ["who certified with 2", transform("DocMDP", "/P 2"), "", true, true],
    ["who certified with nothing said", transform("DocMDP", ""), "", true, true],
  ])("%s", async (_, signature, lock, fills, adds) => {
    const filling = fill(SEAL, {}, signed(signature, lock));
    await (fills
      ? expect(filling).resolves.toContain("/Sig")
      : expect(filling).rejects.toMatchObject(refused("locked")));
    const adding = fill(SEAL, { pdf: undefined }, signed(signature, lock));
    await (adds ? expect(adding).resolves.toContain("/Sig") : expect(adding).rejects.toMatchObject(refused("locked")));
  });

  it("are heard through /Perms too, and no new stamp stands in a certified document", async () => {
    const certified = (level: string): Readonly<Record<number, string>> => ({
      1: "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 7 0 R>>>>",
      7: `<</Type/Sig${transform("DocMDP", level)}>>`,
    });
    const pdf = { stamp: { page: 1, x: 0, y: 0, width: 90, height: 30 } };
    await expect(fill(SEAL, {}, certified("/P 1"))).rejects.toMatchObject(refused("locked"));
    await expect(fill(SEAL, { pdf }, certified("/P 3"))).rejects.toMatchObject(refused("locked"));
    await expect(fill(SEAL, {}, certified("/P 3"))).resolves.toContain("/V");
    await expect(fill(SEAL, {}, certified("/P 4"))).rejects.toMatchObject(refused("broken"));
  });
});

describe("seed values", () => {
  const seed = (entries: string, more: Partial<SignatureSource> = {}) => fill(`${SEAL}/SV<<${entries}>>`, more);
  const reason = (text: string) => ({ pdf: { field: "seal", reason: text } });

  it.each<[string, Partial<SignatureSource>?]>([
    ["/Ff 1/Filter/Adobe.PPKLite"],
    ["/Ff 2/SubFilter[/adbe.pkcs7.detached/ETSI.CAdES.detached]"],
    ["/SubFilter[/adbe.pkcs7.sha1]/DigestMethod[(SHA1)]/Filter/X/Reasons[(a)]"],
    ["/Ff 4/V 2"],
    ["/Ff 64/DigestMethod[(SHA512)(SHA256)]"],
    ["/Ff 8/Reasons[(.)]"],
    ["/Ff 8/Reasons[(a)(b)]", reason("b")],
    ["/Ff 128/LockDocument/auto"],
    ["/Ff 32/AddRevInfo false"],
    ["/TimeStamp<</Ff 1>>", { timestamped: true }],
    ["/TimeStamp<</Ff 0>>/MDP<</P 0>>"],
  ])("%s are met", async (entries, more) => {
    await expect(seed(entries, more)).resolves.toContain("/V");
  });

  it.each<[string, Partial<SignatureSource>?]>([
    ["/Ff 1/Filter/Other"],
    ["/Ff 2/SubFilter[/adbe.pkcs7.detached]"],
    ["/Ff 4/V 3"],
    ["/Ff 64/DigestMethod[(SHA512)]"],
    ["/Ff 8/Reasons[(a)]"],
    ["/Ff 8/Reasons[(a)]", reason("b")],
    ["/Ff 8/Reasons[(.)]", reason("b")],
    ["/Ff 8", reason("b")],
    ["/Ff 16/LegalAttestation[(x)]"],
    ["/Ff 32/AddRevInfo true"],
    ["/Ff 128/LockDocument/true"],
    ["/Ff 256/AppearanceFilter(x)"],
    ["/TimeStamp<</Ff 1>>"],
    ["/Cert<</Ff 1/Subject[(x)]>>"],
    ["/MDP<</P 2>>"],
  ])("%s are not", async (entries, more) => {
    await expect(seed(entries, more)).rejects.toMatchObject(refused("unsupported"));
  });
});
