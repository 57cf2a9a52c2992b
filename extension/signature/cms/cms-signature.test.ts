import { describe, expect, it } from "vitest";
import { equalBytes } from "../../../shared/encoding/bytes.ts";
import { playTimestampAuthority } from "../../../tests/support/played-timestamp-authority.ts";
import { DerFields, openDer } from "../../../formats/der/der-fields.ts";
import { compareOctets, nothing, sequence, type Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { openPkcs1Signature } from "../pkcs1/pkcs1-signature.ts";
import { sha256 } from "../sha256.ts";
import type { SignatureSource } from "../signature-builder.ts";
import { openCmsSignature } from "./cms-signature.ts";

const bytes = new TextEncoder().encode("子育て応援給付金 申請書\n");
const signer = { certificate: playTimestampAuthority().certificate, signingTime: new Date("2026-11-24T01:02:03Z") };
const signature = new Uint8Array(256).fill(7);

async function source(
  changed: Partial<SignatureSource> = {},
  octets: Bytes | undefined = bytes,
): Promise<SignatureSource> {
  const file = { name: "a.txt", type: "text/plain", bytes: octets, digest: await sha256(bytes) };
  return {
    file,
    format: "cades",
    packaging: "detached",
    profile: undefined,
    references: [],
    timestamped: false,
    ...changed,
  };
}
const digestOnly = async (changed: Partial<SignatureSource> = {}): Promise<SignatureSource> => {
  const given = await source(changed);
  return { ...given, file: { ...given.file, bytes: undefined } };
};

/** The SignedData's fields behind the digest algorithms. */
function signedData(file: Uint8Array): DerFields {
  const contentInfo = openDer(file);
  expect(contentInfo.objectIdentifier()).toBe("1.2.840.113549.1.7.2");
  const fields = contentInfo.inside(0xa0).inside(0x30);
  fields.next(0x02);
  fields.next(0x31);
  return fields;
}
function signerInfo(file: Uint8Array): { signed: Uint8Array[]; types: string[]; unsigned: Uint8Array | undefined } {
  const fields = signedData(file);
  fields.next(0x30);
  fields.next(0xa0);
  const info = fields.inside(0x31).inside(0x30);
  for (const identifier of [0x02, 0x30, 0x30]) info.next(identifier);
  const signed: Uint8Array[] = [];
  for (const attributes = info.inside(0xa0); !attributes.done;) signed.push(attributes.next(0x30).encoding);
  info.next(0x30);
  expect(info.next(0x04).contents).toEqual(signature);
  const unsigned = info.optional(0xa1)?.contents;
  info.end();
  return { signed, types: signed.map((attribute) => openDer(attribute).objectIdentifier()), unsigned };
}

describe("CMS and CAdES", () => {
  it.each([
    ["cms", ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"]],
    ["cades", ["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"]],
  ] as const)("%s signs these attributes, sorted as DER sorts them", async (format, types) => {
    const prepared = await (await openCmsSignature(await source({ format }))).prepare(signer);
    const { file } = await prepared.finish(signature);
    const { signed, types: found, unsigned } = signerInfo(file);
    expect(found.toSorted()).toEqual(types.toSorted());
    expect(signed).toEqual(signed.toSorted(compareOctets));
    expect(unsigned).toBeUndefined();
    expect(prepared.toBeSigned).toHaveLength(32);
  });

  it("detached needs the digest alone, and holds no content", async () => {
    const [whole, alone] = await Promise.all(
      [source(), digestOnly()].map(
        async (given) => (await (await openCmsSignature(await given)).prepare(signer)).toBeSigned,
      ),
    );
    expect(whole).toEqual(alone);
    const { file, ...named } = await (
      await (await openCmsSignature(await digestOnly())).prepare(signer)
    ).finish(signature);
    expect(named).toEqual({ name: "a.txt.p7s", type: "application/pkcs7-signature" });
    expect(signedData(file).next(0x30).contents.length).toBe(11);
  });

  it.each([0, 1, 0x7f, 0x80, 0xff, 0x100, 70_000])("enveloping holds %i octets", async (length) => {
    const octets = new Uint8Array(length).fill(0x2e);
    const opened = await openCmsSignature(await source({ packaging: "enveloping" }, octets));
    const { file, ...named } = await (await opened.prepare(signer)).finish(signature);
    expect(named).toEqual({ name: "a.txt.p7m", type: "application/pkcs7-mime" });
    const content = signedData(file).inside(0x30);
    content.objectIdentifier();
    expect(equalBytes(content.inside(0xa0).next(0x04).contents, octets)).toBe(true);
  });

  it("holds a timestamp token over the signature value, in cades alone", async () => {
    const token = sequence(nothing);
    const cades = await (await openCmsSignature(await source({ timestamped: true }))).prepare(signer);
    expect(await cades.timestampImprint?.(signature)).toEqual(await sha256(signature));
    const attribute = openDer(signerInfo((await cades.finish(signature, token)).file).unsigned ?? new Uint8Array());
    expect(attribute.objectIdentifier()).toBe("1.2.840.113549.1.9.16.2.14");
    expect(attribute.inside(0x31).any().encoding).toEqual(token);
    const cms = await (await openCmsSignature(await source({ format: "cms" }))).prepare(signer);
    expect(cms.timestampImprint).toBeUndefined();
  });

  it("may be prepared again for another signer", async () => {
    const opened = await openCmsSignature(await source());
    const other = { ...signer, certificate: playTimestampAuthority().certificate };
    const digests = await Promise.all([signer, other].map(async (one) => (await opened.prepare(one)).toBeSigned));
    expect(digests[0]).not.toEqual(digests[1]);
  });
});

it("pkcs1 is the bare signature over the digest", async () => {
  const prepared = await (await openPkcs1Signature(await source({ format: "pkcs1" }))).prepare(signer);
  expect(prepared.toBeSigned).toEqual(await sha256(bytes));
  expect(await prepared.finish(signature)).toEqual({
    file: signature,
    type: "application/octet-stream",
    name: "a.txt.sig",
  });
});

it.each([
  ["CMS in a document", openCmsSignature, source({ packaging: "enveloped" })],
  ["enveloping CMS without the document", openCmsSignature, digestOnly({ packaging: "enveloping" })],
  ["an enveloping bare signature", openPkcs1Signature, source({ packaging: "enveloping" })],
  ["a bare signature without the document", openPkcs1Signature, digestOnly({ format: "pkcs1" })],
])("refuses %s", async (_, open, given) => {
  const fault: unknown = await open(await given).catch((thrown: unknown) => thrown);
  expect(fault).toBeInstanceOf(DocumentFault);
  expect(fault).toMatchObject({ code: "document-unsupported" });
});
