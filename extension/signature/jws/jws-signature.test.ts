import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { playTimestampAuthority } from "../../../tests/support/played-timestamp-authority.ts";
import { ATTRIBUTES_PROOF_TYPE, prepareAttributesProof } from "../attributes/attributes-proof.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { sha256 } from "../sha256.ts";
import type { SignatureSource } from "../signature-builder.ts";
import { base64urlLength, encodeBase64url } from "./base64url.ts";
import { openJwsSignature } from "./jws-signature.ts";

const signer = { certificate: playTimestampAuthority().certificate, signingTime: new Date("2026-11-24T01:02:03.900Z") };
const signature = new Uint8Array(256).fill(0xff);
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const decode = (part = ""): string => Buffer.from(part, "base64url").toString();

async function source(
  packaging: SignatureSource["packaging"],
  text: string,
  type = "text/plain",
): Promise<SignatureSource> {
  const bytes = utf8(text);
  const file = { name: "a.txt", type, bytes, digest: await sha256(bytes) };
  return { file, format: "jws", packaging, profile: undefined, references: [], timestamped: false };
}
async function built(given: SignatureSource) {
  const prepared = await (await openJwsSignature(given)).prepare(signer);
  const { file, ...named } = await prepared.finish(signature);
  const parts = new TextDecoder().decode(file).split(".");
  return { prepared, named, parts, header: JSON.parse(decode(parts[0])) as Record<string, unknown> };
}

describe("base64url", () => {
  it("is what Node makes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
        const text = new TextDecoder().decode(encodeBase64url(octets));
        expect(text).toBe(Buffer.from(octets).toString("base64url"));
        expect(text).toHaveLength(base64urlLength(octets.length));
      }),
    );
  });
});

describe("JWS", () => {
  it.each(["", "道野　遥", "a.b.c", "{}", "\u0000\uffff"])("compact over %j", async (text) => {
    const { prepared, named, parts, header } = await built(await source("enveloping", text));
    expect(named).toEqual({ name: "a.txt.jws", type: "application/jose" });
    expect(parts).toHaveLength(3);
    expect(decode(parts[1])).toBe(text);
    expect(Buffer.from(parts[2] ?? "", "base64url")).toEqual(Buffer.from(signature));
    expect(await sha256(utf8(`${parts[0]}.${parts[1]}`))).toEqual(prepared.toBeSigned);
    expect(header).toEqual({
      alg: "RS256",
      typ: "JOSE",
      cty: "text/plain",
      x5c: [Buffer.from(signer.certificate).toString("base64")],
      "x5t#S256": Buffer.from(await sha256(signer.certificate)).toString("base64url"),
    });
  });

  it.each(["", "a.b.c", "道野　遥"])("detached over %j signs the octets as they are", async (text) => {
    const { prepared, parts, header } = await built(await source("detached", text));
    expect(parts).toHaveLength(3);
    expect(parts[1]).toBe("");
    expect(header).toMatchObject({ b64: false, crit: ["b64"] });
    expect(await sha256(utf8(`${parts[0]}.${text}`))).toEqual(prepared.toBeSigned);
  });

  it.each([
    ["application/json", "json"],
    ["application/xml", "xml"],
    ["image/png", "image/png"],
    ["application/x;p=a/b", "application/x;p=a/b"],
    ["", undefined],
  ])("calls %s %s (RFC 7515, 4.1.10)", async (type, cty) => {
    expect((await built(await source("enveloping", "x", type))).header["cty"]).toBe(cty);
  });

  it("refuses a digest, and standing in a document", async () => {
    const given = await source("detached", "x");
    for (const refused of [
      { ...given, file: { ...given.file, bytes: undefined } },
      { ...given, packaging: "enveloped" as const },
    ])
      await expect(openJwsSignature(refused)).rejects.toThrow(DocumentFault);
  });
});

describe("the proof of attributes", () => {
  const asked = { origin: "https://www.city.example.lg.jp", challenge: "c".repeat(44), purpose: "給付金の申請" };

  it("is a JWS of its own type over what was asked and given", async () => {
    const attributes = { name: "青空　さくら", nameSubstitutes: [0] };
    const { toBeSigned, finish } = await prepareAttributesProof({ ...asked, attributes, signer });
    const proof = finish(signature);
    const [header, payload] = proof.split(".");
    expect(JSON.parse(decode(header))).toMatchObject({ alg: "RS256", typ: ATTRIBUTES_PROOF_TYPE });
    expect(JSON.parse(decode(payload))).toEqual({ ...asked, attributes, iat: Date.UTC(2026, 10, 24, 1, 2, 3) / 1000 });
    expect(await sha256(utf8(`${header}.${payload}`))).toEqual(toBeSigned);
  });

  it("is never what a document's signature is", async () => {
    const claims = JSON.stringify({ ...asked, attributes: {}, iat: 0 });
    for (const packaging of ["enveloping", "detached"] as const)
      for (const type of ["application/jpki-attributes+jwt", "text/plain"])
        expect((await built(await source(packaging, claims, type))).header["typ"]).toBe("JOSE");
  });
});
