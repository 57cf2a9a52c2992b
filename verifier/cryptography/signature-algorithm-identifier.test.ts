import { describe, expect, it } from "vitest";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { element, nothing, objectIdentifier, octetString, sequence, smallInteger } from "../../formats/der/der.ts";
import { readHashAlgorithm } from "./hash.ts";
import { readSignatureAlgorithm } from "./signature-algorithm-identifier.ts";

const identifier = (id: string, ...parameters: Uint8Array[]) => sequence(objectIdentifier(id), ...parameters);
const rsa = (arc: number, ...parameters: Uint8Array[]) => identifier(`1.2.840.113549.1.1.${arc}`, ...parameters);
const ecdsa = (arc: number, ...parameters: Uint8Array[]) => identifier(`1.2.840.10045.4.3.${arc}`, ...parameters);
const sha = (arc: number, ...parameters: Uint8Array[]) => identifier(`2.16.840.1.101.3.4.2.${arc}`, ...parameters);
const mgf1 = (...hash: Uint8Array[]) => identifier("1.2.840.113549.1.1.8", ...hash);
const SHA1 = identifier("1.3.14.3.2.26", nothing);

interface Pss {
  readonly hash?: Uint8Array;
  readonly mask?: Uint8Array;
  readonly salt?: number;
  readonly trailer?: number;
}
const pss = ({ hash, mask, salt, trailer }: Pss, ...more: Uint8Array[]) =>
  rsa(
    10,
    sequence(
      ...(hash ? [element(0xa0, hash)] : []),
      ...(mask ? [element(0xa1, mask)] : []),
      ...(salt === undefined ? [] : [element(0xa2, smallInteger(salt))]),
      ...(trailer === undefined ? [] : [element(0xa3, smallInteger(trailer))]),
      ...more,
    ),
  );
const pss256 = { hash: sha(1, nothing), mask: mgf1(sha(1, nothing)), salt: 32 };

describe("AlgorithmIdentifiers of signatures", () => {
  it.each([
    [rsa(11, nothing), "RS256"],
    [rsa(11), "RS256"],
    [rsa(12, nothing), "RS384"],
    [rsa(13, nothing), "RS512"],
    [ecdsa(2), "ES256"],
    [ecdsa(3), "ES384"],
    [ecdsa(4), "ES512"],
    [pss(pss256), "PS256"],
    [pss({ ...pss256, trailer: 1 }), "PS256"],
    [pss({ hash: sha(1), mask: mgf1(sha(1)), salt: 32 }), "PS256"],
    [pss({ hash: sha(2, nothing), mask: mgf1(sha(2, nothing)), salt: 48 }), "PS384"],
    [pss({ hash: sha(3, nothing), mask: mgf1(sha(3, nothing)), salt: 64 }), "PS512"],
  ])("%# is %s", (encoding, algorithm) => expect(readSignatureAlgorithm(encoding)).toBe(algorithm));

  it("without a hash function take the one beside them", () => {
    expect(readSignatureAlgorithm(rsa(1, nothing), "sha256")).toBe("RS256");
    expect(readSignatureAlgorithm(rsa(1, nothing), "sha512")).toBe("RS512");
    expect(readSignatureAlgorithm(rsa(11, nothing), "sha256")).toBe("RS256");
    expect(readSignatureAlgorithm(ecdsa(3), "sha384")).toBe("ES384");
    const refusal = (code: string): unknown => expect.objectContaining({ code });
    expect(() => readSignatureAlgorithm(rsa(1, nothing))).toThrow(refusal("algorithm-unsupported"));
    expect(() => readSignatureAlgorithm(rsa(11, nothing), "sha384")).toThrow(refusal("algorithm-mismatch"));
    expect(() => readSignatureAlgorithm(ecdsa(3), "sha256")).toThrow(refusal("algorithm-mismatch"));
  });

  it.each([
    ["MD5 with RSA", rsa(4, nothing), "algorithm-weak"],
    ["SHA-1 with RSA", rsa(5, nothing), "algorithm-weak"],
    ["SHA-224 with RSA", rsa(14, nothing), "algorithm-weak"],
    ["SHA-1 with ECDSA", identifier("1.2.840.10045.4.1"), "algorithm-weak"],
    ["SHA-1 with DSA", identifier("1.2.840.10040.4.3"), "algorithm-weak"],
    ["PSS with SHA-1", pss({ ...pss256, hash: SHA1 }), "algorithm-weak"],
    ["PSS with SHA-1 in MGF1", pss({ ...pss256, mask: mgf1(SHA1) }), "algorithm-weak"],
    ["PSS without hash", pss({ mask: pss256.mask, salt: 32 }), "algorithm-weak"],
    ["PSS without mask", pss({ hash: pss256.hash, salt: 32 }), "algorithm-weak"],
    ["PSS with nothing in it", pss({}), "algorithm-weak"],
    ["PSS without parameters", rsa(10), "algorithm-weak"],
    ["PSS with another mask's hash", pss({ ...pss256, mask: mgf1(sha(2)) }), "algorithm-unsupported"],
    ["PSS with another mask", pss({ ...pss256, mask: identifier("1.2.3.4", sha(1)) }), "algorithm-unsupported"],
    ["PSS without a salt's length", pss({ hash: pss256.hash, mask: pss256.mask }), "algorithm-unsupported"],
    ["PSS with a salt of 20", pss({ ...pss256, salt: 20 }), "algorithm-unsupported"],
    ["PSS with another trailer", pss({ ...pss256, trailer: 2 }), "algorithm-unsupported"],
    ["PSS with more", pss(pss256, nothing), "algorithm-unsupported"],
    ["PSS with NULL", rsa(10, nothing), "algorithm-unsupported"],
    ["RSA with other parameters", rsa(11, octetString(new Uint8Array())), "algorithm-unsupported"],
    ["RSA with two NULLs", rsa(11, nothing, nothing), "algorithm-unsupported"],
    ["RSA with a long NULL", rsa(11, element(0x05, Uint8Array.of(0))), "algorithm-unsupported"],
    ["ECDSA with NULL", ecdsa(2, nothing), "algorithm-unsupported"],
    ["Ed25519", identifier("1.3.101.112"), "algorithm-unsupported"],
    ["HMAC with SHA-256", identifier("1.2.840.113549.2.9", nothing), "algorithm-unsupported"],
    ["a hash function", sha(1, nothing), "algorithm-unsupported"],
    ["SHA3-256 with RSA", identifier("2.16.840.1.101.3.4.3.14", nothing), "algorithm-unsupported"],
    ["no identifier", sequence(), "algorithm-unsupported"],
    ["nothing", new Uint8Array(), "algorithm-unsupported"],
    ["something behind it", concatBytes(rsa(11, nothing), nothing), "algorithm-unsupported"],
  ])("refuse %s", (_, encoding, code) => {
    expect(() => readSignatureAlgorithm(encoding)).toThrow(expect.objectContaining({ name: "Refusal", code }));
  });
});

describe("AlgorithmIdentifiers of digests", () => {
  it("have parameters absent or NULL", () => {
    expect([sha(1), sha(1, nothing), sha(2), sha(3)].map(readHashAlgorithm)).toEqual([
      "sha256",
      "sha256",
      "sha384",
      "sha512",
    ]);
  });

  it.each([
    ["SHA-1", SHA1, "algorithm-weak"],
    ["MD5", identifier("1.2.840.113549.2.5", nothing), "algorithm-weak"],
    ["SHA-224", sha(4), "algorithm-weak"],
    ["SHA-512/256", sha(6), "algorithm-unsupported"],
    ["SHA-256 with parameters", sha(1, sequence()), "algorithm-unsupported"],
  ])("refuse %s", (_, encoding, code) => {
    expect(() => readHashAlgorithm(encoding)).toThrow(expect.objectContaining({ code }));
  });
});
