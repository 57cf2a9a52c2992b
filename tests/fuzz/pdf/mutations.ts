import type { Random } from "./random.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What PDF readers stumble over: numbers at their edges, references in circles, words that open what never ends. */
const WORDS = [
  "0",
  "1",
  "-1",
  "65535",
  "2147483648",
  "9999999999",
  "1e9",
  "1 0 R",
  "2 0 R",
  "3 0 R",
  "null",
  "true",
  "<<",
  ">>",
  "[",
  "]",
  "(",
  "<",
  "/Kids",
  "/Parent",
  "/Prev 10",
  "/XRefStm 20",
  "/Encrypt 1 0 R",
  "/Length 99999",
  "/Count -3",
  "/Fields[1 0 R]",
  "/AcroForm 1 0 R",
  "/Perms<</DocMDP 1 0 R>>",
  "/Annots 3 0 R",
  "/FT/Sig",
  "endobj",
  "obj",
  "stream\n",
  "endstream",
  "xref\n0 1000000\n",
  "trailer",
  "startxref\n0",
  "%",
  "\0",
] as const;

type Mutation = (file: Bytes, random: Random, other: Bytes) => Bytes;

const joined = (...parts: readonly (Uint8Array | string)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))));

const flip: Mutation = (file, random) => {
  const changed = file.slice();
  for (let count = random.below(4); count >= 0; count--) {
    const at = random.below(file.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  }
  return changed;
};

const cut: Mutation = (file, random) => file.slice(0, random.below(file.length));

const drop: Mutation = (file, random) => {
  const at = random.below(file.length);
  return joined(file.subarray(0, at), file.subarray(at + 1 + random.below(40)));
};

const splice: Mutation = (file, random, other) => {
  const from = random.below(other.length);
  const at = random.below(file.length);
  return joined(file.subarray(0, at), other.subarray(from, from + random.below(200)), file.subarray(at));
};

const insert: Mutation = (file, random) => {
  const at = random.below(file.length);
  return joined(file.subarray(0, at), random.pick(WORDS), file.subarray(at + random.below(3)));
};

/** Puts another word in the place of a token, without moving what stands behind it where that is possible: offsets stay true. */
const swap: Mutation = (file, random) => {
  const text = Buffer.from(file).toString("latin1");
  const tokens = [...text.matchAll(/\/?[A-Za-z]+|\d+/g)];
  const token = tokens[random.below(tokens.length)];
  if (!token) return file;
  const word = random.below(2) === 0 ? random.pick(WORDS) : (tokens[random.below(tokens.length)]?.[0] ?? "");
  const fitting = word.length < token[0].length ? word.padEnd(token[0].length) : word;
  return joined(file.subarray(0, token.index), fitting, file.subarray(token.index + token[0].length));
};

/** An appended revision that says something else of one object, with a sound cross-reference table. */
const revise: Mutation = (file, random) => {
  const text = Buffer.from(file).toString("latin1");
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? "0";
  const number = 1 + random.below(8);
  const entries = Array.from({ length: 1 + random.below(4) }, () => random.pick(WORDS)).join(" ");
  const body = `\n${number} 0 obj\n<</Type${random.pick(["/Catalog/Pages 2 0 R", "/Pages/Kids[3 0 R]", "/Annot"])} ${entries}>>\nendobj\n`;
  const root = /\/Root\s+\d+ \d+ R/.exec(text)?.[0] ?? "/Root 1 0 R";
  const xref = `xref\n${number} 1\n${String(file.length + 1).padStart(10, "0")} 00000 n \ntrailer\n<</Size 99${root}/Prev ${start}>>\n`;
  return joined(file, body, xref, `startxref\n${file.length + body.length}\n%%EOF\n`);
};

const MUTATIONS = [flip, cut, drop, splice, insert, swap, swap, revise] as const;

/**
 * The file with one to three changes; `other` is what parts are taken from. Every other file gets new cross-references that fit, or it would
 * end at the first offset that moved and never show what its objects do to us.
 */
export function mutate(file: Bytes, random: Random, other: Bytes): Bytes {
  let changed = file;
  for (let count = random.below(3); count >= 0; count--) {
    changed = random.pick(MUTATIONS)(changed, random, other);
    if (changed.length === 0) return changed;
  }
  return random.below(2) === 0 ? changed : indexed(changed);
}

/** The file with a cross-reference table behind it for whatever objects can be found in it. */
function indexed(file: Bytes): Bytes {
  const text = Buffer.from(file).toString("latin1");
  const root = /\/Root\s+\d+ \d+ R/.exec(text)?.[0] ?? "/Root 1 0 R";
  const entries = [...text.matchAll(/(\d{1,6}) (\d{1,5}) obj/g)].map(
    ({ index, 1: number, 2: generation = "" }) =>
      `${number} 1\n${String(index).padStart(10, "0")} ${generation.padStart(5, "0")} n \n`,
  );
  const size = `<</Size ${entries.length + 50}${root}>>`;
  return joined(file, `\nxref\n${entries.join("")}trailer\n${size}\nstartxref\n${file.length + 1}\n%%EOF\n`);
}
