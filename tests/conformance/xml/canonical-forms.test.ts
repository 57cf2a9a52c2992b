import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { canonicalize, CANONICALIZATIONS, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import { checkCanonical } from "../../../extension/signature/xml/canonicalization-choice.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";
import { mutatedDocument, randomNumbers } from "../../fuzz/xml/mutations.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { BROKEN_DOCUMENTS } from "./broken-documents.ts";
import { TRICKY_DOCUMENTS } from "./tricky-documents.ts";
import { canonicalByXmllint, hasProgram } from "./verifiers.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** xmllint writes comments in all three. */
const OPTIONS = { "inclusive-1.0": "--c14n", "inclusive-1.1": "--c14n11", exclusive: "--exc-c14n" } as const;
const METHODS = CANONICALIZATIONS.filter(({ comments }) => comments);

describe.skipIf(!hasProgram("xmllint", "--version"))("xmllint", () => {
  it.each(METHODS)("makes the same octets of every document: $uri", async (method) => {
    const different: string[] = [];
    for (const [number, { name, bytes }] of TRICKY_DOCUMENTS.entries()) {
      writeFileSync(join(folder, `${number}.xml`), bytes);
      const theirs = await canonicalByXmllint(folder, [`${number}.xml`], OPTIONS[method.kind]);
      if (!theirs?.equals(canonicalize(parseXml(bytes), method))) different.push(name);
    }
    expect(different).toEqual([]);
  });

  it.each(METHODS)("agrees about a thousand mutated documents that we read: $uri", async (method) => {
    const random = randomNumbers(METHODS.indexOf(method) + 1);
    const documents: Uint8Array<ArrayBuffer>[] = [];
    while (documents.length < 1000) {
      const bytes = mutatedDocument(random);
      if (faultOf(bytes, method.kind) === undefined) documents.push(bytes);
    }
    const names = documents.map((bytes, number) => {
      writeFileSync(join(folder, `mutated-${number}.xml`), bytes);
      return `mutated-${number}.xml`;
    });
    const ours = documents.map((bytes) => canonicalize(parseXml(bytes), method));
    // one process for many files: what it writes stands behind each other
    for (let at = 0; at < names.length; at += 50) {
      const theirs = await canonicalByXmllint(folder, names.slice(at, at + 50), OPTIONS[method.kind]);
      expect(theirs?.toString(), `from ${at}`).toBe(Buffer.concat(ours.slice(at, at + 50)).toString());
    }
  });

  it("refuses nothing that we read", async () => {
    const looser: string[] = [];
    for (const [number, { name, bytes }] of BROKEN_DOCUMENTS.entries()) {
      if (faultOf(bytes) !== undefined) continue;
      writeFileSync(join(folder, `broken-${number}.xml`), bytes);
      if ((await canonicalByXmllint(folder, [`broken-${number}.xml`], "--c14n")) === undefined) looser.push(name);
    }
    expect(looser).toEqual([]);
  });
});

describe("what is not well-formed", () => {
  it.each(BROKEN_DOCUMENTS)("$name", ({ bytes, fault }) => expect(faultOf(bytes)).toBe(fault));
});

/** What is wrong with a document, or with its namespaces for a canonical form. */
function faultOf(bytes: Uint8Array, kind?: Canonicalization["kind"]): string | undefined {
  try {
    const { root } = parseXml(bytes);
    if (kind) checkCanonical(root, [], kind);
    return undefined;
  } catch (error) {
    if (error instanceof DocumentFault) return error.code;
    throw error;
  }
}
