import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  element,
  nothing,
  objectIdentifier,
  readElement,
  sequence,
  smallInteger,
  unsignedInteger,
  type Bytes,
} from "../../../formats/der/der.ts";
import { ALGORITHM_IDS } from "./algorithm-identifier.ts";
import { importRsaKey, pssSaltLength } from "./rsa.ts";

const id = (oid: string, ...parameters: Uint8Array[]): Bytes => sequence(objectIdentifier(oid), ...parameters);
const sha256 = id(ALGORITHM_IDS.sha256, nothing);
const mgf1 = (hash: Bytes): Bytes => id(ALGORITHM_IDS.mgf1, hash);
const pss = (...fields: Uint8Array[]): Bytes => sequence(...fields);
const [hash, mask, salt] = [element(0xa0, sha256), element(0xa1, mgf1(sha256)), element(0xa2, smallInteger(32))];

describe("parameters of RSASSA-PSS", () => {
  it.each([
    [32, pss(hash, mask, salt)],
    [20, pss(hash, mask)],
    [0, pss(hash, mask, element(0xa2, smallInteger(0)))],
    [32, pss(hash, mask, salt, element(0xa3, smallInteger(1)))],
  ])("with a salt of %i", (length, parameters) => expect(pssSaltLength(parameters, "SHA-256")).toBe(length));

  it.each([
    ["the defaults, which are SHA-1", pss()],
    ["no hash", pss(mask, salt)],
    ["no mask", pss(hash, salt)],
    ["SHA-1", pss(element(0xa0, id("1.3.14.3.2.26", nothing)), mask)],
    ["a mask by another hash", pss(hash, element(0xa1, mgf1(id(ALGORITHM_IDS.sha384, nothing))))],
    ["another mask", pss(hash, element(0xa1, id("1.2.3", sha256)))],
    [
      "another hash than the digest's",
      pss(element(0xa0, id(ALGORITHM_IDS.sha512)), element(0xa1, mgf1(id(ALGORITHM_IDS.sha512)))),
    ],
    ["another trailer", pss(hash, mask, salt, element(0xa3, smallInteger(2)))],
    ["a salt of 256", pss(hash, mask, element(0xa2, unsignedInteger(Uint8Array.of(1, 0))))],
  ])("refuse %s", (_, parameters) =>
    expect(() => pssSaltLength(parameters, "SHA-256")).toThrow(expect.objectContaining({ reason: "algorithm" })),
  );

  it.each([
    ["something behind", pss(hash, mask, salt, nothing)],
    ["something else", nothing],
  ])("refuse %s", (_, parameters) => expect(() => pssSaltLength(parameters, "SHA-256")).toThrow(RangeError));
});

describe("RSA keys", () => {
  const modulus = (octets: number): Uint8Array => new Uint8Array(octets).fill(0xc1);
  const key = (
    octets: number,
    exponent = Uint8Array.of(1, 0, 1),
    algorithm = id(ALGORITHM_IDS.rsaEncryption, nothing),
    more: Uint8Array[] = [],
  ): Bytes => {
    const numbers = sequence(unsignedInteger(modulus(octets)), unsignedInteger(exponent), ...more);
    return sequence(algorithm, element(0x03, Uint8Array.of(0), numbers));
  };
  const scheme = { name: "RSA-PSS", hash: "SHA-256" } as const;
  const parameters = pss(hash, mask, salt);
  const reasonOf = (publicKey: Bytes, signed?: Bytes): Promise<unknown> =>
    importRsaKey(publicKey, scheme, signed).then(
      () => "imported",
      (fault: unknown) => (fault as { reason?: string }).reason ?? (fault as Error).name,
    );

  it.each([
    ["2,048 bits", key(256), undefined],
    ["8,192 bits", key(1024), undefined],
    ["an exponent of 32 bits", key(256, Uint8Array.of(0x80, 0, 0, 1)), undefined],
    ["PSS alone, any", key(256, undefined, id(ALGORITHM_IDS.rsassaPss)), parameters],
    ["PSS alone, these parameters", key(256, undefined, id(ALGORITHM_IDS.rsassaPss, parameters)), parameters],
  ])("of %s", async (_, publicKey, signed) => expect(await reasonOf(publicKey, signed)).toBe("imported"));

  it.each([
    ["algorithm", "2,040 bits", key(255), undefined],
    ["algorithm", "8,200 bits", key(1025), undefined],
    ["algorithm", "an exponent of 33 bits", key(256, Uint8Array.of(1, 0, 0, 0, 1)), undefined],
    ["algorithm", "PSS alone, for another padding", key(256, undefined, id(ALGORITHM_IDS.rsassaPss)), undefined],
    [
      "algorithm",
      "PSS alone, other parameters",
      key(256, undefined, id(ALGORITHM_IDS.rsassaPss, pss(hash, mask))),
      parameters,
    ],
    ["algorithm", "another kind", key(256, undefined, id("1.2.3")), undefined],
    ["RangeError", "three numbers", key(256, undefined, undefined, [smallInteger(1)]), undefined],
    ["RangeError", "something behind", sequence(readElement(key(256)).contents, nothing), undefined],
  ])("%s: not of %s", async (reason, _, publicKey, signed) => expect(await reasonOf(publicKey, signed)).toBe(reason));

  it("as Node writes them", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    expect(await reasonOf(Uint8Array.from(publicKey.export({ type: "spki", format: "der" })))).toBe("imported");
  });
});
