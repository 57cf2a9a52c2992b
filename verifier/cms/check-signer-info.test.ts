import { describe, expect, it } from "vitest";
import { element, objectIdentifier, octetString, sequence, setOf, time } from "../../formats/der/der.ts";
import { authority, content, every, hanako, outcome, play, taro } from "../../tests/verifier/cms/cms-outcome.ts";
import { hashIdentifier, pssIdentifier } from "../../tests/verifier/cms/played-algorithms.ts";
import {
  attribute,
  CMS,
  essV2,
  hashed,
  playSignedData,
  type PlayedSignedData,
  type PlayedSigner,
} from "../../tests/verifier/cms/played-signed-data.ts";
import { playResident } from "../../tests/support/pki/played-authorities.ts";

const oid = objectIdentifier;
/** Another certificate with the same issuer, serial number and key. */
const double = playResident("signing", { issuer: authority, changes: { notAfter: new Date("2031-01-01T00:00:00Z") } });

describe("what somebody changed is refused", () => {
  it.each<[string, string, Partial<PlayedSigner>, Partial<PlayedSignedData>?]>([
    [
      "message-digest left out",
      "signed-attributes-missing",
      { attributes: (a) => [a.contentType, a.signingCertificate] },
    ],
    ["content-type left out", "signed-attributes-missing", { attributes: (a) => [a.messageDigest] }],
    ["no attribute at all", "signed-attributes-missing", { attributes: () => [] }],
    [
      "not sorted",
      "signed-attributes-malformed",
      { attributes: (a) => [a.messageDigest, a.contentType], unsorted: true },
    ],
    [
      "one twice",
      "signed-attributes-malformed",
      { attributes: (a) => [a.contentType, a.messageDigest, a.contentType] },
    ],
    [
      "one type twice",
      "signed-attributes-malformed",
      { attributes: (a) => [...every(a), attribute(CMS.signingTime, time(new Date(0)))] },
    ],
    [
      "two digests",
      "signed-attributes-malformed",
      {
        attributes: (a) => [
          a.contentType,
          attribute(
            CMS.messageDigest,
            octetString(hashed("sha256", content)),
            octetString(hashed("sha256", Buffer.from("other"))),
          ),
        ],
      },
    ],
    [
      "a type without a value",
      "signed-attributes-malformed",
      { attributes: (a) => [a.messageDigest, attribute(CMS.contentType)] },
    ],
    [
      "another content type",
      "signed-attributes-malformed",
      { attributes: (a) => [a.messageDigest, attribute(CMS.contentType, oid(CMS.signedData))] },
    ],
    [
      "a digest that is no OCTET STRING",
      "signed-attributes-malformed",
      { attributes: (a) => [a.contentType, attribute(CMS.messageDigest, element(0x0c, hashed("sha256", content)))] },
    ],
    [
      "another digest",
      "content-differs",
      {
        attributes: (a) => [
          a.contentType,
          attribute(CMS.messageDigest, octetString(hashed("sha256", Buffer.from("other")))),
        ],
      },
    ],
    [
      "a time that is none",
      "signed-attributes-malformed",
      {
        attributes: (a) => [
          a.contentType,
          a.messageDigest,
          attribute(CMS.signingTime, element(0x17, Buffer.from("261324010203Z"))),
        ],
      },
    ],
    [
      "another certificate named",
      "certificate-not-the-signers",
      { attributes: (a) => [a.contentType, a.messageDigest, essV2(taro.certificate)] },
    ],
    [
      "another issuer named",
      "certificate-not-the-signers",
      {
        attributes: (a) => [
          a.contentType,
          a.messageDigest,
          attribute(
            CMS.signingCertificateV2,
            sequence(
              sequence(
                sequence(
                  octetString(hashed("sha256", hanako.certificate)),
                  sequence(sequence(element(0xa4, authority.subject)), element(0x02, Uint8Array.of(1))),
                ),
              ),
            ),
          ),
        ],
      },
    ],
    [
      "another certificate named by SHA-1",
      "certificate-not-the-signers",
      {
        attributes: (a) => [
          ...every(a),
          attribute(
            CMS.signingCertificate,
            sequence(sequence(sequence(octetString(hashed("sha1", taro.certificate))))),
          ),
        ],
      },
    ],
    [
      "a certificate named by MD5",
      "algorithm-weak",
      {
        attributes: (a) => [
          a.contentType,
          a.messageDigest,
          attribute(
            CMS.signingCertificateV2,
            sequence(sequence(sequence(hashIdentifier("md5"), octetString(hashed("md5", hanako.certificate))))),
          ),
        ],
      },
    ],
    [
      "another certificate of the same name and key",
      "certificate-not-the-signers",
      {},
      { certificates: [double.certificate] },
    ],
    ["two certificates of one name", "file-ambiguous", {}, { certificates: [hanako.certificate, double.certificate] }],
    ["no certificate", "certificate-missing", {}, { certificates: [] }],
    ["somebody else's certificate", "certificate-missing", {}, { certificates: [taro.certificate] }],
    ["no such key identifier", "certificate-missing", { sid: element(0x80, Uint8Array.of(1)) }],
    ["an identifier of neither kind", "file: file-broken", { sid: element(0x81, Uint8Array.of(1)) }],
    ["SHA-1", "algorithm-weak", { hash: "sha1" }],
    ["MD5", "algorithm-weak", { hash: "md5", algorithm: "rsa-with" }],
    [
      "another hash in the signature's algorithm",
      "algorithm-mismatch",
      { hash: "sha384", signatureAlgorithm: sequence(oid("1.2.840.113549.1.1.11")) },
    ],
    [
      "a hash function that the file doesn't announce",
      "algorithm-mismatch",
      {},
      { digestAlgorithms: [hashIdentifier("sha512")] },
    ],
    ["hash functions that are none", "file: file-broken", {}, { digestAlgorithms: [octetString(content)] }],
    ["ECDSA on P-384 with SHA-256", "algorithm-mismatch", { by: taro }],
    ["HMAC", "algorithm-unsupported", { signatureAlgorithm: sequence(oid("1.2.840.113549.2.9")) }],
    ["DSA", "algorithm-unsupported", { signatureAlgorithm: sequence(oid("2.16.840.1.101.3.4.3.2")) }],
    ["PSS with its defaults", "algorithm-weak", { algorithm: "pss", signatureAlgorithm: pssIdentifier() }],
    [
      "PSS with the mask of another hash",
      "algorithm-unsupported",
      { algorithm: "pss", signatureAlgorithm: pssIdentifier("sha256", 32, "sha512") },
    ],
    [
      "PSS with a short salt",
      "algorithm-unsupported",
      { algorithm: "pss", signatureAlgorithm: pssIdentifier("sha256", 20) },
    ],
    ["PSS named, PKCS #1 made", "wrong", { signatureAlgorithm: pssIdentifier("sha256", 32) }],
    [
      "an ECDSA value that is no DER",
      "signature-wrong",
      { by: taro, hash: "sha384", signature: () => new Uint8Array(96) },
    ],
    ["a value changed", "wrong", { signature: (value) => value.with(9, (value[9] ?? 0) ^ 1) }],
    [
      "an ECDSA value changed",
      "wrong",
      { by: taro, hash: "sha384", signature: (value) => value.with(-1, (value.at(-1) ?? 0) ^ 1) },
    ],
    [
      "protected algorithms that are others",
      "algorithm-mismatch",
      {
        attributes: (a) => [
          a.contentType,
          a.messageDigest,
          attribute(
            CMS.algorithmProtection,
            sequence(hashIdentifier("sha512"), element(0xa1, oid("1.2.840.113549.1.1.13"))),
          ),
        ],
      },
    ],
    ["content of another type", "file: file-unsupported", {}, { contentType: "1.2.840.113549.1.9.16.1.4" }],
    ["something behind the signers", "file: file-broken", {}, { more: [sequence()] }],
    ["no signer", "file: no-signature", {}, { signers: [] }],
    ["unsigned attributes that are none", "file-broken", { unsigned: [octetString(content)] }],
    [
      "more timestamps than anybody needs",
      "too-large",
      { unsigned: [attribute(CMS.signatureTimestamp, ...Array<Uint8Array>(17).fill(sequence()))] },
    ],
  ])("%s: %s", async (_name, expected, { sid, ...signer }, more) => {
    expect(await outcome(play({ ...signer, ...(sid && { sid }) }, more))).toBe(expected);
  });

  it("algorithms that are protected and used pass", async () => {
    const protection = attribute(
      CMS.algorithmProtection,
      sequence(hashIdentifier("sha256"), element(0xa1, oid("1.2.840.113549.1.1.1"), Uint8Array.of(5, 0))),
    );
    expect(await outcome(play({ attributes: (a) => [...every(a), protection] }))).toBe("valid");
  });

  it("signed attributes are never content, though the value is right", async () => {
    const attributes = setOf(
      attribute(CMS.contentType, oid(CMS.data)),
      attribute(CMS.messageDigest, octetString(hashed("sha256", content))),
    );
    const bare = { content: attributes, signers: [{ by: hanako, bare: true }] };
    expect(await outcome(playSignedData(bare))).toBe("file-ambiguous");
    expect(await outcome(playSignedData({ ...bare, detached: true }), attributes)).toBe("file-ambiguous");
  });

  it("without signed attributes nothing but data", async () => {
    expect(await outcome(play({ bare: true }, { contentType: "1.2.840.113549.1.9.16.1.4" }))).toBe(
      "file: file-unsupported",
    );
  });
});
