import { describe, expect, it } from "vitest";
import { element, sequence, smallInteger, type Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { sha256 } from "../sha256.ts";
import type { SignatureSource, SourceFile } from "../signature-builder.ts";
import { openXmlSignature } from "./open-xml-signature.ts";

/** As much of a certificate as is read. */
const CERTIFICATE = sequence(sequence(smallInteger(1), sequence(), sequence(element(0x31))));
const SIGNER = { certificate: CERTIFICATE, signingTime: new Date("2026-11-24T15:04:05.678Z") };
const octets = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));

async function sourceOf(document: string | Bytes, more: Partial<SignatureSource> = {}): Promise<SignatureSource> {
  const bytes = typeof document === "string" ? new TextEncoder().encode(document) : document;
  const file: SourceFile = { name: "plan.xml", type: "application/xml", bytes, digest: await sha256(bytes) };
  const plain = { format: "xmldsig", packaging: "enveloped", profile: undefined, timestamped: false } as const;
  return { file, references: [], ...plain, ...more };
}

async function signed(document: string | Bytes, more: Partial<SignatureSource> = {}) {
  const opened = await openXmlSignature(await sourceOf(document, more));
  const prepared = await opened.prepare(SIGNER);
  const { file, name, type } = await prepared.finish(
    new Uint8Array(256),
    more.timestamped ? octets("token") : undefined,
  );
  return { opened, prepared, file, name, type, text: new TextDecoder().decode(file) };
}

const refusal = async (document: string | Bytes, more: Partial<SignatureSource> = {}): Promise<unknown> =>
  openXmlSignature(await sourceOf(document, more)).then(
    () => undefined,
    (error: unknown) => (error instanceof DocumentFault ? error.code : error),
  );

const file = (name: string): SourceFile => ({ name, type: "text/plain", bytes: undefined, digest: new Uint8Array(32) });

describe("enveloped", () => {
  it.each([
    ["UTF-8 with a mark", "\uFEFF<?xml version='1.0'?><a>日\r\n<!--c--></a>\n", "</a>\n"],
    ["an empty root", "<申請 b='1' />\r\n", ""],
  ])("leaves every other octet as it is: %s", async (_, document, end) => {
    const { file: output } = await signed(document);
    const input = new TextEncoder().encode(document);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(output);
    expect(text.replace(/<ds:Signature .*<\/ds:Signature>/, "")).toBe(
      end === "" ? "<申請 b='1' ></申請>\r\n" : document,
    );
    expect(output.length).toBeGreaterThan(input.length);
  });

  it("writes into UTF-16 and Shift_JIS what they can hold", async () => {
    const wide = await signed(octets("\xfe\xff\0<\0a\0/\0>"));
    expect(new TextDecoder("utf-16be").decode(wide.file)).toMatch(/^<a><ds:Signature .*<\/ds:Signature><\/a>$/);
    const narrow = octets("<?xml version='1.0' encoding='Shift_JIS'?><\x90\x5c Id='\x83\x5c'><b/></\x90\x5c>");
    const { file: output } = await signed(narrow, { xml: { target: "ソ" } });
    const text = Array.from(output, (octet) => String.fromCharCode(octet)).join("");
    expect(text).toContain('URI="#&#12477;"');
    expect(text).toMatch(/<b\/><ds:Signature .*<\/ds:Signature><\/\x90\x5c>$/);
    const empty = octets("<?xml version='1.0' encoding='Shift_JIS'?><\x90\x5c a='\x83\x5c'/>");
    const last = Array.from((await signed(empty)).file.slice(-5), (octet) => String.fromCharCode(octet)).join("");
    expect(last).toBe("</\x90\x5c>");
  });

  it("marks the part that is signed", async () => {
    const document = '<a><b Id="t">x</b></a>';
    const { opened, text } = await signed(document, { xml: { target: "t" } });
    expect(opened.covered).toEqual({ start: 3, end: document.indexOf("</a>") });
    expect(text).toContain('URI="#t"');
    expect(text).not.toContain("enveloped-signature");
    expect((await signed(document)).opened.covered).toBeUndefined();
    expect((await signed('<a xml:id="t"/>', { xml: { target: "t" } })).text).toContain("enveloped-signature");
  });

  it.each([
    ["document-broken", "<a>", {}],
    ["document-unsupported", "<!DOCTYPE a><a/>", {}],
    ["document-unsupported", "<a/>", { xml: { target: "t" } }],
    ["document-broken", '<a Id="t"><b id="t"/></a>', { xml: { target: "t" } }],
    ["document-unsupported", '<a Id="xpointer(/)"/>', { xml: { target: "xpointer(/)" } }],
    ["document-unsupported", "<a/>", { xml: { canonicalization: "http://www.w3.org/TR/1999/REC-xslt-19991116" } }],
    ["document-unsupported", '<a xmlns="relative"/>', {}],
    ["document-unsupported", '<a xmlns:p="http://例.jp/"/>', {}],
    ["document-unsupported", '<a xmlns:p="http://x:y/"/>', {}],
    ["document-unsupported", '<a xmlns:p="http://x:/"/>', {}],
    ["document-unsupported", '<a xmlns:p="urn:x?a&amp;b"/>', {}],
    ["document-unsupported", '<a xmlns:p="urn:]"/>', {}],
    [
      undefined,
      '<a xmlns:p="http://a.b:80//c?d=%20#" xmlns:q="urn:x:y" xmlns:r="http://a" xmlns:s="tag:a@b.c,2026:x"/>',
      {},
    ],
    [
      "document-unsupported",
      '<a xml:base="http://x/"/>',
      { xml: { canonicalization: "http://www.w3.org/2006/12/xml-c14n11" } },
    ],
    ["document-unsupported", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>', {}],
    ["document-unsupported", "<a/>", { timestamped: true }],
    ["document-unsupported", "<a/>", { references: [file("../x")] }],
    ["document-unsupported", "<a/>", { references: [file("..")] }],
    ["document-unsupported", "<a/>", { references: [file("a\\b")] }],
    ["document-unsupported", "<a/>", { references: [file("\uD800")] }],
    ["document-unsupported", "<a/>", { references: [file("a"), file("a")] }],
    ["document-unsupported", "<a/>", { references: [{ ...file("a"), type: "\u0001" }] }],
    ["document-unsupported", "<a/>", { packaging: "enveloping", xml: { target: "t" } }],
    ["document-unsupported", "<a/>", { packaging: "detached", xml: { target: "t" } }],
    ["document-unsupported", "<a/>", { packaging: "detached", references: [file("plan.xml")] }],
  ] as const)("%s: %s %j", async (code, document, more) => expect(await refusal(document, more)).toBe(code));
});

describe("small documents that would make much work", () => {
  it("a long namespace name that every element uses", async () => {
    const document = `<a xmlns:p="urn:${"x".repeat(100_000)}">${"<p:b/>".repeat(1000)}</a>`;
    const xml = { canonicalization: "http://www.w3.org/2001/10/xml-exc-c14n#" };
    expect(await refusal(document, { xml })).toBe("document-unsupported");
    expect(await refusal(document, { xml, packaging: "enveloping" })).toBe("document-unsupported");
    expect(await refusal(document)).toBeUndefined();
  });

  it("one ID at many elements, and many references to it", async () => {
    const references = '<d:Reference URI="#t"/>'.repeat(20_000);
    const document = `<a xmlns:d="http://www.w3.org/2000/09/xmldsig#"><b Id="t"/>${'<b Id="t"/>'.repeat(20_000)}${references}</a>`;
    expect(await refusal(document)).toBeUndefined();
  });
});

describe("names and types", () => {
  it.each([
    ["enveloped", "plan.signed.xml"],
    ["enveloping", "plan.xml.xml"],
    ["detached", "plan.xml.xml"],
  ] as const)("%s: %s", async (packaging, name) => {
    expect(await signed("<a/>", { packaging })).toMatchObject({ name, type: "application/xml" });
  });
});

describe("enveloping and detached", () => {
  it("holds XML as XML and anything else as base64", async () => {
    const document = "<?xml version='1.0'?>\n<!--c--><a Id='document-1'/>\n";
    const { text } = await signed(document, { packaging: "enveloping" });
    expect(text).toContain(`<ds:Object Id="document-2"><!--c--><a Id='document-1'/></ds:Object>`);
    const again = await signed('<a Id="signature-1-properties"/>', { packaging: "enveloping", format: "xades" });
    expect(again.text).toContain('Id="signature-2">');
    const source = await sourceOf("x < y", { packaging: "enveloping" });
    const opened = await openXmlSignature({ ...source, file: { ...source.file, type: 'text/plain; x="<"' } });
    const { file: output } = await (await opened.prepare(SIGNER)).finish(new Uint8Array(256));
    expect(new TextDecoder().decode(output)).toContain(
      '<ds:Object Id="document" MimeType="text/plain; x=&quot;&lt;&quot;" Encoding="http://www.w3.org/2000/09/xmldsig#base64">eCA8IHk=</ds:Object>',
    );
  });

  it("signs what it knows by its digest only where that is enough", async () => {
    const blind = { ...(await sourceOf("<a/>")), file: file("申請 書.txt") };
    const opened = await openXmlSignature({ ...blind, packaging: "detached" });
    const { file: output } = await (await opened.prepare(SIGNER)).finish(new Uint8Array(256));
    expect(new TextDecoder().decode(output)).toContain('URI="%E7%94%B3%E8%AB%8B%20%E6%9B%B8.txt"><ds:DigestMethod');
    await expect(openXmlSignature(blind)).rejects.toThrow(DocumentFault);
    await expect(openXmlSignature({ ...blind, packaging: "enveloping" })).rejects.toThrow(DocumentFault);
  });
});

describe("XAdES", () => {
  it("holds what baseline B asks for, and T with a timestamp", async () => {
    const { text, prepared } = await signed('<a Id="signature-1-x"/>', {
      format: "xades",
      timestamped: true,
      references: [file("b.txt")],
    });
    expect(text).toContain('<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="signature-2">');
    expect(text).toContain(
      "<xades:SigningTime>2026-11-24T15:04:05Z</xades:SigningTime><xades:SigningCertificateV2><xades:Cert>",
    );
    expect(text).toContain('Type="http://uri.etsi.org/01903#SignedProperties" URI="#signature-2-properties"');
    expect(text).toContain('ObjectReference="#signature-2-reference-1"><xades:MimeType>application/xml<');
    expect(text).toContain('ObjectReference="#signature-2-reference-2"><xades:MimeType>text/plain<');
    expect(text).toContain("<xades:EncapsulatedTimeStamp>dG9rZW4=</xades:EncapsulatedTimeStamp>");
    expect(await prepared.timestampImprint?.(new Uint8Array(256))).toHaveLength(32);
    expect((await signed("<a/>", { format: "xades" })).text).not.toContain("UnsignedProperties");
    expect((await signed("<a/>")).prepared.timestampImprint).toBeUndefined();
  });
});

describe("egov-kousei", () => {
  const profile = { profile: "egov-kousei" } as const;
  const kousei = (between: string): string => `<D><構成情報 ID="構成情報"/>${between}<その他/></D>`;

  it.each([kousei(""), kousei("<署名情報/>"), kousei("\n<署名情報>\n</署名情報>")])("signs %s", async (document) => {
    const { text, opened } = await signed(document, profile);
    expect(text).toMatch(
      /<署名情報>\s*<Signature xmlns="[^"]*" Id="20261125000405">.*<\/Signature><\/署名情報><その他\/><\/D>$/,
    );
    expect(opened.covered).toEqual({ start: 3, end: document.indexOf("/>") + 2 });
  });

  it.each([
    "<a/>",
    '<D><構成情報 Id="構成情報"/><その他/></D>',
    '<D><構成情報 ID="構成情報"/></D>',
    '<D><その他/><構成情報 ID="構成情報"/></D>',
    '<D><構成情報 ID="構成情報"/><署名情報/></D>',
    '<構成情報 ID="構成情報"><その他/></構成情報>',
  ])("refuses %s", async (document) => expect(await refusal(document, profile)).toBe("document-unsupported"));

  it("lets nothing be chosen", async () => {
    expect(await refusal(kousei(""), { ...profile, xml: { target: "構成情報" } })).toBe("document-unsupported");
    const canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#";
    expect(await refusal(kousei(""), { ...profile, xml: { canonicalization } })).toBe("document-unsupported");
  });
});
