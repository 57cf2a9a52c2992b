import { afterAll, describe, expect, it } from "vitest";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { openPdfSignature } from "../../../extension/signature/pdf/pdf-signature.ts";
import { Authority } from "./authority.ts";
import { fixture, signPdf, sourceOf, type Wish } from "./signing.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The code with which opening is refused: before anything is known of the signer, so before the PIN. */
async function refusal(file: Bytes, wish: Wish = {}): Promise<string> {
  const fault: unknown = await openPdfSignature(sourceOf(file, { format: "pades", ...wish })).then(
    () => undefined,
    (error: unknown) => error,
  );
  return fault instanceof DocumentFault ? `${fault.code}: ${fault.detail}` : `not refused: ${String(fault)}`;
}

const STAMP = { x: 40, y: 60, width: 180, height: 60 };
const text = (words: string): Bytes => new TextEncoder().encode(words);

describe("refused before the PIN", () => {
  it.each<[string, Bytes, Wish, string]>([
    ["an encrypted file", fixture("qpdf-encrypted"), {}, "document-locked: the file is encrypted"],
    ["one certified with DocMDP 1", fixture("pyhanko-certified-p1"), {}, "document-locked: the document is certified"],
    [
      "a stamp where DocMDP 2 stands",
      fixture("pyhanko-certified-p2"),
      { pdf: { stamp: { page: 1, ...STAMP } } },
      "document-locked",
    ],
    [
      "a stamp where DocMDP 3 stands",
      fixture("pyhanko-certified-p3"),
      { pdf: { stamp: { page: 1, ...STAMP } } },
      "document-locked",
    ],
    ["one whose fields are all locked", fixture("pyhanko-fieldmdp-all"), {}, "document-locked: an earlier signature"],
    ["an XFA form", fixture("pikepdf-xfa"), {}, "document-unsupported: XFA"],
    ["no PDF", text("<html></html>"), {}, "document-broken: this is no PDF"],
    ["nothing", new Uint8Array(), {}, "document-broken: this is no PDF"],
    [
      "one with octets before its header",
      new Uint8Array(Buffer.concat([text("\n"), fixture("fpdf2")])),
      {},
      "document-broken: something",
    ],
    ["half a PDF", fixture("reportlab").slice(0, 1500), {}, "document-broken"],
    [
      "a field that is not there",
      fixture("pyhanko-empty-field"),
      { pdf: { field: "seal" } },
      "document-unsupported: there is no",
    ],
    [
      "a field of another type",
      fixture("pdf-lib-form"),
      { pdf: { field: "applicant.name" } },
      "document-unsupported: there is no",
    ],
    [
      "a field in a file without any",
      fixture("fpdf2"),
      { pdf: { field: "seal" } },
      "document-unsupported: there is no",
    ],
    [
      "a signed field",
      fixture("libpdf-signed"),
      { pdf: { field: "Signature_1" } },
      "document-unsupported: the signature field is signed",
    ],
    [
      "a field that wants another digest",
      fixture("pyhanko-lock-seed"),
      { pdf: { field: "sha1only" } },
      "document-unsupported: the field requires",
    ],
    [
      "a field that wants PAdES",
      fixture("pyhanko-lock-seed"),
      { format: "pdf", pdf: { field: "seal" } },
      "document-unsupported: the field requires",
    ],
    [
      "a page that is not there",
      fixture("reportlab"),
      { pdf: { stamp: { page: 3, ...STAMP } } },
      "document-unsupported: the document has 2 pages",
    ],
    ["page 0", fixture("reportlab"), { pdf: { stamp: { page: 0, ...STAMP } } }, "document-unsupported"],
    [
      "a stamp beyond the crop box",
      fixture("pikepdf-rotated-crop"),
      { pdf: { stamp: { page: 1, ...STAMP, y: 440 } } },
      "document-unsupported: the stamp",
    ],
    [
      "a stamp without size",
      fixture("reportlab"),
      { pdf: { stamp: { page: 1, ...STAMP, width: 0 } } },
      "document-unsupported: the stamp",
    ],
    [
      "a stamp at no number",
      fixture("reportlab"),
      { pdf: { stamp: { page: 1, ...STAMP, x: Number.NaN } } },
      "document-unsupported: the stamp",
    ],
    [
      "a field and a stamp",
      fixture("pyhanko-empty-field"),
      { pdf: { field: "applicant.signature", stamp: { page: 1, ...STAMP } } },
      "document-unsupported: a field",
    ],
    [
      "options beside moj-pdf",
      fixture("fpdf2"),
      { format: "pdf", profile: "moj-pdf", pdf: { reason: "x" } },
      "document-unsupported: this profile",
    ],
  ])("%s", async (_, file, wish, expected) => {
    expect(await refusal(file, wish)).toMatch(new RegExp(`^${expected}`));
  });
});

describe("what a signer closed", () => {
  const authority = new Authority();
  afterAll(() => authority.remove());

  it("stays closed: a field whose lock ends the document is the last to be signed", async () => {
    const signed = await signPdf(authority, fixture("pyhanko-lock-seed"), { format: "pades", pdf: { field: "final" } });
    expect(await refusal(signed)).toMatch(/^document-locked/);
    expect(await refusal(signed, { pdf: { field: "seal" } })).toMatch(/^document-locked/);
  });

  it("leaves the rest open: a field whose lock names another one is followed by more", async () => {
    const signed = await signPdf(authority, fixture("pyhanko-lock-seed"), { format: "pades", pdf: { field: "seal" } });
    expect(await refusal(signed)).toMatch(/^not refused/);
    expect(await refusal(signed, { pdf: { field: "seal" } })).toMatch(/signed already/);
  });
});
