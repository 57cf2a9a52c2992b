import type { Attack } from "./attacks.ts";
import { plan, stream } from "./signed-pdf.ts";
import {
  catalog,
  catalogWith,
  certified,
  CHANGED,
  ENTRY,
  EVIL,
  OLD_LOOK,
  page,
  PAGE,
  update,
  withAnnotation,
} from "./updated-pdf.ts";

/** Shadow attacks and other changes behind a signature: hide, replace, reveal, or let one object play two roles. */
export const SHADOW_ATTACKS: readonly Attack[] = [
  update("the page's /Contents", CHANGED, (file) => ({ 3: page(file).replace("4 0 R", "90 0 R"), 90: EVIL })),
  update("more /Contents", CHANGED, (file) => ({ 3: page(file).replace("4 0 R", "[4 0 R 90 0 R]"), 90: EVIL })),
  update("the page's /Resources", CHANGED, (file) => ({
    3: page(file).replace("5 0 R", "90 0 R"),
    90: "<</Type/Font>>",
  })),
  update("the page's /MediaBox", CHANGED, (file) => ({ 3: page(file).replace("600 800", "600 400") })),
  update("the page's /Rotate", CHANGED, (file) => ({ 3: page(file).replace(/>>$/, "/Rotate 180>>") })),
  update("an action of the page", CHANGED, (file) => ({
    3: page(file).replace(/>>$/, "/AA<</O<</S/JavaScript/JS()>>>>>>"),
  })),
  update("a font", CHANGED, { 5: "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>" }),
  update("a page more", CHANGED, { 2: "<</Type/Pages/Count 2/Kids[3 0 R 90 0 R]>>", 90: `<<${PAGE}>>` }),
  update("another page", CHANGED, { 2: "<</Type/Pages/Count 1/Kids[90 0 R]>>", 90: `<<${PAGE}>>` }),
  update("an inherited box", CHANGED, { 2: "<</Type/Pages/Count 1/Kids[3 0 R]/CropBox[0 0 9 9]>>" }),
  update(
    "the catalog's /Pages: a prepared tree",
    CHANGED,
    (file) => ({ 1: catalog(file).replace("2 0 R", "20 0 R") }),
    {
      base: plan({ 20: "<</Type/Pages/Count 1/Kids[21 0 R]>>", 21: `<</Type/Page/Parent 20 0 R/MediaBox[0 0 9 9]>>` }),
    },
  ),
  ...[
    "/OpenAction<</S/JavaScript/JS(1)>>",
    "/OCProperties<</OCGs[]/D<<>>>>",
    "/Names<<>>",
    "/AA<<>>",
    "/Perms<<>>",
  ].map((more) => update(`the catalog: ${more.slice(0, 13)}`, CHANGED, (file) => ({ 1: catalogWith(file, more) }))),
  update("hide: an annotation is taken away", CHANGED, (file) => ({ 3: page(file).replace(" 8 0 R", "") })),
  update("hide: an annotation is hidden", CHANGED, { 8: "<</Type/Annot/Subtype/Square/Rect[300 600 400 620]/F 2>>" }),
  update("replace: annotations in another order", CHANGED, (file) => ({
    3: page(file).replace("6 0 R 8 0 R", "8 0 R 6 0 R"),
  })),
  update(
    "reveal: an object that was missing",
    CHANGED,
    { 90: EVIL },
    {
      base: plan({ 3: `<<${PAGE}/Resources<</Font<</F 5 0 R>>/XObject<</X 90 0 R>>>>/Annots[6 0 R 8 0 R]>>` }),
    },
  ),
  update(
    "reveal: a length behind a reference",
    CHANGED,
    { 20: "4" },
    {
      base: plan({ 4: "<</Length 20 0 R>>\nstream\nBT ET\nendstream", 20: "5" }),
    },
  ),
  update(
    "reveal: an object behind an object",
    CHANGED,
    { 21: EVIL },
    { base: plan({ 4: "21 0 R", 21: stream("BT ET") }) },
  ),
  update("reveal: a prepared annotation", CHANGED, (file) => ({ 3: withAnnotation(file, 20) }), {
    base: plan({ 20: "<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(9)>>" }),
  }),
  update(
    "reveal: a prepared field for signatures",
    CHANGED,
    (file) => ({ 1: catalog(file).replace("[6 0 R", "[6 0 R 20 0 R") }),
    {
      base: plan({ 20: "<</FT/Sig/T(other)>>" }),
    },
  ),
  update(
    "two roles: metadata that is drawn",
    CHANGED,
    { 4: EVIL },
    {
      base: plan({ 1: "<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>" }),
    },
  ),
  update(
    "two roles: validation data that is drawn",
    CHANGED,
    { 4: EVIL },
    {
      base: plan({ 1: "<</Type/Catalog/Pages 2 0 R/DSS<</Certs[4 0 R]>>>>" }),
    },
  ),
  update(
    "two roles: validation data that leads to the page tree",
    CHANGED,
    { 5: "<</Type/Font>>" },
    {
      base: plan({ 1: "<</Type/Catalog/Pages 2 0 R/DSS<</VRI<</X<</Cert 3 0 R>>>>>>>>" }),
    },
  ),
  update(
    "two roles: a field that the page's resources are",
    CHANGED,
    ENTRY,
    certified(2, { 3: `<<${PAGE}/Resources<</XObject 6 0 R>>/Annots[6 0 R 8 0 R]>>` }),
  ),
  update(
    "two roles: a field's looks that the page draws",
    CHANGED,
    OLD_LOOK,
    certified(2, {
      3: `<<${PAGE}/Resources<</XObject<</X 7 0 R>>>>/Annots[6 0 R 8 0 R]>>`,
    }),
  ),
  update(
    "two roles: annotations that are contents",
    CHANGED,
    { 20: "[8 0 R 4 0 R]" },
    {
      base: plan({ 3: `<<${PAGE.replace("4 0 R", "20 0 R")}/Annots 20 0 R>>`, 20: "[8 0 R]" }),
    },
  ),
  update(
    "the title",
    CHANGED,
    { 20: "<</Title(B)>>" },
    { base: plan({ 20: "<</Title(A)>>" }, undefined, "/Info 20 0 R"), trailer: "/Info 20 0 R" },
  ),
];
