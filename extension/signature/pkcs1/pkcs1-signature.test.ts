import { describe, expect, it } from "vitest";
import { playTimestampAuthority } from "../../../tests/support/played-timestamp-authority.ts";
import { prepareAttributesProof } from "../attributes/attributes-proof.ts";
import { element, objectIdentifier, sequence } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { sha256 } from "../sha256.ts";
import type { SignatureSource } from "../signature-builder.ts";
import { openPkcs1Signature } from "./pkcs1-signature.ts";

const signer = { certificate: playTimestampAuthority().certificate, signingTime: new Date("2026-11-24T01:02:03Z") };
const utf8 = (text: string) => new TextEncoder().encode(text);

async function source(bytes: Uint8Array<ArrayBuffer>): Promise<SignatureSource> {
  const file = { name: "a.txt", type: "text/plain", bytes, digest: await sha256(bytes) };
  return { file, format: "pkcs1", packaging: "detached", profile: undefined, references: [], timestamped: false };
}

describe("the bare signature", () => {
  it("is never that of a proof of attributes, whatever document the site gives", async () => {
    const { finish } = await prepareAttributesProof({
      origin: "https://www.city.example.lg.jp",
      challenge: "c".repeat(44),
      purpose: "給付金の申請",
      attributes: {},
      signer,
    });
    const signingInput = utf8(finish(new Uint8Array()).replace(/\.$/, ""));
    await expect(source(signingInput).then(openPkcs1Signature)).rejects.toThrow(DocumentFault);
  });

  const attribute = sequence(
    objectIdentifier("1.2.840.113549.1.9.4"),
    element(0x31, element(0x04, new Uint8Array(32))),
  );
  it.each([
    ["an unencoded JWS", utf8(`${btoa(' {"alg":"RS256","b64":false}')}.text`)],
    ["the signed attributes of CMS", element(0x31, attribute)],
    ["SignedInfo", utf8('<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"></ds:SignedInfo>')],
    ["SignedInfo without a prefix", utf8("<SignedInfo></SignedInfo>")],
  ])("is never that of %s", async (_name, bytes) => {
    await expect(source(bytes).then(openPkcs1Signature)).rejects.toThrow(DocumentFault);
  });

  it.each([
    ["", ""],
    ["text with points", "申請書. a.b.c"],
    ["JSON that is no header", `${btoa("{}")}.x`],
    ["a set of anything else", "1\u0000"],
    ["other XML", "<SignedInformation/>"],
  ])("is made of what is no other format's input: %s", async (_name, text) => {
    const opened = await openPkcs1Signature(await source(utf8(text)));
    expect((await opened.prepare(signer)).toBeSigned).toEqual(await sha256(utf8(text)));
  });
});
