import { describe, expect, it } from "vitest";
import { found, partsOf, SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import { fillTemplate, signatureTemplate, URIS, type Template } from "../../../tests/verifier/xml/xml-template.ts";

const { c14n, base64, enveloped } = URIS;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const around = (signature: string): string => `<form xmlns="urn:f"><answers Id="a">yes</answers>${signature}</form>`;
const filled = (template: Template = {}, place = around): Uint8Array =>
  fillTemplate(place(signatureTemplate(template)), SIGNER);

describe("files beside the signature", () => {
  const references = [
    { uri: "%E6%A7%98%E5%BC%8F.txt" },
    { uri: "b.xml", transforms: [c14n] },
    { uri: "c", transforms: [base64] },
  ];
  const files = { "様式.txt": utf8("一"), "b.xml": utf8("<b  />"), c: utf8("aGVs\nbG8=") };
  const file = fillTemplate(signatureTemplate({ references }), SIGNER, files);
  const content = new Map(Object.entries(files));

  it("are found by their decoded names", async () => {
    const one = await found(file, { content });
    expect(one.coverage.whole).toBe(true);
    expect(partsOf(one)).toEqual([
      ["%E6%A7%98%E5%BC%8F.txt", "", "一"],
      ["b.xml", "", "<b></b>"],
      ["c", "", "hello"],
    ]);
  });

  it.each([
    ["nothing given", undefined, "content: content-missing"],
    ["one missing", new Map([...content].slice(1)), "content: content-missing"],
    ["one changed", new Map([...content, ["b.xml", utf8("<b>1</b>")]]), "content: content-differs"],
    ["one that is no XML", new Map([...content, ["b.xml", utf8("b")]]), "content: file-broken"],
    ["one more", new Map([...content, ["d", utf8("")]]), "coverage: not-wholly-signed"],
    [
      "one with the encoded name",
      new Map([...content, ["%E6%A7%98%E5%BC%8F.txt", utf8("二")]]),
      "content: file-ambiguous",
    ],
    ["one for all", utf8("一"), "content: content-missing"],
  ])("%s", async (_, given, verdict) => {
    expect(await verdicts(file, { content: given })).toEqual([verdict]);
  });

  const single = (uri?: string): Uint8Array =>
    fillTemplate(signatureTemplate({ references: [{ uri }] }), SIGNER, { a: utf8("x"), none: utf8("x") });
  it.each([["a"], [undefined]])("one content, or its digest, for the reference %s", async (uri) => {
    const sha256 = Buffer.from("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "hex");
    const one = await found(single(uri), { content: utf8("x") });
    expect(partsOf(one)).toEqual([[uri ?? "", "", "x"]]);
    expect((await found(single(uri), { content: { sha256 } })).coverage).toEqual({
      kind: "content",
      whole: true,
      octets: undefined,
    });
    expect(await verdicts(single(uri), { content: { sha256: sha256.subarray(1) } })).toEqual([
      "content: content-differs",
    ]);
    expect(await verdicts(single(uri), { content: utf8("y") })).toEqual(["content: content-differs"]);
  });

  it("a big file may be canonicalised, too", async () => {
    const big = utf8(`<b>${"x".repeat(6_000_000)}</b>`);
    const template = signatureTemplate({ references: [{ uri: "b", transforms: [c14n] }] });
    const signed = fillTemplate(template, SIGNER, { b: big });
    expect(await verdicts(signed, { content: new Map([["b", big]]) })).toEqual(["whole"]);
  });

  it("a reference without a URI is none of the named files", async () => {
    expect(await verdicts(single(), { content: new Map([["", utf8("x")]]) })).toEqual(["content: content-missing"]);
  });

  it("content is refused where nothing refers to it", async () => {
    expect(await verdicts(filled(), { content: utf8("x") })).toEqual(["content: content-unexpected"]);
  });

  it.each([
    "http://example.org/a",
    "file:///etc/passwd",
    "//host/a",
    "/a",
    "../a",
    "a/%2E%2E/b",
    "a?b",
    "a#b",
    "%",
    ".",
    "a%5C..%5Cb",
    "%2Fa",
  ])("nothing is looked for at %s", async (uri) => {
    expect(await verdicts(single(uri), { content: new Map([[uri, utf8("x")]]) })).toEqual([
      "content: reference-unresolved",
    ]);
  });

  it.each([[[enveloped]], [[enveloped, c14n]]])("%j does not fit a file", async (transforms) => {
    const template = signatureTemplate({ references: [{ uri: "a", transforms }] });
    expect(await verdicts(fillTemplate(template, SIGNER), { content: utf8("<a/>") })).toEqual([
      "content: file-unsupported",
    ]);
  });
});
