import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { PDF } from "@libpdf/core";
import { afterAll, describe, expect, it } from "vitest";
import { Authority } from "./authority.ts";
import { fixture, signPdf, type Wish } from "./signing.ts";
import { cutSignatures, opensslCms, opensslTimestamp, pdfsig, pkijsCms, qpdf } from "./verifiers.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const authority = new Authority();
afterAll(() => authority.remove());

const MOMENT = new Date("2026-11-24T15:13:00Z");
const sign = (name: string, wish: Wish): Promise<Bytes> =>
  signPdf(authority, fixture(name), { signingTime: MOMENT, ...wish });

/** Where poppler finds this word on a page, in points from the upper left corner of the crop box. */
function wordBox(file: Bytes, page: number, word: string): { x: [number, number]; y: [number, number] } | undefined {
  writeFileSync(authority.at("shown.pdf"), file);
  const pages = ["-f", String(page), "-l", String(page)];
  const words = ["-bbox", "-cropbox", ...pages, authority.at("shown.pdf"), "-"];
  const html = execFileSync("pdftotext", words, { encoding: "utf8" });
  const found = new RegExp(`xMin="([\\d.]+)" yMin="([\\d.]+)" xMax="([\\d.]+)" yMax="([\\d.]+)">${word}<`).exec(html);
  if (!found) return undefined;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = found.slice(1).map(Number);
  return { x: [x1, x2], y: [y1, y2] };
}

/** How many pixels a page draws in a box that is given in points from its lower left corner, and how many outside of it. */
function ink(file: Bytes, page: number, box: { x: number; y: number; width: number; height: number }) {
  writeFileSync(authority.at("shown.pdf"), file);
  const words = `-cropbox -r 72 -gray -f ${page} -l ${page}`.split(" ");
  const image = execFileSync("pdftoppm", [...words, authority.at("shown.pdf")]);
  const [head = "", width = 0, height = 0] = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(image.toString("latin1")) ?? [];
  const counted = { inside: 0, outside: 0 };
  for (let index = 0; index < Number(width) * Number(height); index++) {
    if ((image[head.length + index] ?? 255) > 200) continue;
    const x = index % Number(width);
    const y = Number(height) - 1 - Math.floor(index / Number(width));
    const inside = x >= box.x - 1 && x <= box.x + box.width && y >= box.y - 1 && y <= box.y + box.height;
    counted[inside ? "inside" : "outside"]++;
  }
  return counted;
}

describe("a stamp", () => {
  const box = { x: 40, y: 60, width: 180, height: 60 };

  it("shows the signer's name, from the certificate, and the time in Japan", async () => {
    const signed = await sign("fpdf2", { format: "pades", pdf: { stamp: { page: 1, ...box } } });
    for (const word of ["電子署名", "道野", "遥", "2026-11-25", "00:13:00", "JST"]) {
      const found = wordBox(signed, 1, word);
      expect(found?.x[0], word).toBeGreaterThan(box.x);
      expect(found?.x[1], word).toBeLessThan(box.x + box.width);
    }
  });

  it.each([
    ["as it is", "fpdf2", 1, 1],
    ["turned by 90 degrees and cropped", "pikepdf-rotated-crop", 1, 1],
    ["turned by 270 degrees, cropped, in units of two points", "pikepdf-rotated-crop", 2, 2],
  ])("stands where it should on a page %s", async (_, name, page, unit) => {
    const before = ink(fixture(name), page, box);
    const signed = await sign(name, { format: "pades", pdf: { stamp: { page, ...box } } });
    // poppler draws user units as points
    const { x, y, width, height } = box;
    const drawn = { x: x / unit, y: y / unit, width: width / unit, height: height / unit };
    const after = ink(signed, page, drawn);
    const text = ink(fixture(name), page, drawn);
    expect(after.outside).toBe(text.outside);
    // the border alone is the box's circumference
    expect(after.inside - text.inside).toBeGreaterThan((2 * (width + height)) / unit);
    expect(before.inside + before.outside).toBeGreaterThan(0);
  });

  it.each([
    [20, 200],
    [300, 12],
    [4, 4],
  ])("keeps its text inside a box of %i by %i", async (width, height) => {
    const narrow = { x: 40, y: 60, width, height };
    const signed = await sign("fpdf2", { format: "pades", pdf: { stamp: { page: 1, ...narrow } } });
    const text = ink(fixture("fpdf2"), 1, narrow);
    expect(ink(signed, 1, narrow).outside).toBe(text.outside);
  });

  it("is on that page only", async () => {
    const signed = await sign("mupdf", { format: "pades", pdf: { stamp: { page: 2, ...box } } });
    expect([1, 2, 3].map((page) => wordBox(signed, page, "電子署名") !== undefined)).toEqual([false, true, false]);
  });
});

describe("an existing field", () => {
  it("is filled, and shows the stamp in its own place", async () => {
    const signed = await sign("pyhanko-empty-field", { format: "pades", pdf: { field: "applicant.signature" } });
    const found = wordBox(signed, 1, "電子署名");
    expect(found?.x[0]).toBeGreaterThan(300);
    expect(found?.x[1]).toBeLessThan(500);
    const form = (await PDF.load(signed)).getForm();
    const fields = form?.getFields() ?? [];
    expect(fields.map(({ name }) => name)).toEqual(["applicant.signature"]);
    expect(pdfsig(authority, signed)).toMatchObject({ valid: 1, found: 1 });
  });

  it("locks what its form asks for", async () => {
    const signed = await sign("pyhanko-lock-seed", { format: "pades", pdf: { field: "seal" } });
    const [signature] = cutSignatures(signed);
    expect(signature?.dictionary).toMatch(/\/TransformMethod \/FieldMDP[\s\S]*\/Action \/Include/);
    expect(signature?.dictionary).not.toContain("DocMDP");
    const last = await sign("pyhanko-lock-seed", { format: "pades", pdf: { field: "final" } });
    expect(cutSignatures(last)[0]?.dictionary).toMatch(/\/Action \/All[\s\S]*\/DocMDP[\s\S]*\/P 1/);
  });

  it("may be filled under DocMDP 2", async () => {
    const signed = await sign("pyhanko-certified-p2", { format: "pades", pdf: { field: "counter" } });
    expect(pdfsig(authority, signed)).toMatchObject({ valid: 2, found: 2 });
  });
});

describe("the signature dictionary", () => {
  it("is what the registry offices ask for", async () => {
    const [signature] = cutSignatures(await sign("chromium-skia", { profile: "moj-pdf" }));
    const dictionary = signature?.dictionary ?? "";
    expect(signature?.subFilter).toBe("adbe.pkcs7.detached");
    expect(dictionary).toContain("/Type /Sig");
    expect(dictionary).toContain("/Name <feff905391ce00209065>");
    expect(dictionary).toContain("/M (D:20261125001300+09'00')");
    expect(dictionary).not.toContain("/Reason");
    const { signed } = await pkijsCms(signature ?? { cms: new Uint8Array(), content: new Uint8Array() });
    expect(signed).toContain("1.2.840.113549.1.9.5");
  });

  it("of PAdES has no signing time in the CMS, but /M, and the reason and place as given", async () => {
    const wish = { format: "pades", pdf: { reason: "申請", location: "Aozora" } } as const;
    const [signature] = cutSignatures(await sign("fpdf2", wish));
    const { signed } = await pkijsCms(signature ?? { cms: new Uint8Array(), content: new Uint8Array() });
    expect(signed.toSorted()).toEqual(["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"]);
    expect(signature?.dictionary).toContain("/M (D:20261125001300+09'00')");
    expect(signature?.dictionary).toContain("/Reason <feff75338acb>");
    expect(signature?.dictionary).toContain("/Location (Aozora)");
    expect(signature?.dictionary).not.toContain("/Name");
  });

  it("of PAdES T holds a timestamp over the signature value", async () => {
    const [signature] = cutSignatures(await sign("fpdf2", { format: "pades", timestamped: true }));
    const parts = await pkijsCms(signature ?? { cms: new Uint8Array(), content: new Uint8Array() });
    expect(opensslTimestamp(authority, parts.timestamp ?? new Uint8Array(), parts.signature)).toContain("OK");
  });
});

describe("a changed octet", () => {
  it("anywhere in what is covered breaks the signature", async () => {
    const [signature] = cutSignatures(await sign("reportlab", { format: "pades" }));
    if (!signature) throw new Error("no signature");
    expect(opensslCms(authority, signature).status).toBe(0);
    const { content } = signature;
    const places = Array.from({ length: 25 }, (_, index) => Math.floor(((content.length - 1) * index) / 24));
    for (const at of places) {
      const changed = content.with(at, (content[at] ?? 0) ^ 1);
      expect(opensslCms(authority, { ...signature, content: changed }).status, `octet ${at}`).not.toBe(0);
    }
  });

  it("is noticed by pdfsig, for that signature and those behind it", async () => {
    const first = await sign("reportlab", { format: "pades" });
    const both = await signPdf(authority, first, { format: "pdf" });
    const at = first.length - 3;
    const changed = both.with(at, (both[at] ?? 0) ^ 1);
    expect(pdfsig(authority, both)).toMatchObject({ valid: 2, found: 2 });
    expect(pdfsig(authority, changed)).toMatchObject({ valid: 0, found: 2 });
  });
});

describe("together with @libpdf/core", () => {
  const signer = {
    certificate: authority.certificate,
    keyType: "RSA",
    signatureAlgorithm: "RSASSA-PKCS1-v1_5",
    sign: async (data: Uint8Array) =>
      authority.sign(new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(data)))),
  } as const;

  it.each(["typst", "reportlab", "hand-hybrid", "qpdf-linearized"])(
    "%s: its signature on top of ours, and ours on top of it",
    async (name) => {
      const ours = await sign(name, { format: "pades" });
      const { bytes } = await (await PDF.load(ours)).sign({ signer });
      const theirs = Uint8Array.from(bytes);
      expect(Buffer.compare(theirs.subarray(0, ours.length), ours)).toBe(0);
      const all = await signPdf(authority, theirs, { format: "pdf" });
      expect(pdfsig(authority, all)).toMatchObject({ valid: 3, found: 3 });
      expect(qpdf(authority, all)).toMatchObject({ status: 0 });
      const form = (await PDF.load(all)).getForm();
      expect(form?.getFields().every((field) => field.type === "signature")).toBe(true);
      expect(form?.getFields()).toHaveLength(3);
    },
  );
});
