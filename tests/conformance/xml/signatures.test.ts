import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { signTrickyDocuments, tamper } from "./signed-matrix.ts";
import { testSigner } from "./test-signer.ts";
import { hasProgram, verifyWithJdk, verifyWithXmlsec } from "./verifiers.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const signer = await testSigner(folder);
const matrix = await signTrickyDocuments(folder, signer);
const changed = tamper(folder, matrix.signed);

/** Files whose verdict is not the one that the documents' exceptions let expect. */
function surprises(verdicts: readonly string[], verifier: "jdk" | "xmlsec1"): string[] {
  return matrix.signed.flatMap(({ document, file, packaging }, index) => {
    const excused = verifier === "jdk" && document.exceptions?.jdk !== undefined && packaging !== "detached";
    const accepted = verdicts[index] === "OK";
    return accepted === !excused ? [] : [`${document.name} (${file}): ${verdicts[index] ?? ""}`];
  });
}

it("at least sixty documents, in every canonicalisation, format and packaging", () => {
  expect(new Set(matrix.signed.map(({ document }) => document)).size).toBeGreaterThanOrEqual(60);
  expect(matrix.signed.length).toBeGreaterThan(2000);
  expect(changed.length).toBeGreaterThan(200);
});

describe.skipIf(!hasProgram("xmlsec1", "--version"))("xmlsec1", () => {
  it("accepts every signature", async () => {
    const verdicts = await verifyWithXmlsec(folder, signer.authorityFile, files(matrix.signed), matrix.ids);
    expect(surprises(verdicts, "xmlsec1")).toEqual([]);
  });

  it("refuses every file in which a character of what is digested was changed", async () => {
    // a batch stops at its first refusal, so these are asked one by one
    const verdicts: string[] = [];
    for (const { file } of changed)
      verdicts.push(...(await verifyWithXmlsec(folder, signer.authorityFile, [file], matrix.ids)));
    expect(changed.filter((_, index) => verdicts[index] === "OK")).toEqual([]);
  });
});

describe.skipIf(!hasProgram("javac", "-version"))("the JDK", () => {
  it("accepts every signature, and refuses every changed file", () => {
    const all = [...files(matrix.signed), ...changed.map(({ file }) => file)];
    const verdicts = verifyWithJdk(folder, signer.authorityFile, all);
    expect(verdicts.length).toBe(all.length);
    expect(surprises(verdicts, "jdk")).toEqual([]);
    expect(changed.filter((_, index) => verdicts[matrix.signed.length + index] === "OK")).toEqual([]);
  });
});

const files = (signed: readonly { file: string }[]): string[] => signed.map(({ file }) => file);
