import { describe, expect, it } from "vitest";
import { readPdf } from "../../../verifier/signature/pdf/pdf-reader.ts";
import { mutate } from "../../fuzz/pdf/mutations.ts";
import { Random } from "../../fuzz/pdf/random.ts";
import { ALLOWED_CHANGES, FORM_ATTACKS } from "./form-attacks.ts";
import { SHADOW_ATTACKS } from "./shadow-attacks.ts";
import { bodyOf, changed, plan, signed, textOf, verdict, type Bytes } from "./signed-pdf.ts";

const ROUNDS = Number(process.env["KODO_FUZZ_ROUNDS"] ?? 1500);

/** What an update may say of an object: keys that mean something to the comparison, and words that break it. */
const WORDS = [
  ..."/V 4 0 R|/AP<</N 7 0 R>>|/Contents 7 0 R|/Kids[6 0 R]|/Parent 6 0 R|/T(x)|/FT/Sig|/FT/Tx|/Annots[8 0 R]".split(
    "|",
  ),
  ..."/Fields[6 0 R 8 0 R]|/Rect[0 0 90 90]|/Metadata 4 0 R|/DSS 3 0 R|/DSS<</Certs[4 0 R 7 0 R]>>".split("|"),
  ..."/Extensions 3 0 R|/Version/2.0|/SigFlags 7|/A<<>>|/F 2|/Type/Page|/Length 3|4 0 R|7 0 R|[|null".split("|"),
  ..."/MK 4 0 R|/Lock<</Action/All>>|/Reference[]|/Perms<<>>|/Resources 7 0 R|/XObject<</X 90 0 R>>".split("|"),
];

/** The body of one of the file's objects, with a word put in or a key taken out. */
function alteredBody(body: string, random: Random): string {
  if (random.below(4) > 0) {
    const at = body.indexOf(">>", random.below(body.length));
    return at < 0 ? body : body.slice(0, at) + (WORDS[random.below(WORDS.length)] ?? "") + body.slice(at);
  }
  const parts = body.split("/");
  return parts.toSpliced(1 + random.below(parts.length), 1).join("/");
}

describe("damaged files", () => {
  it(`${ROUNDS} of them: nothing but refusals`, async () => {
    const files: [Bytes, ...Bytes[]] = [await signed(plan())];
    for (const { make } of [...ALLOWED_CHANGES, ...SHADOW_ATTACKS.slice(0, 12), ...FORM_ATTACKS.slice(0, 12)])
      files.push(await make());
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const random = new Random(round);
      // anything but a refusal fails the test here
      for (const one of await verdict(mutate(random.pick(files), random, random.pick(files)))) seen.add(one);
    }
    expect([...seen]).toEqual(expect.arrayContaining(["file-broken", "file-ambiguous", "content-differs content"]));
  });

  it(`${ROUNDS} whole updates: what is accepted shows nothing new`, async () => {
    const file = await signed(plan());
    const numbers = [...textOf(file).matchAll(/\n(\d+) 0 obj/g)].map((match) => Number(match[1]));
    const any = (random: Random): number => numbers[random.below(numbers.length)] ?? 1;
    let accepted = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const random = new Random(round);
      const objects: Record<number, string> = {};
      for (let count = random.below(2); count >= 0; count--) {
        const number = any(random);
        const source = random.below(5) === 0 ? any(random) : number;
        objects[number] = alteredBody(bodyOf(file, source), random);
      }
      const update = changed(file, objects);
      if ((await verdict(update)).join() !== "ok") continue;
      accepted++;
      const [one] = await readPdf(update, { content: undefined, parts: undefined });
      const { laterChanges } =
        one && "coverage" in one && one.coverage.kind === "revision" ? one.coverage : { laterChanges: [] };
      const isSame = Object.entries(objects).every(([number, body]) => body === bodyOf(file, Number(number)));
      const kinds = laterChanges.map(({ kind }) => kind);
      if (!isSame)
        expect(kinds, JSON.stringify(objects)).toContain(kinds.includes("metadata") ? "metadata" : "validation-data");
    }
    expect(accepted).toBeGreaterThan(0);
  });
});
