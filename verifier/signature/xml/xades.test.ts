import { createHash, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { element, sequence } from "../../../formats/der/der.ts";
import { readCertificate } from "../../../formats/x509/certificate.ts";
import { AUTHORITY, found, SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import { fillTemplate, signatureTemplate, URIS } from "../../../tests/verifier/xml/xml-template.ts";
import { playResident } from "../../../tests/support/pki/played-authorities.ts";
import type { IssuedCertificate } from "../../../tests/support/pki/certificate-maker.ts";

const XADES = 'xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"';
const TYPE = "http://uri.etsi.org/01903#SignedProperties";
const other = playResident("signing", { issuer: AUTHORITY, person: "taro" });
const renewed = playResident("signing", { issuer: AUTHORITY, key: SIGNER.key, person: "renewed" });

const digest = ({ certificate }: IssuedCertificate, hash = "sha256", uri: string = URIS.sha256): string =>
  `<xades:CertDigest><ds:DigestMethod Algorithm="${uri}"/><ds:DigestValue>${createHash(hash).update(certificate).digest("base64")}</ds:DigestValue></xades:CertDigest>`;
const cert = (...contents: string[]): string => `<xades:Cert>${contents.join("")}</xades:Cert>`;
function issuerSerialV2({ certificate }: IssuedCertificate): string {
  const { issuer, serialNumber } = readCertificate(certificate);
  const der = sequence(sequence(element(0xa4, issuer)), serialNumber);
  return `<xades:IssuerSerialV2>${Buffer.from(der).toString("base64")}</xades:IssuerSerialV2>`;
}
function issuerSerial({ certificate }: IssuedCertificate): string {
  const number = BigInt(`0x${new X509Certificate(certificate).serialNumber}`).toString();
  return `<xades:IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>${number}</ds:X509SerialNumber></xades:IssuerSerial>`;
}
const v2 = (...certs: string[]): string => `<xades:SigningCertificateV2>${certs.join("")}</xades:SigningCertificateV2>`;
const v1 = (...certs: string[]): string => `<xades:SigningCertificate>${certs.join("")}</xades:SigningCertificate>`;

interface Parts {
  readonly time?: string;
  readonly certificates?: string;
  readonly later?: string;
  readonly unsigned?: string;
  readonly target?: string;
  readonly type?: string | undefined;
  readonly namespace?: string;
  readonly keyInfo?: string;
}
function xades(parts: Parts = {}, signer = SIGNER): Uint8Array {
  const {
    time = "2026-11-24T12:00:00+09:00",
    certificates = v2(cert(digest(SIGNER), issuerSerialV2(SIGNER))),
    later = "",
  } = parts;
  const properties =
    `<ds:Object><xades:QualifyingProperties ${parts.namespace ?? XADES} Target="${parts.target ?? "#s"}"><xades:SignedProperties Id="p"><xades:SignedSignatureProperties>` +
    `${time === "" ? "" : `<xades:SigningTime>${time}</xades:SigningTime>`}${certificates}${later}</xades:SignedSignatureProperties></xades:SignedProperties>` +
    `${parts.unsigned ?? ""}</xades:QualifyingProperties></ds:Object>`;
  const type = "type" in parts ? parts.type : TYPE;
  const references = [
    { uri: "", transforms: [URIS.enveloped] },
    { uri: "#p", transforms: [URIS.c14n], ...(type !== undefined && { type }) },
  ];
  const template = {
    id: "s",
    references,
    objects: properties,
    ...(parts.keyInfo !== undefined && { keyInfo: parts.keyInfo }),
  };
  return fillTemplate(`<r xml:lang="ja">${signatureTemplate(template)}</r>`, signer);
}
const text = (parts?: Parts): string => new TextDecoder().decode(xades(parts));

describe("XAdES", () => {
  it("says who signed, and when", async () => {
    expect(await verdicts(xades())).toEqual(["whole"]);
    expect(await found(xades())).toMatchObject({
      format: "xades",
      claimedTime: new Date("2026-11-24T03:00:00Z"),
      timestamps: [],
    });
  });

  it.each([
    ["SigningCertificate", v1(cert(digest(SIGNER), issuerSerial(SIGNER))), "whole"],
    ["both", v1(cert(digest(SIGNER))) + v2(cert(digest(SIGNER))), "whole"],
    ["SHA-512", v2(cert(digest(SIGNER, "sha512", "http://www.w3.org/2001/04/xmlenc#sha512"))), "whole"],
    ["those above it too", v2(cert(digest(SIGNER)), cert(digest(AUTHORITY))), "whole"],
    ["another's digest", v2(cert(digest(other))), "form: certificate-not-the-signers"],
    ["another's for the same key", v2(cert(digest(renewed))), "form: certificate-not-the-signers"],
    [
      "another's issuer and number",
      v2(cert(digest(SIGNER), issuerSerialV2(other))),
      "form: certificate-not-the-signers",
    ],
    ["another's number", v1(cert(digest(SIGNER), issuerSerial(other))), "form: certificate-not-the-signers"],
    ["two that disagree", v1(cert(digest(SIGNER))) + v2(cert(digest(other))), "form: certificate-not-the-signers"],
    ["none", "", "form: signed-attributes-missing"],
    ["SHA-1", v2(cert(digest(SIGNER, "sha1", "http://www.w3.org/2000/09/xmldsig#sha1"))), "form: algorithm-weak"],
    ["twice", v2(cert(digest(SIGNER))) + v2(cert(digest(SIGNER))), "form: signed-attributes-malformed"],
    ["without Cert", v2(), "form: signed-attributes-malformed"],
    [
      "with rubbish",
      v2(cert(digest(SIGNER), "<xades:IssuerSerialV2>AAAA</xades:IssuerSerialV2>")),
      "form: signed-attributes-malformed",
    ],
    ["with something unknown", v2(cert(digest(SIGNER), "<x/>")), "form: signed-attributes-malformed"],
  ])("certificate: %s", async (_, certificates, verdict) => {
    expect(await verdicts(xades({ certificates }))).toEqual([verdict]);
  });

  it("chooses among certificates that only it tells apart", async () => {
    const base64 = [other, SIGNER, renewed].map((one) => Buffer.from(one.certificate).toString("base64"));
    const x509 = base64.map((one) => `<ds:X509Certificate>${one}</ds:X509Certificate>`).join("");
    const keyInfo = `<ds:KeyInfo><ds:X509Data>${x509}</ds:X509Data></ds:KeyInfo>`;
    expect(await verdicts(xades({ keyInfo }))).toEqual(["whole"]);
    expect(Buffer.from((await found(xades({ keyInfo }))).certificate)).toEqual(Buffer.from(SIGNER.certificate));
  });

  it.each([
    ["2026-11-24T12:00:00Z", "2026-11-24T12:00:00.000Z"],
    ["2026-11-24T12:00:00.5-05:30", "2026-11-24T17:30:00.500Z"],
    ["2026-11-24T12:00:00.1234567Z", "2026-11-24T12:00:00.123Z"],
    ["", undefined],
  ])("time %s", async (time, expected) => {
    expect((await found(xades({ time }))).claimedTime?.toISOString()).toBe(expected);
  });

  it.each([
    "2026-11-24T12:00:00",
    "2026-02-30T12:00:00Z",
    "2026-11-24T24:00:00Z",
    "2026-11-24",
    "now",
    "2026-11-24T12:00:00+15:00",
  ])("no time: %s", async (time) =>
    expect(await verdicts(xades({ time }))).toEqual(["form: signed-attributes-malformed"]),
  );

  it.each([
    ["no Type at their reference", xades({ type: undefined }), ["coverage: not-wholly-signed"]],
    ["another Target", xades({ target: "#p" }), ["form: file-ambiguous"]],
    [
      "another version",
      xades({ namespace: 'xmlns:xades="http://uri.etsi.org/01903/v1.1.1#"' }),
      ["form: file-unsupported"],
    ],
    ["a changed time", text().replace("12:00:00", "12:00:01"), ["content: content-differs"]],
    [
      "properties that are not referenced",
      text().replace(/<ds:Reference URI="#p".*?<\/ds:Reference>/, ""),
      ["coverage: not-wholly-signed"],
    ],
    ["no properties", text().replace(/<ds:Object>.*<\/ds:Object>/, ""), ["form: signed-attributes-missing"]],
    [
      "a second set",
      text().replace("</ds:Signature>", `<ds:Object><xades:QualifyingProperties ${XADES}/></ds:Object></ds:Signature>`),
      ["form: file-ambiguous"],
    ],
    ["something beside them", text().replace("</ds:Object>", "<x/></ds:Object>"), ["form: file-broken"]],
    ["a reference elsewhere", text().replace('URI="#p"', 'URI="#s"'), ["form: file-ambiguous"]],
    ["a reference to nothing", text().replace('URI="#p"', 'URI="#q"'), ["form: reference-unresolved"]],
    [
      "properties moved into another Object",
      text().replace(/<xades:Qual.*<\/xades:QualifyingProperties>/, "<x>$&</x>"),
      ["form: signed-attributes-missing"],
    ],
    [
      "evil beside the signed properties",
      text().replace("</xades:SignedProperties>", "$&<xades:SignedProperties/>"),
      ["form: file-broken"],
    ],
  ])("%s", async (_, file, verdict) => expect(await verdicts(file)).toEqual(verdict));

  it("the claimed time of a refused signature is what it says", async () => {
    const { readXml } = await import("./read-xml.ts");
    const broken = new TextEncoder().encode(text().replace("<r ", '<r a="1" '));
    const [refused] = await readXml(broken, { content: undefined, parts: undefined });
    expect(refused).toMatchObject({
      format: "xades",
      check: "content",
      claimedTime: new Date("2026-11-24T03:00:00Z"),
      label: "s",
    });
  });
});

describe("timestamps", () => {
  const unsigned = (contents: string): string =>
    `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>${contents}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`;
  const token = "<xades:EncapsulatedTimeStamp>AAEC</xades:EncapsulatedTimeStamp>";
  const stamp = (contents: string): string => `<xades:SignatureTimeStamp>${contents}</xades:SignatureTimeStamp>`;
  const method = (uri: string): string => `<ds:CanonicalizationMethod Algorithm="${uri}"/>`;

  it.each([
    ["Canonical XML 1.0", token, ' xml:lang="ja"'],
    ["Canonical XML 1.0, stated", method(URIS.c14n) + token, ' xml:lang="ja"'],
    ["exclusive", method(URIS.exclusive) + token, ""],
  ])("over the canonical SignatureValue: %s", async (_, contents, inherited) => {
    const { timestamps, value } = await found(xades({ unsigned: unsigned(stamp(contents)) }));
    expect(timestamps.map((one) => [...one.token])).toEqual([[0, 1, 2]]);
    expect(timestamps.map(({ over }) => Buffer.from(over).toString())).toEqual([
      `<ds:SignatureValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#"${inherited}>${Buffer.from(value).toString("base64")}</ds:SignatureValue>`,
    ]);
  });

  it.each([
    ["no base64", stamp("<xades:EncapsulatedTimeStamp>*</xades:EncapsulatedTimeStamp>")],
    ["another encoding", stamp('<xades:EncapsulatedTimeStamp Encoding="urn:x">AAEC</xades:EncapsulatedTimeStamp>')],
    ["an unknown canonicalisation", stamp(method("urn:x") + token)],
    ["in XML", stamp("<xades:XMLTimeStamp/>")],
    ["of parts", stamp('<xades:Include URI="#x"/>' + token)],
  ])("one that can't be read takes nothing with it: %s", async (_, contents) => {
    const file = xades({ unsigned: unsigned(contents + stamp(token)) });
    expect(await verdicts(file)).toEqual(["whole"]);
    expect((await found(file)).timestamps.map((one) => [...one.token])).toEqual([[], [0, 1, 2]]);
  });

  it("other unsigned properties are left alone, and nothing else may hide in them", async () => {
    expect(await verdicts(xades({ unsigned: unsigned("<xades:CertificateValues/>") }))).toEqual(["whole"]);
    expect(await verdicts(xades({ unsigned: unsigned("<answers/>") }))).toEqual(["coverage: not-wholly-signed"]);
    expect(
      await verdicts(xades({ unsigned: unsigned("<xades:CertificateValues><answers/></xades:CertificateValues>") })),
    ).toEqual(["coverage: not-wholly-signed"]);
  });

  it("a counter-signature is not one of the file", async () => {
    const counter = `<xades:CounterSignature>${signatureTemplate()}</xades:CounterSignature>`;
    expect(await verdicts(xades().length > 0 ? text({ unsigned: unsigned(counter) }) : "")).toHaveLength(1);
  });

  it("seventeen are too many", async () => {
    expect(await verdicts(xades({ unsigned: unsigned(stamp(token).repeat(17)) }))).toEqual(["form: too-large"]);
  });
});
