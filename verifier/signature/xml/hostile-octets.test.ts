import fc from "fast-check";
import { expect, it } from "vitest";
import { found, partsOf, SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import { fillTemplate, signatureTemplate, URIS } from "../../../tests/verifier/xml/xml-template.ts";

const file = new TextDecoder().decode(
  fillTemplate(
    `<form xmlns:p="urn:p"><a p:b="1">yes</a>${signatureTemplate({
      id: "s",
      references: [{ uri: "", transforms: [URIS.enveloped] }, { uri: "#o" }],
      objects: '<ds:Object Id="o">held</ds:Object>',
    })}</form>`,
    SIGNER,
  ),
);
const PIECES = [
  "<",
  ">",
  "&",
  '"',
  "/",
  "<!--",
  "-->",
  "<ds:Signature>",
  "</ds:Signature>",
  "<x/>",
  "=",
  " ",
  "A",
  "#",
  "'",
  "é",
  "\0",
];

it("whatever is done to a file, it is refused, or says what it said", async () => {
  const said = partsOf(await found(file));
  const change = fc.record({
    at: fc.nat(file.length),
    removed: fc.integer({ min: 0, max: 40 }),
    added: fc.array(fc.constantFrom(...PIECES), { maxLength: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let text = file;
      for (const { at, removed, added } of changes)
        text = text.slice(0, at) + added.join("") + text.slice(at + removed);
      const all = await verdicts(text);
      expect(all.length).toBeGreaterThan(0);
      if (all.length === 1 && all[0] === "whole") expect(partsOf(await found(text))).toEqual(said);
    }),
    { numRuns: 500 },
  );
});

it("octets that are no XML are refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (octets) => {
      expect(["file-broken", "file-unsupported", "no-signature"]).toContain((await verdicts(octets))[0]);
    }),
    { numRuns: 200 },
  );
});
