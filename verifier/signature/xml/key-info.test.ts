import { createPublicKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AUTHORITY, found, SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import { fillTemplate, signatureTemplate } from "../../../tests/verifier/xml/xml-template.ts";
import { keyIdentifier, type IssuedCertificate } from "../../../tests/support/pki/certificate-maker.ts";
import { playAuthority, playResident } from "../../../tests/support/pki/played-authorities.ts";

const base64 = ({ certificate }: IssuedCertificate): string => Buffer.from(certificate).toString("base64");
const x509 = (...certificates: IssuedCertificate[]): string =>
  certificates.map((one) => `<ds:X509Certificate>${base64(one)}</ds:X509Certificate>`).join("");
const data = (contents: string): string => `<ds:X509Data>${contents}</ds:X509Data>`;
const signed = (keyInfo: string, signer = SIGNER): Uint8Array =>
  fillTemplate(`<r>${signatureTemplate({ keyInfo: `<ds:KeyInfo>${keyInfo}</ds:KeyInfo>` })}</r>`, signer);
const serialNumber = (one: IssuedCertificate): string =>
  BigInt(`0x${new X509Certificate(one.certificate).serialNumber}`).toString();
const issuerSerial = (number: string): string =>
  `<ds:X509IssuerSerial><ds:X509IssuerName>OU=x</ds:X509IssuerName><ds:X509SerialNumber>${number}</ds:X509SerialNumber></ds:X509IssuerSerial>`;
const other = playResident("signing", { issuer: AUTHORITY, person: "taro" });
const stranger = playResident("signing", { issuer: playAuthority("authentication"), person: "jiro" });

describe("the signer's certificate", () => {
  it.each([
    ["alone", data(x509(SIGNER))],
    ["twice", data(x509(SIGNER)) + data(x509(SIGNER))],
    ["in a chain", data(x509(SIGNER, AUTHORITY))],
    ["in a chain, last", data(x509(AUTHORITY)) + data(x509(SIGNER))],
    [
      "with line breaks",
      data(`<ds:X509Certificate>\n ${base64(SIGNER).replace(/(.{64})/g, "$1\r\n")}\n</ds:X509Certificate>`),
    ],
    ["by its serial number", data(x509(SIGNER) + issuerSerial(serialNumber(SIGNER))) + data(x509(other))],
    [
      "by its key identifier",
      data(
        x509(other, SIGNER) + `<ds:X509SKI>${Buffer.from(keyIdentifier(SIGNER.key)).toString("base64")}</ds:X509SKI>`,
      ),
    ],
    [
      "beside names, lists and digests",
      `<ds:KeyName>x</ds:KeyName>${data(
        `<ds:X509SubjectName>CN=x</ds:X509SubjectName>${x509(SIGNER)}<ds:X509CRL>AA==</ds:X509CRL>` +
          '<e:X509Digest xmlns:e="http://www.w3.org/2009/xmldsig11#" Algorithm="urn:x">AA==</e:X509Digest>',
      )}`,
    ],
  ])("%s", async (_, keyInfo) => {
    expect(await verdicts(signed(keyInfo))).toEqual(["whole"]);
    expect(Buffer.from((await found(signed(keyInfo))).certificate)).toEqual(Buffer.from(SIGNER.certificate));
  });

  it.each([
    ["none", "", "certificate-missing"],
    ["names only", "<ds:KeyName>x</ds:KeyName>", "certificate-missing"],
    ["two of one authority", data(x509(SIGNER, other)), "file-ambiguous"],
    ["a stranger's beside", data(x509(SIGNER, AUTHORITY, stranger)), "file-ambiguous"],
    ["a serial number of none", data(x509(SIGNER) + issuerSerial("1")), "certificate-not-the-signers"],
    ["a serial number that is none", data(x509(SIGNER) + issuerSerial("-1")), "file-broken"],
    ["a key identifier of none", data(`${x509(SIGNER)}<ds:X509SKI>AAAA</ds:X509SKI>`), "certificate-not-the-signers"],
    ["rubbish", data("<ds:X509Certificate>AAAA</ds:X509Certificate>"), "certificate-unreadable"],
    ["no base64", data("<ds:X509Certificate>*</ds:X509Certificate>"), "certificate-unreadable"],
    ["something unknown", data(`${x509(SIGNER)}<ds:Other/>`), "file-broken"],
    ["a way to fetch it", `<ds:RetrievalMethod URI="http://example.org/"/>${data(x509(SIGNER))}`, "file-unsupported"],
    ["another namespace", `${data(x509(SIGNER))}<x:X509Data xmlns:x="urn:x"/>`, "file-unsupported"],
  ])("%s: refused", async (_, keyInfo, code) => {
    expect(await verdicts(signed(keyInfo))).toEqual([`form: ${code}`]);
  });

  it("seventeen are too many", async () => {
    const many = Array.from({ length: 17 }, (_, at) =>
      playResident("signing", { issuer: AUTHORITY, key: SIGNER.key, person: `${at}` }),
    );
    expect(await verdicts(signed(data(x509(...many))))).toEqual(["form: too-large"]);
  });

  it("somebody else's makes the value wrong", async () => {
    expect(await verdicts(signed(data(x509(other))))).toEqual(["signature-wrong"]);
  });
});

describe("KeyValue", () => {
  const standard = (text = ""): string => Buffer.from(text, "base64url").toString("base64");
  const rsa = ({ key }: IssuedCertificate, zero = ""): string => {
    const { n, e } = createPublicKey(key.privateKey).export({ format: "jwk" });
    const modulus = Buffer.concat([Buffer.from(zero, "hex"), Buffer.from(n ?? "", "base64url")]).toString("base64");
    return `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${modulus}</ds:Modulus><ds:Exponent>${standard(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`;
  };
  const curved = playResident("signing", { issuer: AUTHORITY, keyType: "P-256", person: "curve" });
  const elliptic = ({ key }: IssuedCertificate, curve: string): string => {
    const { x = "", y = "" } = createPublicKey(key.privateKey).export({ format: "jwk" });
    const point = Buffer.concat([Uint8Array.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
    return (
      '<ds:KeyValue><e:ECKeyValue xmlns:e="http://www.w3.org/2009/xmldsig11#">' +
      `<e:NamedCurve URI="urn:oid:${curve}"/><e:PublicKey>${point.toString("base64")}</e:PublicKey></e:ECKeyValue></ds:KeyValue>`
    );
  };
  const P256 = "1.2.840.10045.3.1.7";

  it.each([
    ["the certificate's", rsa(SIGNER), SIGNER, "whole"],
    ["the certificate's with a zero in front", rsa(SIGNER, "00"), SIGNER, "whole"],
    ["another", rsa(other), SIGNER, "form: certificate-not-the-signers"],
    ["of another kind", elliptic(curved, P256), SIGNER, "form: certificate-not-the-signers"],
    ["a point", elliptic(curved, P256), curved, "signature-wrong"],
    ["a point of another curve", elliptic(curved, "1.3.132.0.34"), curved, "form: certificate-not-the-signers"],
    ["RSA for a curve", rsa(SIGNER), curved, "form: certificate-not-the-signers"],
    ["DSA", "<ds:KeyValue><ds:DSAKeyValue/></ds:KeyValue>", SIGNER, "form: file-unsupported"],
  ])("%s", async (_, keyValue, signer, verdict) => {
    // an RSA method with a key on a curve: the reader takes it, the mathematics can't
    const text = signed(keyValue + data(x509(signer)), SIGNER);
    expect(await verdicts(text)).toEqual([verdict]);
  });

  it("alone is no certificate", async () => {
    expect(await verdicts(signed(rsa(SIGNER)))).toEqual(["form: certificate-missing"]);
  });
});
