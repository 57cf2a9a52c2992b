import type { Attack } from "./attacks.ts";
import { bodyOf, lastSignature, patched, plan, signed, stream, type Bytes } from "./signed-pdf.ts";
import {
  catalog,
  catalogWith,
  certified,
  CHANGED,
  ENTRY,
  NEW_LOOK,
  NEW_VALUE,
  OLD_LOOK,
  update,
  withAnnotation,
  type Objects,
} from "./updated-pdf.ts";

const newField = (file: Bytes, number: number, body: string): Objects => ({
  1: catalog(file).replace(/\/Fields\s*\[/, `/Fields[${number} 0 R `),
  3: withAnnotation(file, number),
  [number]: body,
});

/** Form entries, annotations and signature fields: decided by what signers left open, whatever it looks like. */
export const FORM_ATTACKS: readonly Attack[] = [
  update("an entry, nobody certified", CHANGED, ENTRY),
  update("an entry's looks alone, nobody certified", CHANGED, OLD_LOOK),
  update("an entry's looks alone, forms left open", CHANGED, OLD_LOOK, certified(2)),
  update("an entry, certified against any change", CHANGED, ENTRY, certified(1)),
  update("an entry in a locked field", CHANGED, ENTRY, certified(2, {}, "/Action/All")),
  update(
    "an entry in a field that is locked by its name",
    CHANGED,
    ENTRY,
    certified(2, {}, "/Action/Include/Fields[(amount)]"),
  ),
  update("an entry in a field that is not left out", CHANGED, ENTRY, certified(2, {}, "/Action/Exclude/Fields[(zip)]")),
  update("a field moved", CHANGED, { ...ENTRY, 6: NEW_VALUE.replace("[72 600", "[72 500") }, certified(2)),
  update("a field with an action", CHANGED, { ...ENTRY, 6: NEW_VALUE.replace("/V", "/AA<<>>/V") }, certified(2)),
  update(
    "a new text field",
    CHANGED,
    (file) => newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Tx/T(b)/Rect[0 0 9 9]>>"),
    certified(2),
  ),
  update("the form's resources", CHANGED, (file) => ({
    1: catalog(file).replace(/\/AcroForm\s*<</, "/AcroForm<</DR<<>>"),
  })),
  update("a form that asks to be drawn anew", CHANGED, (file) => ({
    1: catalog(file).replace(/\/AcroForm\s*<</, "/AcroForm<</NeedAppearances true"),
  })),
  update(
    "free text over the page, annotations allowed",
    CHANGED,
    (file) => ({
      3: withAnnotation(file, 90),
      90: "<</Type/Annot/Subtype/FreeText/Rect[72 690 300 730]/Contents(9,000)/DA(/F 24 Tf)>>",
    }),
    certified(3),
  ),
  update(
    "a note with looks of its own, annotations allowed",
    CHANGED,
    (file) => ({
      3: withAnnotation(file, 90),
      90: "<</Type/Annot/Subtype/Text/Rect[72 690 300 730]/AP<</N 91 0 R>>>>",
      91: NEW_LOOK,
    }),
    certified(3),
  ),
  update(
    "a note, forms alone allowed",
    CHANGED,
    (file) => ({
      3: withAnnotation(file, 90),
      90: "<</Type/Annot/Subtype/Text/Rect[72 690 90 710]>>",
    }),
    certified(2),
  ),
  update("a signature field with a script", CHANGED, (file) =>
    newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[0 0 0 0]/A<</S/JavaScript/JS()>>>>"),
  ),
  update("a signature field over another field", CHANGED, (file) =>
    newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[80 590 300 640]/AP<</N 7 0 R>>>>"),
  ),
  update("a signature field over half the page", CHANGED, (file) =>
    newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[0 0 600 400]/AP<</N 7 0 R>>>>"),
  ),
  update("a signature field that draws and is not signed", CHANGED, (file) =>
    newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[72 690 200 730]/AP<</N 7 0 R>>>>"),
  ),
  {
    name: "stamps side by side, more of them than one may take",
    expected: [CHANGED, "ok", "ok"],
    make: async () => {
      const stamp = { page: 1, x: 0, y: 20, width: 290, height: 300 };
      return signed(await signed(await signed(plan()), { stamp }), { stamp: { ...stamp, x: 300 } });
    },
  },
  update(
    "a visible signature field in a certified document",
    CHANGED,
    (file) => newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[0 0 60 40]/AP<</N 7 0 R>>>>"),
    certified(2),
  ),
  update(
    "a signature field where nothing may change",
    CHANGED,
    (file) => newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[0 0 0 0]>>"),
    certified(1),
  ),
  update(
    "a signature field where all are locked",
    CHANGED,
    (file) => newField(file, 90, "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[0 0 0 0]>>"),
    certified(2, {}, "/Action/All"),
  ),
  update("the looks of a signature", CHANGED, (file) => {
    const { field } = lastSignature(file);
    return { [field]: bodyOf(file, field).replace(/>>$/, "/AP<</N 7 0 R>>>>") };
  }),
  update("the place of a signature", CHANGED, (file) => {
    const { field } = lastSignature(file);
    return { [field]: bodyOf(file, field).replace(/\/Rect \[[\d ]*\]/, "/Rect[0 0 99 99]") };
  }),
];

/** A document timestamp by its form: what is in it is for others to judge. */
const timestamped = async (file: Bytes): Promise<Bytes> =>
  patched(patched(await signed(file), "/ETSI.CAdES.detached", "/ETSI.RFC3161"), "/Type /Sig", "");

/** What may be done to a signed file. */
export const ALLOWED_CHANGES: readonly Attack[] = [
  {
    name: "two more signatures",
    expected: ["ok", "ok", "ok"],
    make: async () => signed(await signed(await signed(plan()), undefined, "pdf")),
  },
  {
    name: "two visible signatures, side by side",
    expected: ["ok", "ok"],
    make: async () => {
      const stamp = { page: 1, x: 20, y: 20, width: 180, height: 60 };
      return signed(await signed(plan(), { stamp }), { stamp: { ...stamp, x: 220 } });
    },
  },
  {
    name: "a field that was there and is signed later",
    expected: ["ok", "ok"],
    make: async () => signed(await signed(plan({}, "/Action/All")), { field: "seal" }),
  },
  { name: "a document timestamp", expected: ["ok"], make: async () => timestamped(await signed(plan())) },
  update("validation data", "ok", (file) => ({
    1: catalogWith(file, "/DSS<</Certs[90 0 R]/VRI<</AB<</Cert[90 0 R]>>>>>>"),
    90: stream("DER"),
  })),
  update("metadata", "ok", (file) => ({ 1: catalogWith(file, "/Metadata 90 0 R"), 90: stream("<x/>") })),
  update(
    "the time of a change",
    "ok",
    { 20: "<</Title(A)/ModDate(D:2026)>>" },
    {
      base: plan({ 20: "<</Title(A)>>" }, undefined, "/Info 20 0 R"),
      trailer: "/Info 20 0 R",
    },
  ),
  update("the same objects once more", "ok", (file) => ({ 4: bodyOf(file, 4), 5: bodyOf(file, 5) })),
  update("an object that nobody refers to", "ok", { 90: "(nothing)" }),
  update("an entry where the certifier left forms open", "ok", ENTRY, certified(2)),
  update(
    "an entry, drawn in its old place",
    "ok",
    { 6: NEW_VALUE.replace("91 0 R", "7 0 R"), 7: NEW_LOOK },
    certified(2),
  ),
  update(
    "a note where the certifier left annotations open",
    "ok",
    (file) => ({
      3: withAnnotation(file, 90),
      90: "<</Type/Annot/Subtype/Text/Rect[72 690 90 710]/Contents(hm)>>",
    }),
    certified(3),
  ),
];
