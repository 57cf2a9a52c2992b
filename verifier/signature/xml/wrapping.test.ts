import { describe, expect, it } from "vitest";
import { found, partsOf, SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import { fillTemplate, signatureTemplate, URIS, type Template } from "../../../tests/verifier/xml/xml-template.ts";

/*
 * What is published about moving signed things around (McIntosh and Austel 2005; Somorovsky et al. 2012, XSW1 to XSW8 against SAML). Every file here holds a signature
 * that is valid to a verifier that only follows references.
 */

const NOT_WHOLLY = ["coverage: not-wholly-signed"];
const text = (file: Uint8Array): string => new TextDecoder().decode(file);
const fill = (template: string): string => text(fillTemplate(template, SIGNER));
const SIGNATURE = /<ds:Signature .*<\/ds:Signature>/;
const signatureOf = (file: string): string => SIGNATURE.exec(file)?.[0] ?? "";

/** A SAML-like response: the assertion `a` is signed by a signature inside of it, as most services do. */
const template: Template = { references: [{ uri: "#a", transforms: [URIS.enveloped, URIS.exclusive] }] };
const response = fill(
  `<response Id="r"><assertion Id="a">${signatureTemplate(template)}<name>alice</name></assertion></response>`,
);
const signature = signatureOf(response);
const assertion = /<assertion .*<\/assertion>/.exec(response)?.[0] ?? "";
const bare = assertion.replace(signature, "");
const evil = (contents = "", id = ' Id="evil"'): string =>
  `<assertion${id}>${contents}<name>mallory</name></assertion>`;
const withObject = (contents: string): string =>
  signature.replace("</ds:Signature>", `<ds:Object>${contents}</ds:Object></ds:Signature>`);

describe("SAML's eight", () => {
  it("the honest one is a part, which a caller has to ask for", async () => {
    expect(await verdicts(response)).toEqual(NOT_WHOLLY);
    expect(await verdicts(response, { parts: ["a"] })).toEqual(["parts"]);
    const one = await found(response, { parts: ["a"] });
    expect(partsOf(one)).toEqual([
      ["#a", "/response[1]/assertion[1]", '<assertion Id="a"><name>alice</name></assertion>'],
    ]);
  });

  const cases: readonly (readonly [string, string])[] = [
    [
      "XSW1: the signed response inside of the signature in an evil one",
      `<response Id="outer">${evil()}${withObject(response.replace(signature, ""))}</response>`,
    ],
    [
      "XSW2: the signed response beside, in front",
      `<response Id="outer"><x>${response.replace(signature, "")}</x>${signature}${evil()}</response>`,
    ],
    ["XSW3: an evil assertion in front of the signed one", `<response Id="r">${evil()}${assertion}</response>`],
    ["XSW4: the signed assertion inside of an evil one", `<response Id="r">${evil(assertion)}</response>`],
    [
      "XSW5: the signature in the evil one, the signed one behind",
      `<response Id="r">${evil(signature)}${bare}</response>`,
    ],
    [
      "XSW6: the signed one inside of the signature in the evil one",
      `<response Id="r">${evil(withObject(bare))}</response>`,
    ],
    [
      "XSW7: the evil one in front, in extensions",
      `<response Id="r"><extensions>${evil()}</extensions>${assertion}</response>`,
    ],
    [
      "XSW8: the signed one in an Object, the evil one around",
      `<response Id="r">${evil(signature.replace("</ds:Signature>", `<ds:Object>${bare}</ds:Object></ds:Signature>`))}</response>`,
    ],
  ];
  it.each(cases)("%s", async (name, file) => {
    // where the enveloped-signature transform would leave nothing, it is told at once
    const refused = /XSW[168]/.test(name) ? ["content: file-ambiguous"] : NOT_WHOLLY;
    expect(await verdicts(file)).toEqual(refused);
    expect(await verdicts(file, { parts: ["evil"] })).toEqual(refused);
  });

  it.each(cases)("to who asks for the part, it is what alice wrote, where it stands now: %s", async (_, file) => {
    const verdict = await verdicts(file, { parts: ["a"] });
    if (verdict[0] !== "parts") expect(verdict[0]).toMatch(/not-wholly-signed|content-differs|file-ambiguous/);
    else {
      const [[, path = "", octets] = []] = partsOf(await found(file, { parts: ["a"] }));
      expect(octets).toBe('<assertion Id="a"><name>alice</name></assertion>');
      expect(path).not.toContain("Signature");
    }
  });

  it.each([
    ["the same Id", evil("", ' Id="a"')],
    ["ID", evil("", ' ID="a"')],
    ["id", evil("", ' id="a"')],
    ["xml:id", evil("", ' xml:id="a"')],
  ])("a copy with %s", async (_, copy) => {
    for (const file of [`${copy}${assertion}`, `${assertion}${copy}`, evil(assertion + copy)])
      expect(await verdicts(`<response>${file}</response>`, { parts: ["a"] })).toEqual(["file-ambiguous"]);
  });

  it.each(['w:Id="a" xmlns:w="urn:w"', 'iD="a"'])("a copy with %s, which somebody may take for an ID", async (id) => {
    const file = `<response>${evil("", ` ${id}`)}${assertion}</response>`;
    expect(await verdicts(file, { parts: ["a"] })).toEqual(["content: file-ambiguous"]);
  });

  it("in an Object of the signature there can be a copy as little", async () => {
    const copy = `<response>${evil("", "")}${withObject('<x Id="a"/>')}</response>`;
    expect(await verdicts(copy, { parts: ["a"] })).not.toEqual(["parts"]);
    expect(await verdicts(`<response>${assertion.replace(signature, withObject('<x Id="a"/>'))}</response>`)).toEqual([
      "file-ambiguous",
    ]);
  });

  it("the signed element moved from beside the signature into it, and another in its place", async () => {
    const beside = fill(
      `<r><a Id="a">alice</a>${signatureTemplate({ references: [{ uri: "#a", transforms: [URIS.exclusive] }] })}</r>`,
    );
    expect(await verdicts(beside, { parts: ["a"] })).toEqual(["parts"]);
    const moved = beside
      .replace('<a Id="a">alice</a>', "<a>mallory</a>")
      .replace("</ds:Signature>", '<ds:Object><a Id="a">alice</a></ds:Object></ds:Signature>');
    expect(await verdicts(moved)).toEqual(NOT_WHOLLY);
    expect(await verdicts(moved, { parts: ["a"] })).toEqual(NOT_WHOLLY);
  });

  it("two IDs at one element are one element", async () => {
    const file = fill(`<r><a Id="a" ID="a"/>${signatureTemplate({ references: [{ uri: "#a" }] })}</r>`);
    expect(await verdicts(file, { parts: ["a"] })).toEqual(["parts"]);
  });
});

describe("an enveloped signature over the whole", () => {
  const good = fill(`<form><name>alice</name>${signatureTemplate({ id: "s" })}</form>`);
  const own = signatureOf(good);
  it.each([
    ["something in front", good.replace("<form>", "<form><name>mallory</name>"), ["content: content-differs"]],
    [
      "in an Object of the signature",
      good.replace("</ds:Signature>", "<ds:Object><name>mallory</name></ds:Object></ds:Signature>"),
      NOT_WHOLLY,
    ],
    ["in KeyInfo", good.replace("<ds:KeyInfo>", "<ds:KeyInfo><name>mallory</name>"), ["form: file-unsupported"]],
    ["in X509Data", good.replace("<ds:X509Data>", "<ds:X509Data><name>mallory</name>"), ["form: file-broken"]],
    [
      "in KeyName",
      good.replace("<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyName><name>mallory</name></ds:KeyName>"),
      ["form: file-ambiguous"],
    ],
    ["in another document", `<evil>${good}</evil>`, ["content: content-differs"]],
    [
      "the signature around the form",
      `<form><name>mallory</name>${own.replace("</ds:Signature>", "<ds:Object><form><name>alice</name></form></ds:Object></ds:Signature>")}</form>`,
      ["content: content-differs"],
    ],
    [
      "the form in the signature, alone",
      own.replace("</ds:Signature>", "<ds:Object><form><name>alice</name></form></ds:Object></ds:Signature>"),
      ["content: file-ambiguous"],
    ],
    [
      "inside of another Signature",
      `<form><name>alice</name><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>${own}</ds:Object></ds:Signature></form>`,
      ["form: file-broken"],
    ],
    ["a comment in the text", good.replace("alice", "ali<!-- -->ce"), ["whole"]],
    ["an instruction in the text", good.replace("alice", "ali<?x?>ce"), ["content: content-differs"]],
    ["a style sheet in front", `<?xml-stylesheet href="x"?>${good}`, ["content: content-differs"]],
  ])("%s", async (_, file, verdict) => {
    expect(await verdicts(good)).toEqual(["whole"]);
    expect(await verdicts(file)).toEqual(verdict);
  });

  it("a style sheet beside the signed root", async () => {
    const root = fill(
      `<form Id="f">${signatureTemplate({ references: [{ uri: "#f", transforms: [URIS.enveloped] }] })}</form>`,
    );
    expect(await verdicts(root)).toEqual(["whole"]);
    expect(await verdicts(`<?xml-stylesheet href="x"?>${root}`)).toEqual(NOT_WHOLLY);
  });

  it("a prefix of another meaning makes no Signature", async () => {
    const other = good
      .replace("<form>", '<form xmlns:ds="urn:x">')
      .replace(/<ds:SignedInfo>/, '<ds:SignedInfo xmlns:ds="urn:x">');
    expect(await verdicts(other)).toEqual(["form: file-broken"]);
  });

  it("a comment doesn't end the text that was digested", async () => {
    expect(partsOf(await found(good.replace("alice", "ali<!-- -->ce")))).toEqual([
      ["", "/", "<form><name>alice</name></form>"],
    ]);
  });

  it("who signs in turn covers what others signed before", async () => {
    const second = fill(good.replace("</form>", `${signatureTemplate({ id: "t" })}</form>`));
    expect(await verdicts(second)).toEqual(["content: content-differs", "whole"]);
  });
});

describe("a Signature as the root", () => {
  const reference = { uri: "#o" };
  const objects = '<ds:Object Id="o"><form>alice</form></ds:Object>';
  const good = fill(signatureTemplate({ references: [reference], objects }));
  it.each([
    [
      "one more Object",
      good.replace("</ds:Signature>", "<ds:Object><form>mallory</form></ds:Object></ds:Signature>"),
      NOT_WHOLLY,
    ],
    [
      "one more Object in front",
      good.replace("<ds:Object ", "<ds:Object><form>mallory</form></ds:Object><ds:Object "),
      NOT_WHOLLY,
    ],
    ["a style sheet", `<?xml-stylesheet href="x"?>${good}`, NOT_WHOLLY],
    ["the Object around another", good.replace(objects, `<ds:Object><x>${objects}</x></ds:Object>`), NOT_WHOLLY],
    [
      "the Id at another element",
      good.replace(objects, '<ds:Object><form>mallory</form></ds:Object><ds:Object><x Id="o"/></ds:Object>'),
      ["content: content-differs"],
    ],
    ["moved into a document", `<form>mallory${good}</form>`, NOT_WHOLLY],
  ])("%s", async (_, file, verdict) => {
    expect(await verdicts(good)).toEqual(["whole"]);
    expect(await verdicts(file)).toEqual(verdict);
  });

  it.each([
    ["nothing but KeyInfo", [{ uri: "#k" }], ""],
    ["an empty Object", [{ uri: "#o" }], '<ds:Object Id="o"> </ds:Object>'],
    ["properties of the signature", [{ uri: "#p" }], '<ds:Object><ds:SignatureProperties Id="p"/></ds:Object>'],
  ])("that signs %s says nothing", async (_, references, more) => {
    const keyInfo =
      '<ds:KeyInfo Id="k"><ds:X509Data><ds:X509Certificate>CERTIFICATE</ds:X509Certificate></ds:X509Data></ds:KeyInfo>';
    expect(await verdicts(fill(signatureTemplate({ references, objects: more, keyInfo })))).toEqual(NOT_WHOLLY);
  });

  it("asked for by the part that stands in it", async () => {
    expect(await verdicts(good, { parts: ["o"] })).toEqual(["whole"]);
    expect(await verdicts(good, { parts: ["x"] })).toEqual(NOT_WHOLLY);
    expect(await verdicts(good, { parts: ["o", "x"] })).toEqual(NOT_WHOLLY);
    const moved = good.replace("<ds:KeyInfo>", '<ds:KeyInfo Id="x">');
    expect(await verdicts(moved, { parts: ["x"] })).toEqual(NOT_WHOLLY);
  });
});

describe("Manifests", () => {
  const manifest = (references: string): string =>
    `<ds:Object><ds:Manifest Id="m">${references}</ds:Manifest></ds:Object>`;
  const inManifest =
    '<ds:Reference URI="f"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue></ds:DigestValue></ds:Reference>';
  const references = [{ uri: "#m", type: "http://www.w3.org/2000/09/xmldsig#Manifest" }];
  const f = new TextEncoder().encode("f");
  const make = (objects: string, more = references): string =>
    text(fillTemplate(signatureTemplate({ references: more, objects }), SIGNER, { f }));
  const good = make(manifest(inManifest));

  it("are verified as a whole", async () => {
    const content = new Map([["f", f]]);
    expect(await verdicts(good, { content })).toEqual(["whole"]);
    expect(partsOf(await found(good, { content }))).toEqual([["f", "", "f"]]);
    expect(await verdicts(good, { content: new Map([["f", new Uint8Array(1)]]) })).toEqual([
      "content: content-differs",
    ]);
    expect(await verdicts(good)).toEqual(["content: content-missing"]);
    const byObject = make(manifest(inManifest).replace("<ds:Object>", '<ds:Object Id="o">'), [{ uri: "#o", type: "" }]);
    expect(await verdicts(byObject, { content })).toEqual(["whole"]);
    expect(await verdicts(byObject)).toEqual(["content: content-missing"]);
  });

  it.each([
    [
      "that is not signed",
      `${manifest(inManifest)}<ds:Object Id="o"><x/></ds:Object>`,
      [
        { uri: "#o", type: "" },
        { uri: "f", type: "" },
      ],
      "coverage: not-wholly-signed",
    ],
    ["that is none", '<ds:Object><ds:Other Id="m"/></ds:Object>', references, "content: file-ambiguous"],
    ["without references", manifest(""), references, "content: file-broken"],
    [
      "of manifests",
      manifest(inManifest.replace('"f"', '"#n"')) + manifest(inManifest).replace('"m"', '"n"'),
      references,
      "content: file-unsupported",
    ],
  ])("%s", async (_, objects, more, verdict) => {
    expect(await verdicts(make(objects, more), { content: new Map([["f", f]]) })).toEqual([verdict]);
  });
});

describe("percent-encoded fragments", () => {
  const encoded = encodeURIComponent("構成");
  const file = (...elements: string[]): string =>
    fill(`<r>${elements.join("")}${signatureTemplate({ references: [{ uri: `#${encoded}` }] })}</r>`);
  it.each([
    ["the decoded one", ["<a ID='構成'/>"], ["parts"]],
    ["both", ["<a ID='構成'/>", `<b Id="${encoded}"/>`], ["content: file-ambiguous"]],
    ["decoded twice", [`<b Id="x"/>`], ["content: reference-unresolved"]],
  ])("%s", async (_, elements, verdict) => {
    const parts = elements.length > 1 ? ["構成"] : [(elements[0] ?? "").includes("'構成'") ? "構成" : "x"];
    expect(await verdicts(file(...elements), { parts })).toEqual(verdict);
  });

  it("as it is written, where that is an ID", async () => {
    const one = text(
      fillTemplate(`<r><b Id="a%62"/>${signatureTemplate({ references: [{ uri: "#a%62" }] })}</r>`, SIGNER),
    );
    // the template's own reading decodes, so the digest is of nothing
    expect(await verdicts(one, { parts: ["a%62"] })).toEqual(["content: content-differs"]);
  });
});
