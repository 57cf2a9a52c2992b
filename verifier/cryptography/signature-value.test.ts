import { constants, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { element, sequence, unsignedInteger } from "../../formats/der/der.ts";
import { testKey } from "../../tests/support/pki/test-keys.ts";
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from "./algorithms.ts";
import type { KeyType } from "./public-key.ts";
import { ecdsaValueFromDer, verifyEncodedSignature, verifySignatureValue } from "./signature-value.ts";

const message = new TextEncoder().encode("申請書");
const KEYS = { ES256: "P-256", ES384: "P-384", ES512: "P-521" } as const;
const keyTypeFor = (algorithm: SignatureAlgorithm): KeyType =>
  algorithm.startsWith("ES") ? KEYS[algorithm as keyof typeof KEYS] : "rsa";
const pairOf = (keyType: KeyType) => testKey(keyType === "rsa" ? "rsa-2048" : keyType, "values");
const { RSA_PKCS1_PSS_PADDING: padding } = constants;

function signed(algorithm: SignatureAlgorithm, saltLength: number = constants.RSA_PSS_SALTLEN_DIGEST): Uint8Array {
  const key = pairOf(keyTypeFor(algorithm)).privateKey;
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith("PS")) return sign(hash, message, { key, padding, saltLength });
  return sign(hash, message, { key, dsaEncoding: "ieee-p1363" });
}
const check = (algorithm: SignatureAlgorithm, value: Uint8Array, over = message): boolean => {
  const keyType = keyTypeFor(algorithm);
  return verifySignatureValue(algorithm, pairOf(keyType).publicKey, keyType, over, value);
};

describe("signature values", () => {
  it.each(SIGNATURE_ALGORITHMS)("of %s verify, over this and nothing else", (algorithm) => {
    const value = signed(algorithm);
    expect(check(algorithm, value)).toBe(true);
    expect(check(algorithm, value, Uint8Array.of(1))).toBe(false);
    const changed = Uint8Array.from(value);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(check(algorithm, changed)).toBe(false);
  });

  it.each(SIGNATURE_ALGORITHMS)("of %s are exactly as long as they are", (algorithm) => {
    const value = signed(algorithm);
    expect(check(algorithm, value.subarray(1))).toBe(false);
    expect(check(algorithm, concatBytes(Uint8Array.of(0), value))).toBe(false);
    expect(check(algorithm, concatBytes(value, Uint8Array.of(0)))).toBe(false);
    expect(check(algorithm, new Uint8Array())).toBe(false);
    expect(check(algorithm, new Uint8Array(value.length))).toBe(false);
  });

  it.each(["ES256", "ES384", "ES512"] as const)("of %s are no DER", (algorithm) => {
    const der = sign(`sha${algorithm.slice(2)}`, message, pairOf(KEYS[algorithm]).privateKey);
    expect(check(algorithm, der)).toBe(false);
    expect(check(algorithm, ecdsaValueFromDer(algorithm, der))).toBe(true);
    const { publicKey } = pairOf(KEYS[algorithm]);
    expect(verifyEncodedSignature(algorithm, publicKey, KEYS[algorithm], message, der)).toBe(true);
    expect(verifyEncodedSignature(algorithm, publicKey, KEYS[algorithm], message, signed(algorithm))).toBe(false);
  });

  it("of PSS have a salt as long as the digest", () => {
    for (const length of [0, 20, 31, 33, constants.RSA_PSS_SALTLEN_MAX_SIGN]) {
      expect(check("PS256", signed("PS256", length))).toBe(false);
    }
    expect(check("RS256", signed("PS256"))).toBe(false);
    expect(check("PS256", signed("RS256"))).toBe(false);
  });

  const KEY_TYPES: readonly KeyType[] = ["rsa", "P-256", "P-384", "P-521"];
  const misfits = SIGNATURE_ALGORITHMS.flatMap((algorithm) =>
    KEY_TYPES.filter((type) => type !== keyTypeFor(algorithm)).map((type) => [algorithm, type] as const),
  );
  it.each(misfits)("of %s are not for keys of %s", (algorithm, keyType) => {
    const { publicKey } = pairOf(keyType);
    const refusal: unknown = expect.objectContaining({ code: "algorithm-mismatch" });
    expect(() => verifySignatureValue(algorithm, publicKey, keyType, message, signed(algorithm))).toThrow(refusal);
    expect(() => verifyEncodedSignature(algorithm, publicKey, keyType, message, signed(algorithm))).toThrow(refusal);
  });
});

describe("ECDSA values in DER", () => {
  const number = (...octets: number[]) => element(0x02, Uint8Array.from(octets));

  it("come back as r‖s of full length", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (r, s) => {
          expect(ecdsaValueFromDer("ES256", sequence(unsignedInteger(r), unsignedInteger(s)))).toEqual(
            concatBytes(r, s),
          );
        },
      ),
    );
  });

  it.each([
    ["one number", sequence(number(1))],
    ["three numbers", sequence(number(1), number(1), number(1))],
    ["a negative number", sequence(number(0x81), number(1))],
    ["a padded number", sequence(number(0, 1), number(1))],
    ["an empty number", sequence(number(), number(1))],
    ["33 octets", sequence(unsignedInteger(new Uint8Array(33).fill(1)), number(1))],
    ["something behind it", concatBytes(sequence(number(1), number(1)), Uint8Array.of(0))],
    ["a long length", Uint8Array.of(0x30, 0x81, 6, 2, 1, 1, 2, 1, 1)],
    ["an indefinite length", Uint8Array.of(0x30, 0x80, 2, 1, 1, 2, 1, 1, 0, 0)],
    ["nothing", new Uint8Array()],
  ])("are refused with %s", (_, der) => {
    expect(() => ecdsaValueFromDer("ES256", der)).toThrow(expect.objectContaining({ code: "signature-wrong" }));
    expect(verifyEncodedSignature("ES256", pairOf("P-256").publicKey, "P-256", message, der)).toBe(false);
  });

  it("are none of RSA", () => {
    const refusal: unknown = expect.objectContaining({ code: "algorithm-mismatch" });
    expect(() => ecdsaValueFromDer("RS256", sequence(number(1), number(1)))).toThrow(refusal);
  });
});
