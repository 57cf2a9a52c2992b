import { describe, expect, it } from "vitest";
import { CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import { found, partsOf, SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import { fillTemplate, signatureTemplate, URIS, type Template } from "../../../tests/verifier/xml/xml-template.ts";

const { c14n, base64, enveloped } = URIS;
const around = (signature: string): string => `<form xmlns="urn:f"><answers Id="a">yes</answers>${signature}</form>`;
const filled = (template: Template = {}, place = around): Uint8Array =>
  fillTemplate(place(signatureTemplate(template)), SIGNER);
const alone = (signature: string): string => signature;
const object = (contents: string, attributes = 'Id="o"'): string => `<ds:Object ${attributes}>${contents}</ds:Object>`;

describe("what is taken", () => {
  it("an enveloped signature: the document without it", async () => {
    const one = await found(filled({ id: "s" }));
    expect(one).toMatchObject({
      format: "xmldsig",
      algorithm: "RS256",
      claimedTime: undefined,
      timestamps: [],
      label: "s",
    });
    expect(partsOf(one)).toEqual([["", "/", '<form xmlns="urn:f"><answers Id="a">yes</answers></form>']]);
    expect(Buffer.from(one.certificate)).toEqual(Buffer.from(SIGNER.certificate));
    expect(await verdicts(filled())).toEqual(["whole"]);
  });

  it("says where a signature without an Id stands", async () => {
    expect(await found(filled())).toMatchObject({ label: "/form[1]/ds:Signature[1]" });
  });

  it("labels hold no line ends", async () => {
    const id = "a&#10;\u202Eb";
    expect(await found(filled({ id, references: [{ uri: "", transforms: [enveloped] }] }))).toMatchObject({
      label: "a\uFFFD\uFFFDb",
    });
  });

  it.each([
    ["the root by its Id", { uri: "#r", transforms: [enveloped] }, "whole"],
    ["an XPointer to everything", { uri: "#xpointer(/)", transforms: [enveloped, c14n] }, "whole"],
    ["an XPointer to the root", { uri: "#xpointer(id('r'))", transforms: [enveloped] }, "whole"],
    ["an XPointer, encoded", { uri: "#xpointer(id(%27r%27))", transforms: [enveloped] }, "whole"],
    ["a part", { uri: "#a" }, "coverage: not-wholly-signed"],
  ])("%s", async (_, reference, verdict) => {
    const place = (signature: string): string => `<r Id="r"><b Id="a"/>${signature}</r><!--c-->`;
    expect(await verdicts(filled({ references: [reference] }, place))).toEqual([verdict]);
  });

  it("comments are digested only through an XPointer", async () => {
    const place = (signature: string): string => `<r Id="r">a<!--c-->b${signature}</r>`;
    const transforms = [enveloped, `${c14n}#WithComments`];
    const octets = async (uri: string) => partsOf(await found(filled({ references: [{ uri, transforms }] }, place)))[0];
    expect(await octets("")).toEqual(["", "/", '<r Id="r">ab</r>']);
    expect(await octets("#r")).toEqual(["#r", "/r[1]", '<r Id="r">ab</r>']);
    expect(await octets("#xpointer(/)")).toEqual(["#xpointer(/)", "/", '<r Id="r">a<!--c-->b</r>']);
    expect(await octets("#xpointer(id('r'))")).toEqual(["#xpointer(id('r'))", "/r[1]", '<r Id="r">a<!--c-->b</r>']);
  });

  it.each([
    [
      "an Object",
      object("<x>1</x>"),
      [{ uri: "#o" }],
      '<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="o"><x>1</x></ds:Object>',
    ],
    [
      "what is in it",
      object(' <x Id="x">1</x> ', ""),
      [{ uri: "#x" }],
      '<x xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="x">1</x>',
    ],
    ["base64", object("aGVs\n bG8="), [{ uri: "#o", transforms: [base64] }], "hello"],
  ])("enveloping: %s", async (_, objects, references, octets) => {
    const one = await found(filled({ references, objects }, alone));
    expect(one.coverage.whole).toBe(true);
    expect(partsOf(one).map(([, , text]) => text)).toEqual([octets]);
  });

  it.each(CANONICALIZATIONS)("SignedInfo by $uri", async ({ uri: canonicalization }) => {
    expect(
      await verdicts(
        filled({ canonicalization, references: [{ uri: "", transforms: [enveloped, canonicalization] }] }),
      ),
    ).toEqual(["whole"]);
  });

  it("prefixes that the exclusive form is told to keep", async () => {
    const keep = (name: string): string =>
      `<ds:${name} Algorithm="${URIS.exclusive}"><e:InclusiveNamespaces xmlns:e="${URIS.exclusive}" PrefixList="p #default"/></ds:${name}>`;
    const template = {
      canonicalization: keep("CanonicalizationMethod"),
      references: [{ uri: "", transforms: [enveloped, keep("Transform")] }],
    };
    const one = await found(
      filled(template, (signature) => `<form xmlns:p="urn:p" xmlns:q="urn:q">${signature}</form>`),
    );
    expect(partsOf(one)).toEqual([["", "/", '<form xmlns:p="urn:p"></form>']]);
    expect(Buffer.from(one.signed).toString()).toContain(
      '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:p="urn:p">',
    );
  });
});

describe("structure", () => {
  const good = new TextDecoder().decode(filled());
  it.each([
    ["an unknown element in SignedInfo", "</ds:SignedInfo>", "<x/></ds:SignedInfo>", "form: file-broken"],
    ["an unknown attribute in SignedInfo", "<ds:Reference ", '<ds:Reference ds:URI="#a" ', "form: file-broken"],
    ["text in SignedInfo", "<ds:SignedInfo>", "<ds:SignedInfo>x", "form: file-broken"],
    ["a comment in SignedInfo", "<ds:SignedInfo>", "<ds:SignedInfo><!--x-->", "form: file-broken"],
    ["a comment in DigestValue", "</ds:DigestValue>", "<!--x--></ds:DigestValue>", "form: file-ambiguous"],
    ["a comment in SignatureValue", "</ds:SignatureValue>", "<!--x--></ds:SignatureValue>", "form: file-ambiguous"],
    ["a comment in X509Certificate", "</ds:X509Certificate>", "<!--x--></ds:X509Certificate>", "form: file-ambiguous"],
    [
      "two SignatureValues",
      "<ds:KeyInfo>",
      "<ds:SignatureValue>AA==</ds:SignatureValue><ds:KeyInfo>",
      "form: file-broken",
    ],
    ["KeyInfo twice", "<ds:KeyInfo>", "<ds:KeyInfo/><ds:KeyInfo>", "form: file-broken"],
    ["something behind", "</ds:Signature>", "<x/></ds:Signature>", "form: file-broken"],
    ["SignedInfo twice", "<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>", "form: file-broken"],
    ["no references", /<ds:Reference.*<\/ds:Reference>/, "", "form: file-broken"],
    ["no Algorithm", ` Algorithm="${URIS.rsaSha256}"`, "", "form: file-broken"],
    ["a digest that is no base64", "<ds:DigestValue>", "<ds:DigestValue>*", "form: file-broken"],
    ["a short digest", /<ds:DigestValue>[^<]*/, "<ds:DigestValue>AAAA", "content: content-differs"],
    ["an empty digest", /<ds:DigestValue>[^<]*/, "<ds:DigestValue> ", "form: file-broken"],
    ["no KeyInfo", /<ds:KeyInfo>.*<\/ds:KeyInfo>/, "", "form: certificate-missing"],
    ["an Object with other attributes", "</ds:Signature>", '<ds:Object x="1"/></ds:Signature>', "form: file-broken"],
    [
      "an Object that is not signed",
      "</ds:Signature>",
      "<ds:Object><y/></ds:Object></ds:Signature>",
      "coverage: not-wholly-signed",
    ],
    [
      "a text that is not signed",
      "</ds:Signature>",
      "<ds:Object>y</ds:Object></ds:Signature>",
      "coverage: not-wholly-signed",
    ],
    [
      "an instruction that is not signed",
      "</ds:Signature>",
      "<ds:Object><?y?></ds:Object></ds:Signature>",
      "coverage: not-wholly-signed",
    ],
    ["a document type", /^/, "<!DOCTYPE form>", "file-unsupported"],
    ["an entity", /^/, '<!DOCTYPE form [<!ENTITY a "b">]>', "file-unsupported"],
    ["another namespace", /"http:\/\/www.w3.org\/2000\/09\/xmldsig#"/, '"urn:x"', "no-signature"],
    ["a relative namespace", "<form ", '<form xmlns:x="y" ', "file-unsupported"],
    ["broken XML", "</form>", "", "file-broken"],
    ["a changed value", "yes", "no", "content: content-differs"],
  ])("%s", async (_, find, replacement, verdict) => {
    expect(await verdicts(good)).toEqual(["whole"]);
    expect(await verdicts(good.replace(find, replacement))).toEqual([verdict]);
  });

  it.each([
    [
      "empty Objects and comments in them",
      "</ds:Signature>",
      "<ds:Object/><ds:Object> <!--x--></ds:Object></ds:Signature>",
    ],
    ["another prefix for nothing", "</form>", "</form><!--x-->"],
  ])("takes %s", async (_, find, replacement) => {
    expect(await verdicts(good.replace(find, replacement))).toEqual(["whole"]);
  });

  it.each([
    "http://www.w3.org/TR/1999/REC-xpath-19991116",
    "http://www.w3.org/TR/1999/REC-xslt-19991116",
    "http://www.w3.org/2002/06/xmldsig-filter2",
    "http://www.w3.org/2002/07/decrypt#XML",
    "http://www.w3.org/2001/04/xmldsig-more#xptr",
  ])("does not take the transform %s", async (transform) => {
    const step = `<ds:Transform Algorithm="${transform}"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>`;
    expect(await verdicts(filled({ references: [{ uri: "", transforms: [step] }] }))).toEqual([
      "form: file-unsupported",
    ]);
  });

  it.each([
    [[c14n, enveloped]],
    [[enveloped, enveloped]],
    [[enveloped, c14n, c14n]],
    [[base64, base64]],
    [[base64, c14n]],
  ])("does not take the transforms %j", async (transforms) => {
    expect(await verdicts(filled({ references: [{ uri: "", transforms }] }))).toEqual(["form: file-unsupported"]);
  });

  it.each([
    ["#none", "content: reference-unresolved"],
    ["#", "content: reference-unresolved"],
    ["#xpointer(id('none'))", "content: reference-unresolved"],
    ["#xpointer(//a)", "content: file-unsupported"],
    ["#element(/1)", "content: file-unsupported"],
    ["#s", "content: file-ambiguous"],
  ])("does not take the reference %s", async (uri, verdict) => {
    const references = [{ uri, transforms: [enveloped, c14n] }];
    expect(await verdicts(filled({ id: "s", references }))).toEqual([verdict]);
  });

  it("does not take base64 of more than text", async () => {
    const references = [{ uri: "#o", transforms: [base64] }];
    expect(await verdicts(filled({ references, objects: object("AAAA<x/>") }, alone))).toEqual([
      "content: file-ambiguous",
    ]);
    expect(await verdicts(filled({ references, objects: object("*") }, alone))).toEqual(["content: content-differs"]);
    expect(await verdicts(filled({ references: [{ uri: "", transforms: [base64] }] }))).toEqual([
      "content: file-unsupported",
    ]);
  });

  it("does not resolve xml:base for Canonical XML 1.1", async () => {
    const place = (signature: string): string => `<r xml:base="http://x/">${signature}</r>`;
    expect(await verdicts(filled({ canonicalization: "http://www.w3.org/2006/12/xml-c14n11" }, place))).toEqual([
      "form: file-unsupported",
    ]);
    expect(await verdicts(filled({}, place))).toEqual(["whole"]);
  });
});
