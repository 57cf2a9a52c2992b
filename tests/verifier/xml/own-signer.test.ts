import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { signTrickyDocuments, tamper, type SignedDocument } from "../../conformance/xml/signed-matrix.ts";
import { sourceFile, testSigner } from "../../conformance/xml/test-signer.ts";
import { found, partsOf, verdicts } from "./reading.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const signer = await testSigner(folder);
const read = (name: string): Buffer => readFileSync(join(folder, name));
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe("the tricky documents of the conformance tests, as our signer signs them", async () => {
  const { signed } = await signTrickyDocuments(folder, signer);

  const optionsOf = ({ document, file, packaging, partly }: SignedDocument) => {
    const name = `document-${/\d+/.exec(file)?.[0] ?? ""}.xml`;
    return {
      content: packaging === "detached" ? new Map([[name, new Uint8Array(document.bytes)]]) : undefined,
      parts: partly ? [document.target?.id ?? ""] : undefined,
    };
  };

  it("are taken: whole, or the part that was asked for", async () => {
    const surprises: string[] = [];
    for (const one of signed) {
      // the root as target is the whole, unless an instruction stands beside it
      const expected = one.partly && one.document.name !== "the root as target" ? "parts" : "whole";
      const [verdict] = await verdicts(read(one.file), optionsOf(one));
      if (verdict !== expected) surprises.push(`${one.document.name} (${one.file}): ${verdict ?? ""}`);
    }
    expect(surprises).toEqual([]);
    expect(signed.length).toBeGreaterThan(2000);
  });

  it("are refused with one digested character changed", async () => {
    const changed = tamper(folder, signed);
    const taken: string[] = [];
    for (const { file, what } of changed) {
      const all = await verdicts(read(file));
      if (all.some((verdict) => ["whole", "parts"].includes(verdict))) taken.push(what);
    }
    expect(taken).toEqual([]);
    expect(changed.length).toBeGreaterThan(200);
  });
});

describe("kousei.xml", () => {
  const source = '<?xml version="1.0" encoding="UTF-8"?>\n<DOC><構成情報 ID="構成情報">一</構成情報><その他/></DOC>';
  const files = [sourceFile("様式第一号.xml", utf8("<様式/>")), sourceFile("a.pdf", utf8("%PDF"), "application/pdf")];
  const content = new Map(files.map(({ name, bytes = utf8("") }) => [name, bytes]));
  const parts = ["構成情報"];
  const sign = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
    const file = sourceFile("kousei.xml", bytes);
    const plan = { format: "xmldsig", packaging: "enveloped", profile: "egov-kousei" } as const;
    const { file: output } = await signer.sign({ ...plan, file, references: files });
    return Uint8Array.from(output);
  };

  it("signs its part and its files; so do two people in turn", async () => {
    const first = await sign(utf8(source));
    expect(await verdicts(first, { content, parts })).toEqual(["parts"]);
    expect(partsOf(await found(first, { content, parts }))).toEqual([
      ["#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1", "/DOC[1]/構成情報[1]", '<構成情報 ID="構成情報">一</構成情報>'],
      ["%E6%A7%98%E5%BC%8F%E7%AC%AC%E4%B8%80%E5%8F%B7.xml", "", "<様式/>"],
      ["a.pdf", "", "%PDF"],
    ]);
    expect(await verdicts(await sign(first), { content, parts })).toEqual(["parts", "parts"]);
  });

  it.each([
    ["without a file", { content: new Map([...content].slice(1)), parts }, "content: content-missing"],
    ["with one file more", { content: new Map([...content, ["b", utf8("b")]]), parts }, "coverage: not-wholly-signed"],
    [
      "with a changed file",
      { content: new Map([...content, ["a.pdf", utf8("%PDG")]]), parts },
      "content: content-differs",
    ],
    ["as a whole document", { content, parts: undefined }, "coverage: not-wholly-signed"],
    ["for another part", { content, parts: ["その他"] }, "coverage: not-wholly-signed"],
  ])("%s: refused", async (_, options, verdict) => {
    expect(await verdicts(await sign(utf8(source)), options)).toEqual([verdict]);
  });
});

describe("other packagings", () => {
  it.each(["xmldsig", "xades"] as const)("%s around octets that are no XML, and beside them", async (format) => {
    const file = sourceFile("a.bin", Uint8Array.of(0, 1, 2, 255), "application/octet-stream");
    const { file: around } = await signer.sign({ format, packaging: "enveloping", file });
    expect(await verdicts(around)).toEqual(["whole"]);
    expect((await found(around)).coverage).toMatchObject({ parts: [{ octets: Uint8Array.of(0, 1, 2, 255) }] });
    const { file: beside } = await signer.sign({ format, packaging: "detached", file });
    expect(await verdicts(beside, { content: Uint8Array.of(0, 1, 2, 255) })).toEqual(["whole"]);
    expect(await verdicts(beside, { content: { sha256: file.digest } })).toEqual(["whole"]);
    expect(await verdicts(beside)).toEqual(["content: content-missing"]);
    expect(await verdicts(beside, { content: Uint8Array.of(0) })).toEqual(["content: content-differs"]);
  });

  it("says the time and the timestamp of XAdES-T", async () => {
    const { openXmlSignature } = await import("../../../extension/signature/xml/open-xml-signature.ts");
    const file = sourceFile("a.xml", utf8('<a xml:lang="ja"/>'));
    const plan = {
      file,
      format: "xades",
      packaging: "enveloped",
      timestamped: true,
      profile: undefined,
      references: [],
    } as const;
    const prepared = await (
      await openXmlSignature(plan)
    ).prepare({ certificate: signer.certificate, signingTime: new Date(0) });
    const imprint = await prepared.timestampImprint?.(new Uint8Array(256));
    const { file: output } = await prepared.finish(new Uint8Array(256), Uint8Array.of(1, 2, 3));
    const one = await found(output);
    expect(one).toMatchObject({
      format: "xades",
      claimedTime: new Date(0),
      timestamps: [{ token: Uint8Array.of(1, 2, 3) }],
    });
    const over = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(one.timestamps[0]?.over ?? [])));
    expect(over).toEqual(imprint);
  });
});
