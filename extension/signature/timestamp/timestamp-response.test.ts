import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  playTimestampAuthority,
  pssSha256,
  type PlayedAnswer,
} from "../../../tests/support/played-timestamp-authority.ts";
import {
  element,
  nothing,
  objectIdentifier,
  sequence,
  setOf,
  smallInteger,
  type Bytes,
} from "../../../formats/der/der.ts";
import { readToken } from "./signed-statement.ts";
import { MAX_TIMESTAMP_RESPONSE, readTimestampResponse } from "./timestamp-response.ts";

const question = {
  imprint: Uint8Array.from({ length: 32 }, (_, index) => index * 7),
  nonce: Uint8Array.of(0, 0x80, 1, 2, 3, 4, 5, 6),
};
const authority = playTimestampAuthority();
const reasonOf = (response: Uint8Array): Promise<unknown> =>
  readTimestampResponse(response, question).then(
    () => "accepted",
    (fault: unknown) => (fault as { name: string; reason: string }).reason,
  );
const refused = (answer: PlayedAnswer): Promise<unknown> => reasonOf(authority.respond(question, answer));
const flipped = (octets: Uint8Array, at = octets.length - 1): Bytes =>
  Uint8Array.from(octets.with(at, (octets.at(at) ?? 0) ^ 1));

const withOtherKeyIdentifier = (own: Bytes): Bytes => {
  const at = Buffer.from(own).indexOf("played key");
  return flipped(own, at);
};

describe("a response that is taken", () => {
  it("gives its token as it stood there", async () => {
    const response = authority.respond(question);
    const token = await readTimestampResponse(response, question);
    expect(response.subarray(-token.length)).toEqual(token);
    expect(token[0]).toBe(0x30);
  });

  it.each<[string, PlayedAnswer]>([
    ["granted with modifications", { status: smallInteger(1) }],
    ["an ESS certificate id of version 1", { essHash: "sha1" }],
    ["SHA-384 in the ESS certificate id", { essHash: "sha384" }],
    ["an issuer in the ESS certificate id", { essIssuer: true }],
    ["a signer named by key identifier", { byKeyIdentifier: true }],
    ["further certificates", { certificates: (own) => [playTimestampAuthority().certificate, own] }],
    ["no fraction of a second", { genTime: "20261124010203Z" }],
  ])("%s", async (_, answer) => expect(await refused(answer)).toBe("accepted"));

  it.each<[string, Parameters<typeof generateKeyPairSync>[1] | undefined]>([
    ["P-384", { namedCurve: "P-384" }],
    ["P-521", { namedCurve: "P-521" }],
  ])("from a key on %s", async (namedCurve) => {
    const other = playTimestampAuthority({ key: generateKeyPairSync("ec", { namedCurve }).privateKey });
    expect(await reasonOf(other.respond(question))).toBe("accepted");
  });

  it("from an RSA key, with every padding", async () => {
    const { privateKey: key } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const other = playTimestampAuthority({ key });
    for (const answer of [
      {},
      { signatureAlgorithm: sequence(objectIdentifier("1.2.840.113549.1.1.11"), nothing) },
      { digestHash: "sha384", signatureAlgorithm: sequence(objectIdentifier("1.2.840.113549.1.1.12"), nothing) },
      { pss: true },
    ] as const)
      expect(await reasonOf(other.respond(question, answer))).toBe("accepted");
    // a salt of 255 octets has no room in a signature of 256
    expect(await reasonOf(other.respond(question, { signatureAlgorithm: pssSha256(255) }))).toBe("signature");
    // the algorithm that is named is the one that counts
    expect(await reasonOf(other.respond(question, { signatureAlgorithm: pssSha256(32) }))).toBe("signature");
    expect(await reasonOf(other.respond(question, { digestHash: "sha384", pss: true }))).toBe("algorithm");
    const changed = { signature: (signature: Bytes) => flipped(signature) };
    expect(await reasonOf(other.respond(question, changed))).toBe("signature");
  });
});

describe("a response is refused", () => {
  it.each<[string, string, PlayedAnswer]>([
    ["status", "a status other than granted", { status: smallInteger(2) }],
    ["status", "a status of two octets", { status: element(0x02, Uint8Array.of(1, 0)) }],
    ["encoding", "a negative status", { status: element(0x02, Uint8Array.of(0xff)) }],
    ["nonce", "another nonce", { nonce: flipped(question.nonce) }],
    ["nonce", "no nonce", { nonce: undefined }],
    ["imprint", "another imprint", { imprint: flipped(question.imprint) }],
    ["imprint", "a short imprint", { imprint: question.imprint.subarray(1) }],
    ["imprint", "an imprint that says it is SHA-384", { imprintHash: "sha384" }],
    ["algorithm", "an imprint that says it is SHA-1", { imprintHash: "sha1" }],
    ["encoding", "another version", { version: 2 }],
    ["encoding", "a day that doesn't exist", { genTime: "20260230010203Z" }],
    ["encoding", "a time zone", { genTime: "20261124010203+0900" }],
    ["encoding", "a content that is no TSTInfo", { contentType: "1.2.840.113549.1.7.1" }],
    ["encoding", "a content-type attribute that is another", { attributeContentType: "1.2.840.113549.1.7.1" }],
    ["digest", "another message digest", { messageDigest: new Uint8Array(32) }],
    ["certificate", "no ESS attribute", { essHash: "none" }],
    ["certificate", "an ESS attribute about another", { essDigest: new Uint8Array(32) }],
    ["certificate", "a SignerInfo about another", { signerSerial: 8 }],
    ["certificate", "an ESS attribute with another serial number", { essIssuer: true, essSerial: 8 }],
    ["certificate", "another key identifier", { byKeyIdentifier: true, certificate: withOtherKeyIdentifier }],
    ["certificate", "no certificate", { certificates: () => [] }],
    ["algorithm", "a digest by SHA-1", { digestHash: "sha1" }],
    ["algorithm", "a signature algorithm for another digest", { digestHash: "sha384" }],
    ["algorithm", "an unknown signature algorithm", { signatureAlgorithm: sequence(objectIdentifier("1.2.3")) }],
    ["encoding", "attributes out of order", { signedAttributes: (attributes) => attributes.toReversed() }],
    ["encoding", "an attribute twice", { signedAttributes: ([first]) => (first ? [first, first] : []) }],
    [
      "encoding",
      "an attribute with two values",
      { signedAttributes: () => [sequence(objectIdentifier("1.2.3"), setOf(nothing, nothing))] },
    ],
    ["encoding", "something behind it", { trailing: nothing }],
    ["signature", "another signature", { signature: (signature) => flipped(signature) }],
    ["encoding", "a signature that is none", { signature: () => new Uint8Array(64) }],
  ])("for its %s: %s", async (reason, _, answer) => expect(await refused(answer)).toBe(reason));

  it.each<[string, string, Parameters<typeof playTimestampAuthority>[0]]>([
    ["purpose", "a purpose that is not critical", { critical: false }],
    ["purpose", "another purpose beside", { purposes: ["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.1"] }],
    ["purpose", "another purpose", { purposes: ["1.3.6.1.5.5.7.3.3"] }],
    ["purpose", "no purpose", { purposes: [] }],
    ["purpose", "a key that also signs certificates", { keyUsage: Uint8Array.of(2, 0x84) }],
    ["validity", "an end before the time", { notAfter: new Date("2026-11-24T01:02:02Z") }],
    ["validity", "a beginning after the time", { notBefore: new Date("2026-11-24T01:02:04Z") }],
    [
      "algorithm",
      "a curve of another family",
      { key: generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey },
    ],
    ["algorithm", "a key of another kind", { key: generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey }],
  ])("for the %s of its certificate: %s", async (reason, _, options) =>
    expect(await reasonOf(playTimestampAuthority(options).respond(question))).toBe(reason),
  );

  it("accepts a key usage for signatures", async () => {
    const other = playTimestampAuthority({ keyUsage: Uint8Array.of(6, 0xc0) });
    expect(await reasonOf(other.respond(question))).toBe("accepted");
  });

  it.each([
    ["size", "one octet too many", new Uint8Array(MAX_TIMESTAMP_RESPONSE + 1)],
    ["encoding", "nothing", new Uint8Array()],
    ["encoding", "zeros", new Uint8Array(MAX_TIMESTAMP_RESPONSE)],
    ["encoding", "HTML", new TextEncoder().encode("<!doctype html><title>502</title>")],
    ["status", "a rejection without a token", sequence(sequence(smallInteger(2)))],
    ["encoding", "granted, without a token", sequence(sequence(smallInteger(0)))],
  ])("for its %s: %s", async (reason, _, response) => expect(await reasonOf(response)).toBe(reason));

  it("after any octet changed that is signed", async () => {
    const response = authority.respond(question);
    const whole = await readTimestampResponse(response, question);
    const signed = ({ content, signedAttributes, signature }: ReturnType<typeof readToken>) => [
      content,
      signedAttributes,
      signature,
    ];
    let accepted = 0;
    for (let at = 0; at < response.length; at++) {
      const token = await readTimestampResponse(flipped(response, at), question).catch(() => undefined);
      if (token === undefined) continue;
      accepted++;
      expect(signed(readToken(token))).toEqual(signed(readToken(whole)));
    }
    // the status (granted with modifications), versions and digestAlgorithms are not signed
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(30);
  });
});

it("a response that the page changes meanwhile is read as it was", async () => {
  const response = authority.respond(question);
  const before = Uint8Array.from(response);
  const reading = readTimestampResponse(response, question);
  response.fill(0);
  expect(before.subarray(-(await reading).length)).toEqual(await reading);
});
