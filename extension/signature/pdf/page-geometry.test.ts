import { describe, expect, it } from "vitest";
import { smallPdf } from "../../../tests/fixtures/pdf/small-pdf.ts";
import type { PdfStamp } from "../signature-builder.ts";
import { placeStamp, type StampPlace } from "./page-geometry.ts";
import { findPage } from "./page-tree.ts";
import { PdfDocument } from "../../../formats/pdf/pdf-document.ts";

const STAMP: PdfStamp = { page: 1, x: 10, y: 20, width: 100, height: 40 };
const ROOT = { kind: "reference", number: 2, generation: 0 } as const;

/** Where the stamp goes on a page with these entries, in a tree with those. */
async function place(page: string, stamp: Partial<PdfStamp> = {}, tree = ""): Promise<StampPlace> {
  const file = smallPdf({
    2: `<</Type/Pages/Count 1/Kids[3 0 R]${tree}>>`,
    3: `<</Type/Page/Parent 2 0 R${page}>>`,
  });
  const document = await PdfDocument.open(file);
  return placeStamp(document, await findPage(document, ROOT, 1), { ...STAMP, ...stamp });
}

const corners = ({ rectangle: { left, bottom, right, top } }: StampPlace): number[] => [left, bottom, right, top];

describe("a stamp's place in user space", () => {
  const box = "/MediaBox[0 0 600 800]/CropBox[50 100 550 700]";

  it.each<[string, string, number[]]>([
    ["a plain page", "/MediaBox[0 0 600 800]", [10, 20, 110, 60]],
    ["a box named from its other corners", "/MediaBox[600 800 0 0]", [10, 20, 110, 60]],
    ["a box that does not begin at 0", "/MediaBox[-100 -50 600 800]", [-90, -30, 10, 10]],
    ["a crop box", box, [60, 120, 160, 160]],
    ["a crop box larger than the page", "/MediaBox[0 0 600 800]/CropBox[-9 -9 900 900]", [10, 20, 110, 60]],
    ["a crop box beside the page", "/MediaBox[0 0 600 800]/CropBox[700 0 900 900]", [10, 20, 110, 60]],
    // shown 600 wide and 500 high: x runs up the page, y runs from its right edge to the left
    ["a quarter turn", `${box}/Rotate 90`, [490, 110, 530, 210]],
    ["a half turn", `${box}/Rotate 180`, [440, 640, 540, 680]],
    ["three quarter turns", `${box}/Rotate 270`, [70, 590, 110, 690]],
    ["a turn to the left", `${box}/Rotate -90`, [70, 590, 110, 690]],
    ["five quarter turns", `${box}/Rotate 450`, [490, 110, 530, 210]],
    ["units of two points", "/MediaBox[0 0 600 800]/UserUnit 2", [5, 10, 55, 30]],
  ])("on %s", async (_, page, expected) => {
    expect(corners(await place(page))).toEqual(expected);
  });

  it("inherits boxes and rotation", async () => {
    const found = await place("", {}, `${box}/Rotate 180`);
    expect(corners(found)).toEqual([440, 640, 540, 680]);
    expect(found.rotation).toBe(180);
  });

  it.each<[string, string, Partial<PdfStamp>, string]>([
    ["beyond the right edge", "/MediaBox[0 0 600 800]", { x: 501 }, "document-unsupported"],
    ["beyond the top", "/MediaBox[0 0 600 800]", { y: 761 }, "document-unsupported"],
    ["beyond the turned page's edge", "/MediaBox[0 0 600 800]/Rotate 90", { y: 561 }, "document-unsupported"],
    ["below the page", "/MediaBox[0 0 600 800]", { y: -1 }, "document-unsupported"],
    ["nowhere", "/MediaBox[0 0 600 800]", { x: Number.NaN }, "document-unsupported"],
    ["without height", "/MediaBox[0 0 600 800]", { height: 0 }, "document-unsupported"],
    ["endless", "/MediaBox[0 0 600 800]", { width: Number.POSITIVE_INFINITY }, "document-unsupported"],
    ["on a page without size", "", {}, "document-broken"],
    ["on a page with half a box", "/MediaBox[0 0 600]", {}, "document-broken"],
    ["on a page with words for a box", "/MediaBox[0 0/A 800]", {}, "document-broken"],
    ["on a page turned by 45 degrees", "/MediaBox[0 0 600 800]/Rotate 45", {}, "document-broken"],
    ["on a page with negative units", "/MediaBox[0 0 600 800]/UserUnit -1", {}, "document-broken"],
  ])("is refused %s", async (_, page, stamp, code) => {
    await expect(place(page, stamp)).rejects.toMatchObject({ code });
  });

  it("fits to the page's very edges", async () => {
    expect(corners(await place("/MediaBox[0 0 600 800]", { x: 0, y: 0, width: 600, height: 800 }))).toEqual([
      0, 0, 600, 800,
    ]);
  });
});

describe("the page tree", () => {
  const tree = {
    2: "<</Type/Pages/Count 3/Kids[4 0 R 3 0 R]/Rotate 90>>",
    4: "<</Type/Pages/Count 2/Kids[5 0 R 6 0 R]/Rotate 180>>",
    5: "<</Type/Page>>",
    6: "<</Type/Page/Rotate 0>>",
  };
  const find = async (page: number, objects: Readonly<Record<number, string>> = {}) =>
    findPage(await PdfDocument.open(smallPdf({ ...tree, ...objects })), ROOT, page);

  it("is counted from the front, with what its pages inherit", async () => {
    const found = await Promise.all([find(1), find(2), find(3)]);
    expect(found.map(({ reference }) => reference.number)).toEqual([5, 6, 3]);
    expect(found.map(({ inherited }) => inherited.get("Rotate"))).toMatchObject([
      { value: 180 },
      { value: 0 },
      { value: 90 },
    ]);
  });

  it.each<[string, Readonly<Record<number, string>>, number, string]>([
    ["a page too many", {}, 4, "document-unsupported"],
    ["page 0", {}, 0, "document-unsupported"],
    ["half a page", {}, 1.5, "document-unsupported"],
    ["a circle", { 4: "<</Type/Pages/Count 2/Kids[2 0 R]>>" }, 3, "document-broken"],
    ["a page twice", { 4: "<</Type/Pages/Count 2/Kids[5 0 R 5 0 R]>>" }, 3, "document-broken"],
    ["a wrong count before the page", { 4: "<</Type/Pages/Count 1/Kids[5 0 R 6 0 R]>>" }, 3, "document-broken"],
    ["a page that is none", { 5: "(page)" }, 1, "document-broken"],
    ["a missing page", { 4: "<</Type/Pages/Count 2/Kids[99 0 R]>>" }, 1, "document-broken"],
    [
      "a page that is no object of its own",
      { 4: "<</Type/Pages/Count 2/Kids[<</Type/Page>>]>>" },
      1,
      "document-broken",
    ],
    ["a node without pages", { 5: "<</Type/Pages>>" }, 1, "document-broken"],
  ])("is refused with %s", async (_, objects, page, code) => {
    await expect(find(page, objects)).rejects.toMatchObject({ code });
  });

  it("is refused when it is too deep", async () => {
    const deep = Object.fromEntries(
      Array.from({ length: 150 }, (_, level) => [level + 10, `<</Type/Pages/Count 1/Kids[${level + 11} 0 R]>>`]),
    );
    await expect(find(1, { 2: "<</Type/Pages/Count 1/Kids[10 0 R]>>", ...deep })).rejects.toThrow(/too large/);
  });
});
