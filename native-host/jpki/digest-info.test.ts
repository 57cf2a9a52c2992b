import { createHash, generateKeyPairSync, privateEncrypt, constants, verify } from "node:crypto";
import { expect, it } from "vitest";
import { encodeHex, decodeHex } from "../../shared/encoding/hex.ts";
import { sha256DigestInfo } from "./digest-info.ts";
import { namesTestAuthority } from "./test-authority.ts";

it("is what PKCS #1 v1.5 pads, so that a card's padding makes an ordinary signature", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const message = Buffer.from("signed by a card that only pads");
  const digestInfo = sha256DigestInfo(createHash("sha256").update(message).digest());
  const signature = privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, digestInfo);
  expect(verify("sha256", message, publicKey, signature)).toBe(true);
});

it("has the octets of RFC 8017", () => {
  const digest = decodeHex("ad6aa8ae917dddc5e0e6410b47300bf165b9643a338038c3981a92c71a2c329e");
  expect(encodeHex(sha256DigestInfo(digest))).toBe("3031300d060960864801650304020105000420" + encodeHex(digest));
});

it.each([0, 31, 33, 64])("refuses a digest of %i octets", (length) => {
  expect(() => sha256DigestInfo(new Uint8Array(length))).toThrow(RangeError);
});

it.each([
  ["060355040A13094A504B492D54455354", true],
  ["060355040A0C094A504B492D54455354", true],
  ["060355040A13044A504B49", false],
  ["060355040B13094A504B492D54455354", false],
  ["", false],
])("a name of attributes %s is of a test authority: %s", (attributes, expected) => {
  expect(namesTestAuthority(decodeHex(`30820400${attributes}0500`))).toBe(expected);
});
