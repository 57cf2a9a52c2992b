import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { element, objectIdentifier, octetString, sequence, smallInteger, yes } from "../../formats/der/der.ts";
import { EXTENSIONS, keyUsage, type CertificatePlan } from "../../tests/support/pki/certificate-maker.ts";
import {
  attribute,
  CMS,
  hashed,
  type PlayedSignedData,
  type PlayedSigner,
} from "../../tests/verifier/cms/played-signed-data.ts";
import {
  authorityOf,
  playStatement,
  playTimestamper,
  playToken,
  playUpper,
  purposes,
  type PlayedStatement,
} from "../../tests/verifier/timestamp/played-token.ts";
import { playSignedData } from "../../tests/verifier/cms/played-signed-data.ts";
import { Refusal } from "../verdict/failure.ts";
import { verifyTimestamp } from "./verify-timestamp.ts";

const over = Buffer.from("a signature value");
const root = playUpper("root");
const upper = playUpper("upper", root);
const middle = playUpper("middle", upper);
const authority = playTimestamper(root);
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

function outcome(token: Uint8Array, trusted: readonly Uint8Array[] = [root.certificate]): string {
  try {
    return String(verifyTimestamp({ token, over }, trusted).time);
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.code : String(thrown);
  }
}
const sound = String(Date.parse("2026-11-24T01:02:03.500Z"));

describe("a token of a trusted authority says when", () => {
  it("with all that it states", () => {
    expect(verifyTimestamp({ token: playToken(authority, over), over }, [root.certificate])).toEqual({
      time: Number(sound),
      authority: createHash("sha256").update(authority.certificate).digest("hex"),
      policy: "1.2.3.4.1",
      accuracyMilliseconds: 1500,
    });
  });

  it.each<[string, PlayedStatement, Partial<PlayedSigner>]>([
    ["SHA-384", { hash: "sha384" }, { hash: "sha384" }],
    ["SHA-512", { hash: "sha512" }, { hash: "sha512", algorithm: "rsa-with" }],
    ["PSS", {}, { algorithm: "pss" }],
    ["nothing but what has to be there", { more: [] }, {}],
    ["ordering, and a name", { more: [yes, element(0xa0, element(0xa4, root.subject))] }, {}],
    ["an extension", { more: [element(0xa1, sequence(objectIdentifier("1.2.3"), octetString(over)))] }, {}],
    [
      "its certificate named by SHA-1",
      {},
      {
        attributes: (a) => [
          a.contentType,
          a.messageDigest,
          attribute(
            CMS.signingCertificate,
            sequence(sequence(sequence(octetString(hashed("sha1", authority.certificate))))),
          ),
        ],
      },
    ],
  ])("%s", (_name, statement, signer) => {
    expect(outcome(playToken(authority, over, statement, signer))).toBe(sound);
  });

  it.each(["P-256", "P-384", "P-521"] as const)("with a key on %s", (keyType) => {
    const by = playTimestamper(root, {}, keyType);
    const hash = { "P-256": "sha256", "P-384": "sha384", "P-521": "sha512" } as const;
    expect(outcome(playToken(by, over, {}, { hash: hash[keyType] }))).toBe(sound);
  });
});

describe("a token that is wrong", () => {
  const tampered = (at: number) => (value: Uint8Array) => value.with(at, (value[at] ?? 0) ^ 1);
  it.each<[string, PlayedStatement, Partial<PlayedSigner>, Partial<PlayedSignedData>?]>([
    ["over something else", { imprint: hashed("sha256", Buffer.from("other")) }, {}],
    ["over SHA-1", { hash: "sha1" }, {}],
    ["an imprint of another length", { imprint: new Uint8Array(20) }, {}],
    ["of another version", { version: 2 }, {}],
    ["at a time that is none", { time: "20261324010203Z" }, {}],
    ["at a time without a zone", { time: "20261124010203" }, {}],
    ["with an accuracy that is none", { more: [sequence(element(0x80, Uint8Array.of(0x03, 0xe8)))] }, {}],
    [
      "with a critical extension",
      { more: [element(0xa1, sequence(objectIdentifier("1.2.3"), yes, octetString(over)))] },
      {},
    ],
    ["with more behind it", { more: [element(0xa2, over)] }, {}],
    ["signed with SHA-1", {}, { hash: "sha1" }],
    ["without signed attributes", {}, { bare: true }],
    ["without the ESS attribute", {}, { attributes: (a) => [a.contentType, a.messageDigest] }],
    ["its value changed", {}, { signature: tampered(5) }],
    ["without its certificate", {}, {}, { certificates: [] }],
    ["of another type", {}, {}, { contentType: "1.2.840.113549.1.7.1" }],
    ["without its statement", {}, {}, { detached: true }],
  ])("%s", (_name, statement, signer, more) => {
    expect(outcome(playToken(authority, over, statement, signer, more))).toBe("timestamp-wrong");
  });

  it("of two signers", () => {
    const other = playTimestamper(root, { serialNumber: Uint8Array.of(8) }, "P-256");
    const content = playStatement(over);
    const plan = { content, contentType: "1.2.840.113549.1.9.16.1.4" };
    expect(outcome(playSignedData({ ...plan, signers: [{ by: authority }] }))).toBe(sound);
    expect(outcome(playSignedData({ ...plan, signers: [{ by: authority }, { by: other }] }))).toBe("timestamp-wrong");
  });

  it.each<[string, Partial<CertificatePlan>]>([
    ["not critical", { extensions: [purposes(false, TIME_STAMPING)] }],
    ["for more than timestamps", { extensions: [purposes(true, TIME_STAMPING, "1.3.6.1.5.5.7.3.2")] }],
    ["for something else", { extensions: [purposes(true, "1.3.6.1.5.5.7.3.2")] }],
    ["without a purpose", { extensions: [keyUsage(0)] }],
    ["with a key for certificates", { extensions: [purposes(true, TIME_STAMPING), keyUsage(0, 5)] }],
    [
      "with a critical extension that is unknown",
      { extensions: [purposes(true, TIME_STAMPING), { type: "1.2.3", critical: true, value: yes }] },
    ],
    ["not valid yet", { notBefore: new Date("2026-11-24T01:02:04Z") }],
    ["not valid any more", { notAfter: new Date("2026-11-24T01:02:03Z") }],
  ])("a certificate %s", (_name, changes) => {
    expect(outcome(playToken(playTimestamper(root, changes), over))).toBe("timestamp-wrong");
  });

  it("a key that is too short", () => {
    expect(outcome(playToken(playTimestamper(root, {}, "rsa-1024"), over))).toBe("timestamp-wrong");
  });

  it("cut off anywhere", () => {
    const token = playToken(playTimestamper(root, {}, "P-256"), over);
    const outcomes = new Set(Array.from(token, (_, end) => outcome(token.subarray(0, end))));
    expect([...outcomes]).toEqual(["timestamp-wrong"]);
    expect(outcome(Buffer.concat([token, Buffer.of(0)]))).toBe("timestamp-wrong");
    expect(outcome(new Uint8Array(5_000_000))).toBe("timestamp-wrong");
  });

  it("with any octet changed", () => {
    const token = playToken(playTimestamper(root, {}, "P-256"), over);
    const outcomes = new Set(Array.from(token, (octet, at) => outcome(token.with(at, octet ^ 0x11))));
    expect([...outcomes].filter((found) => !/^timestamp-|^\d+$/.test(found))).toEqual([]);
  });
});

describe("trust", () => {
  const chained = (by = playTimestamper(middle), between = [middle, upper]): Uint8Array =>
    playToken(by, over, {}, {}, { certificates: [by.certificate, ...between.map(({ certificate }) => certificate)] });
  const unknown = "timestamp-authority-unknown";

  it.each<[string, Uint8Array, readonly Uint8Array[], string]>([
    ["the certificate itself", playToken(authority, over), [authority.certificate], sound],
    ["its issuer", playToken(authority, over), [upper.certificate, root.certificate], sound],
    ["the root above two others in the token", chained(), [root.certificate], sound],
    ["one in the middle", chained(), [upper.certificate], sound],
    ["nobody", playToken(authority, over), [], unknown],
    ["somebody else", playToken(authority, over), [upper.certificate], unknown],
    ["the root, with one between missing", chained(undefined, [middle]), [root.certificate], unknown],
    [
      "one of the same name under another key",
      playToken(authority, over),
      [playUpper("root", undefined, { key: upper.key }).certificate],
      unknown,
    ],
    [
      "an issuer that is no authority",
      playToken(authority, over),
      [playUpper("root", undefined, { extensions: [keyUsage(5)] }).certificate],
      unknown,
    ],
    [
      "an issuer whose key is not for certificates",
      playToken(authority, over),
      [playUpper("root", undefined, { extensions: [authorityOf(), keyUsage(0)] }).certificate],
      unknown,
    ],
    [
      "an issuer for something else",
      playToken(authority, over),
      [playUpper("root", undefined, { extensions: [authorityOf(), purposes(false, "1.3.6.1.5.5.7.3.1")] }).certificate],
      unknown,
    ],
    [
      "an issuer for timestamps",
      playToken(authority, over),
      [playUpper("root", undefined, { extensions: [authorityOf(0), purposes(false, TIME_STAMPING)] }).certificate],
      sound,
    ],
    [
      "an issuer that was not valid then",
      playToken(authority, over),
      [playUpper("root", undefined, { notAfter: new Date("2026-01-01T00:00:00Z") }).certificate],
      unknown,
    ],
    [
      "an issuer with a constraint that is not known here",
      playToken(authority, over),
      [
        playUpper("root", undefined, {
          extensions: [authorityOf(), { type: "2.5.29.30", critical: true, value: sequence() }],
        }).certificate,
      ],
      unknown,
    ],
    [
      "a root that allows one below it, with two there",
      chained(),
      [playUpper("root", undefined, { extensions: [authorityOf(1)] }).certificate],
      unknown,
    ],
    [
      "a root that allows two below it",
      chained(),
      [playUpper("root", undefined, { extensions: [authorityOf(2)] }).certificate],
      sound,
    ],
  ])("%s", (_name, token, trusted, expected) => {
    expect(outcome(token, trusted)).toBe(expected);
  });

  it("ends at four certificates", () => {
    const lower = playUpper("lower", middle);
    expect(outcome(chained(playTimestamper(lower), [lower, middle, upper]), [upper.certificate])).toBe(sound);
    expect(outcome(chained(playTimestamper(lower), [lower, middle, upper]), [root.certificate])).toBe(unknown);
  });

  it("is searched for in bounded time", () => {
    const serial = (n: number) => ({ serialNumber: Uint8Array.of(1, n), key: root.key, subject: root.subject });
    const crowd = Array.from({ length: 200 }, (_, n) => playUpper("root", undefined, serial(n)));
    const certificates = [authority, ...crowd].map(({ certificate }) => certificate);
    expect(outcome(playToken(authority, over, {}, {}, { certificates }), [middle.certificate])).toBe(unknown);
  });

  it("is not given by SHA-1", () => {
    expect(outcome(playToken(playTimestamper(root, { hash: "sha1" }), over))).toBe("timestamp-wrong");
    const weak = playUpper("weak", root, { hash: "sha1" });
    expect(outcome(chained(playTimestamper(weak), [weak]))).toBe(unknown);
  });

  it("is not given by basicConstraints without cA", () => {
    const self = playUpper("root", undefined, {
      extensions: [{ type: EXTENSIONS.basicConstraints, value: sequence(smallInteger(1)) }],
    });
    expect(outcome(playToken(authority, over), [self.certificate])).toBe(unknown);
  });
});
