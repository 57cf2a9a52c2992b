import { appendRevision, startOfXref } from "../../fixtures/pdf/small-pdf.ts";
import type { Attack } from "./attacks.ts";
import { bodyOf, plan, signed, stream, type Bytes } from "./signed-pdf.ts";
import { CHANGED, EVIL, PAGE } from "./updated-pdf.ts";

const joined = (...parts: readonly (Uint8Array | string)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))));

/** The file with one more revision of one object, under this generation. */
function regenerated(file: Bytes, number: number, generation: number): Bytes {
  const object = `${number} ${generation} obj\n${bodyOf(file, number)}\nendobj\n`;
  const [at, of] = [String(file.length).padStart(10, "0"), String(generation).padStart(5, "0")];
  const table = `xref\n${number} 1\n${at} ${of} n \ntrailer\n<</Size 100/Root 1 0 R/Prev ${startOfXref(file)}>>\n`;
  return joined(file, object, table, `startxref\n${file.length + object.length}\n%%EOF\n`);
}

/** The file with one more revision, in which an object stream has the page twice: as it was, where the cross-references look, and another. */
function withTwoPages(file: Bytes): Bytes {
  const page = bodyOf(file, 3);
  const index = `3 0 3 ${page.length + 1} `;
  const data = `${index}${page} ${page.replace("4 0 R", "60 0 R")}`;
  const objects = [
    `50 0 obj\n${stream(data, `/Type/ObjStm/N 2/First ${index.length}`)}\nendobj\n`,
    `60 0 obj\n${EVIL}\nendobj\n`,
  ] as const;
  const places = [file.length, file.length + objects[0].length, file.length + objects.join("").length];
  const rows = [[2, 50, 0] as const, ...places.map((at) => [1, at, 0] as const)];
  const table = rows.map(([type, value, index]) => {
    const row = Buffer.from([type, 0, 0, 0, 0, index]);
    row.writeUInt32BE(value, 1);
    return row.toString("latin1");
  });
  const entries = `/Type/XRef/W[1 4 1]/Index[3 1 50 1 60 2]/Size 62/Root 1 0 R/Prev ${startOfXref(file)}`;
  const references = `61 0 obj\n${stream(table.join(""), entries)}\nendobj\n`;
  return joined(file, ...objects, references, `startxref\n${places[2] ?? 0}\n%%EOF\n`);
}

/** A file in which old readers, which know the table alone, find other contents than those that know the stream beside it. */
function twoFaced(): Bytes {
  const file = plan();
  const row = Buffer.from([1, 0, 0, 0, 0, 0]);
  row.writeUInt32BE(Buffer.from(file).indexOf("4 0 obj"), 1);
  const entries = "/Type/XRef/Size 91/W[1 4 1]/Index[4 1]/Root 1 0 R";
  const both = joined(file, `90 0 obj\n${stream(row.toString("latin1"), entries)}\nendobj\n`);
  const trailer = `/Prev ${startOfXref(file)}/XRefStm ${file.length}`;
  return appendRevision(both, { objects: { 4: EVIL }, trailer });
}

/** Content that says the same and is no longer what references lead to, or is that now. */
export const REFERENCE_ATTACKS: readonly Attack[] = [
  {
    name: "hide: the page's contents under another generation",
    expected: [CHANGED],
    make: async () => regenerated(await signed(plan()), 4, 1),
  },
  {
    name: "reveal: contents under the generation that a reference names",
    expected: [CHANGED],
    make: async () => {
      const page = `<<${PAGE.replace("4 0 R", "[4 0 R 20 1 R]")}/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R 8 0 R]>>`;
      return regenerated(await signed(plan({ 3: page, 20: stream("BT /F 24 Tf 72 650 Td (and more) Tj ET") })), 20, 1);
    },
  },
  {
    name: "hide: a /Size that leaves the page's contents out",
    expected: ["file-ambiguous"],
    make: async () => {
      const file = await signed(plan());
      const table = `xref\n0 0\ntrailer\n<</Size 4/Root 1 0 R/Prev ${startOfXref(file)}>>\n`;
      return joined(file, table, `startxref\n${file.length}\n%%EOF\n`);
    },
  },
  {
    name: "replace: other contents in the stream beside a table",
    expected: ["file-ambiguous"],
    make: () => signed(twoFaced()),
  },
  {
    name: "replace: the page twice in an object stream",
    expected: ["file-broken"],
    make: async () => withTwoPages(await signed(plan())),
  },
];
