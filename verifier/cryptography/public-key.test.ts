import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { element, nothing, objectIdentifier, sequence, unsignedInteger } from "../../formats/der/der.ts";
import { publicKeyInfo } from "../../tests/support/pki/certificate-maker.ts";
import { testKey, type TestKeyType } from "../../tests/support/pki/test-keys.ts";
import { Refusal } from "../verdict/failure.ts";
import { keyTypeOf, readPublicKey } from "./public-key.ts";

const RSA = "1.2.840.113549.1.1.1";
const bits = (...octets: Uint8Array[]) => element(0x03, Uint8Array.of(0), ...octets);
const algorithm = (id: string, ...parameters: Uint8Array[]) => sequence(objectIdentifier(id), ...parameters);
const rsa = (modulus: Uint8Array, exponent: Uint8Array) =>
  sequence(algorithm(RSA, nothing), bits(sequence(unsignedInteger(modulus), unsignedInteger(exponent))));
const F4 = Uint8Array.of(1, 0, 1);
/** A number of so many bits, all of them set. */
const ones = (count: number) =>
  Uint8Array.from({ length: Math.ceil(count / 8) }, (_, index) =>
    index === 0 && count % 8 ? (1 << (count % 8)) - 1 : 255,
  );
const point = (curve: string, key: Uint8Array) =>
  sequence(algorithm("1.2.840.10045.2.1", objectIdentifier(curve)), bits(key));
const P256 = "1.2.840.10045.3.1.7";
const goodPoint = publicKeyInfo(testKey("P-256", "point")).subarray(-65);

describe("public keys", () => {
  it.each(["rsa-2048", "rsa-3072", "P-256", "P-384", "P-521"] as const)(
    "%s are what OpenSSL reads",
    (type: TestKeyType) => {
      const pair = testKey(type, "spki");
      const { key, keyType } = readPublicKey(publicKeyInfo(pair));
      expect(key.equals(pair.publicKey)).toBe(true);
      expect(keyType).toBe(type.startsWith("rsa") ? "rsa" : type);
      expect(keyTypeOf(key)).toBe(keyType);
    },
  );

  it("of 2,048 and of 8,192 bits are the limits of RSA, and exponents of 3 and 2^32-1", () => {
    expect(readPublicKey(rsa(ones(2048), F4)).key.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(readPublicKey(rsa(ones(8192), F4)).keyType).toBe("rsa");
    expect(readPublicKey(rsa(ones(2048), Uint8Array.of(3))).keyType).toBe("rsa");
    expect(readPublicKey(rsa(ones(2048), ones(32))).keyType).toBe("rsa");
  });

  const even = Uint8Array.from(ones(2048));
  even[255] = 0xfe;
  const other = (type: "ed25519" | "rsa-pss" | "x25519") => {
    const pair =
      type === "rsa-pss"
        ? generateKeyPairSync("rsa-pss", { modulusLength: 2048 })
        : generateKeyPairSync(type as "ed25519");
    return new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }));
  };
  const good = publicKeyInfo(testKey("P-256", "point"));
  it.each([
    ["RSA of 1,024 bits", publicKeyInfo(testKey("rsa-1024", "small"))],
    ["RSA of 2,047 bits", rsa(ones(2047), F4)],
    ["RSA of 8,193 bits", rsa(ones(8193), F4)],
    ["the exponent 1", rsa(ones(2048), Uint8Array.of(1))],
    ["an even exponent", rsa(ones(2048), Uint8Array.of(4))],
    ["an exponent of 33 bits", rsa(ones(2048), ones(33))],
    ["an even modulus", rsa(even, F4)],
    ["RSA without NULL", sequence(algorithm(RSA), bits(sequence(unsignedInteger(ones(2048)), unsignedInteger(F4))))],
    [
      "a third number",
      sequence(
        algorithm(RSA, nothing),
        bits(sequence(unsignedInteger(ones(2048)), unsignedInteger(F4), unsignedInteger(F4))),
      ),
    ],
    [
      "a negative modulus",
      sequence(algorithm(RSA, nothing), bits(sequence(element(0x02, ones(2048)), unsignedInteger(F4)))),
    ],
    ["unused bits", sequence(algorithm(RSA, nothing), element(0x03, Uint8Array.of(1), sequence()))],
    ["a compressed point", point(P256, concatBytes(Uint8Array.of(2), goodPoint.subarray(1, 33)))],
    ["a hybrid point", point(P256, concatBytes(Uint8Array.of(6), goodPoint.subarray(1)))],
    [
      "a point beside the curve",
      point(P256, concatBytes(goodPoint.subarray(0, 64), Uint8Array.of((goodPoint[64] ?? 0) ^ 1))),
    ],
    ["the point at infinity", point(P256, Uint8Array.of(0))],
    ["a point of another curve", point("1.3.132.0.34", goodPoint)],
    ["secp256k1", point("1.3.132.0.10", goodPoint)],
    ["Ed25519", other("ed25519")],
    ["X25519", other("x25519")],
    ["a key for PSS alone", other("rsa-pss")],
    ["something behind it", sequence(...[good.subarray(2, 23), good.subarray(23)], nothing)],
    ["nothing", new Uint8Array()],
    ["no DER", Uint8Array.of(0x30, 0x80, 0, 0)],
  ])("refuse %s", (_, info) => {
    expect(() => readPublicKey(info)).toThrow(expect.objectContaining({ name: "Refusal", code: "certificate-key" }));
    expect(() => readPublicKey(info)).toThrow(Refusal);
  });

  it("of other types have none here", () => {
    expect(keyTypeOf(createPublicKey(generateKeyPairSync("ed25519").privateKey))).toBeUndefined();
    expect(keyTypeOf(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey)).toBeUndefined();
  });
});
