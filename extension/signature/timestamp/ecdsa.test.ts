import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { element, nothing, objectIdentifier, sequence, unsignedInteger, type Bytes } from "../../../formats/der/der.ts";
import { importEcKey, rawEcdsaSignature } from "./ecdsa.ts";

describe("ECDSA signatures", () => {
  const signature = (...numbers: number[][]): Bytes =>
    sequence(...numbers.map((octets) => unsignedInteger(Uint8Array.from(octets))));

  it("stand at full length", () => {
    expect(rawEcdsaSignature(signature([1], [0x80, 2]), 3)).toEqual(Uint8Array.of(0, 0, 1, 0, 0x80, 2));
    expect(rawEcdsaSignature(signature([], [0xff, 0xff, 0xff]), 3)).toEqual(Uint8Array.of(0, 0, 0, 255, 255, 255));
  });

  it("have no number that is too large for the curve", () => {
    const fault = expect.objectContaining({ reason: "signature" }) as Error;
    expect(() => rawEcdsaSignature(signature([1], [1, 0, 0, 0]), 3)).toThrow(fault);
    expect(() => rawEcdsaSignature(signature([1, 0, 0, 0], [1]), 3)).toThrow(fault);
  });

  it.each([
    ["one number", signature([1])],
    ["three numbers", signature([1], [2], [3])],
    ["a negative number", sequence(element(0x02, Uint8Array.of(0x80)), element(0x02, Uint8Array.of(1)))],
    ["something behind", Uint8Array.of(...signature([1], [2]), 0)],
  ])("are not %s", (_, octets) => expect(() => rawEcdsaSignature(octets, 3)).toThrow(RangeError));
});

describe("elliptic curve keys", () => {
  const reasonOf = (publicKey: Uint8Array): Promise<unknown> =>
    importEcKey(publicKey).then(
      ({ octets }) => octets,
      (fault: unknown) => (fault as { reason?: string }).reason ?? (fault as Error).name,
    );
  const spki = (namedCurve: string): Buffer =>
    generateKeyPairSync("ec", { namedCurve }).publicKey.export({ type: "spki", format: "der" });

  it.each([
    ["P-256", 32],
    ["P-384", 48],
    ["P-521", 66],
  ])("on %s", async (curve, octets) => expect(await reasonOf(spki(curve))).toBe(octets));

  it("not on another curve, of another kind or off the curve", async () => {
    const key = spki("P-256");
    const bits = element(0x03, Uint8Array.of(0));
    const ecPublicKey = objectIdentifier("1.2.840.10045.2.1");
    expect(await reasonOf(spki("secp256k1"))).toBe("algorithm");
    expect(await reasonOf(key.subarray(0, -1))).toBe("RangeError");
    expect(await reasonOf(key.fill(7, key.length - 20))).toBe("algorithm");
    const ed25519 = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" });
    expect(await reasonOf(ed25519)).toBe("algorithm");
    const p256 = objectIdentifier("1.2.840.10045.3.1.7");
    expect(await reasonOf(sequence(sequence(objectIdentifier("1.2.3"), p256), bits))).toBe("algorithm");
    expect(await reasonOf(sequence(sequence(ecPublicKey, nothing), bits))).toBe("algorithm");
    expect(await reasonOf(sequence(sequence(ecPublicKey), bits))).toBe("algorithm");
  });
});
