import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sequence } from "../../../formats/der/der.ts";
import { concatBytes } from "../../../shared/encoding/bytes.ts";
import { content, hanako, outcome, play, read, taro } from "../../../tests/verifier/cms/cms-outcome.ts";
import {
  attribute,
  CMS,
  PLAYED_SIGNING_TIME,
  playSignedData,
  type PlayedSignedData,
  type PlayedSigner,
} from "../../../tests/verifier/cms/played-signed-data.ts";
import type { DetachedContent } from "../found-signature.ts";

describe("what is sound is read", () => {
  it.each<[string, Partial<PlayedSigner>, Partial<PlayedSignedData>?]>([
    ["as the extension makes it", {}],
    ["sha256WithRSAEncryption", { algorithm: "rsa-with" }],
    ["SHA-384", { hash: "sha384" }],
    ["SHA-512, named twice", { hash: "sha512", algorithm: "rsa-with" }],
    ["PSS", { algorithm: "pss" }],
    ["ECDSA on P-384", { by: taro, hash: "sha384" }],
    ["named by key identifier", { byKeyIdentifier: true }],
    ["only what CMS wants", { attributes: ({ contentType, messageDigest }) => [contentType, messageDigest] }],
    ["without signed attributes", { bare: true }],
    ["with its certificate twice", {}, { certificates: [hanako.certificate, taro.certificate, hanako.certificate] }],
  ])("%s", async (_name, signer, more) => {
    expect(await outcome(play(signer, more))).toBe("valid");
    expect(await outcome(play(signer, { ...more, detached: true }), content)).toBe("valid");
  });

  it("says what it found", async () => {
    const [found] = await read(
      play({ unsigned: [attribute(CMS.signatureTimestamp, sequence(), sequence(sequence()))] }),
    );
    expect(found).toMatchObject({
      format: "cades",
      algorithm: "RS256",
      claimedTime: PLAYED_SIGNING_TIME,
      coverage: { kind: "content", whole: true, octets: content },
      certificate: hanako.certificate,
      label: "signer 1",
      timestamps: [{ token: sequence() }, { token: sequence(sequence()) }],
    });
    const plain = {
      attributes: ({ contentType, messageDigest }: { contentType: Uint8Array; messageDigest: Uint8Array }) => [
        contentType,
        messageDigest,
      ],
    };
    expect(await read(play(plain))).toMatchObject([{ format: "cms", claimedTime: undefined, timestamps: [] }]);
  });

  it("of several signers, each by itself", async () => {
    const wrong = { by: taro, hash: "sha384", attributes: () => [] } as const;
    const file = playSignedData({ content, signers: [{ by: hanako }, { by: taro, hash: "sha384" }, wrong] });
    expect((await outcome(file)).split(", ").toSorted()).toEqual(["signed-attributes-missing", "valid", "valid"]);
  });

  it("in PEM", async () => {
    const lines = (
      Buffer.from(play())
        .toString("base64")
        .match(/.{1,64}/g) ?? []
    ).join("\n");
    for (const label of ["CMS", "PKCS7"]) {
      const pem = `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
      expect(await outcome(Buffer.from(pem))).toBe("valid");
      expect(await outcome(Buffer.from(pem.replaceAll("\n", "\r\n")))).toBe("valid");
      expect(await outcome(Buffer.from(`${pem}.`))).toBe("file: file-broken");
      expect(await outcome(Buffer.from(pem + pem))).toBe("file: file-broken");
      expect(await outcome(Buffer.from(pem.replace("\nM", "\n M")))).toBe("file: file-broken");
      expect(await outcome(Buffer.from(pem.replace("-----END", "-----")))).toBe("file: file-broken");
    }
    expect(await outcome(Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`))).toBe(
      "file: file-unsupported",
    );
  });
});

describe("content inside and beside", () => {
  const digest = (octets: Uint8Array) => ({ sha256: createHash("sha256").update(octets).digest() });
  const other = Buffer.from("other");
  const detached = play({}, { detached: true });
  it.each<[string, Uint8Array, DetachedContent | undefined, string]>([
    ["its digest alone", detached, digest(content), "valid"],
    ["none", detached, undefined, "file: content-missing"],
    ["another", detached, other, "content-differs"],
    ["the digest of another", detached, digest(other), "content-differs"],
    ["files by name", detached, new Map([["", content]]), "file: content-missing"],
    [
      "the digest of what was signed with another hash",
      play({ hash: "sha384" }, { detached: true }),
      digest(content),
      "content-missing",
    ],
    [
      "the digest of what has no signed attributes",
      play({ bare: true }, { detached: true }),
      digest(content),
      "content-missing",
    ],
    ["the same again", play(), content, "valid"],
    ["the same digest again", play(), digest(content), "valid"],
    ["another beside", play(), other, "file: content-differs"],
    ["another digest beside", play(), digest(other), "file: content-differs"],
    ["files by name beside", play(), new Map(), "file: content-unexpected"],
  ])("%s", async (_name, file, beside, expected) => {
    expect(await outcome(file, beside)).toBe(expected);
  });
});

describe("whatever the octets, it ends with a refusal or a verdict", () => {
  const file = play({}, { content: Uint8Array.of(1) });

  it("cut off anywhere", async () => {
    const outcomes = new Set<string>();
    for (let end = 0; end < file.length; end++) outcomes.add(await outcome(file.subarray(0, end)));
    expect([...outcomes]).toEqual(["file: file-broken"]);
  });

  it("with any octet changed", async () => {
    const outcomes = new Set<string>();
    for (let at = 0; at < file.length; at++)
      outcomes.add(await outcome(file.with(at, (file[at] ?? 0) ^ (1 << (at % 8)))));
    expect([...outcomes].filter((found) => !/^(file: )?[a-z]+(-[a-z]+)+$|^(in)?valid$|^wrong$/.test(found))).toEqual(
      [],
    );
  });

  it("50 MB of garbage, and of the beginning of CMS", async () => {
    const garbage = Buffer.alloc(50_000_000, 0x30);
    expect(await outcome(garbage)).toMatch(/^file: (file-broken|too-large)$/);
    expect(await outcome(concatBytes(file.subarray(0, 40), garbage))).toBe("file: file-broken");
    expect(await outcome(Buffer.alloc(95_000_000))).toBe("file: too-large");
  });
});
