import { describe, expect, it } from "vitest";
import { readTree, writeTree, type DerNode } from "../../../tests/fuzz/der/der-tree.ts";
import { playTimestampAuthority } from "../../../tests/support/played-timestamp-authority.ts";
import { readCertificate } from "../../../formats/x509/certificate.ts";
import { nothing, type Bytes } from "../../../formats/der/der.ts";
import { readToken } from "./signed-statement.ts";
import { readTimestampResponse } from "./timestamp-response.ts";
import { readStatement } from "./tst-info.ts";

const question = { imprint: new Uint8Array(32), nonce: Uint8Array.of(1) };
const authority = playTimestampAuthority();
const response = authority.respond(question, { essIssuer: true });
const token = await readTimestampResponse(response, question);

/** Where a NULL may stand behind the last element of a structure, as the way to it: the index of each element on the way. */
async function open(encoding: Uint8Array, read: (changed: Bytes) => unknown): Promise<string[]> {
  const [root] = readTree(encoding) ?? [];
  const places: string[] = [];
  const visit = async (node: DerNode, way: string): Promise<void> => {
    const { contents } = node;
    if (!Array.isArray(contents) || root === undefined) return;
    contents.push({ identifier: nothing[0] ?? 0, contents: new Uint8Array() });
    const taken = await Promise.resolve(writeTree(root))
      .then(read)
      .then(
        () => true,
        () => false,
      );
    contents.pop();
    if (taken) places.push(way);
    for (const [index, inner] of contents.entries()) await visit(inner, `${way}.${index}`);
  };
  if (root) await visit(root, "0");
  return places;
}

describe("nothing may stand behind the end of a structure", () => {
  it("of a TSTInfo, but in the accuracy that nobody reads", async () => {
    expect(await open(readToken(token).content, readStatement)).toEqual(["0.5"]);
  });

  it("of a token, but in what is signed or somebody else's to read", async () => {
    const places = await open(token, readToken);
    // digestAlgorithms, the TSTInfo, the certificate, the name of the signer, attribute values, the signature algorithm's parameters, the signature
    const elsewhere = places.filter(
      (way) => !/^0\.1\.0\.(1|2\.1\.0|3|4\.0\.1|4\.0\.3\.\d\.1\.0|4\.0\.4|4\.0\.5)(\.|$)/.test(way),
    );
    expect(elsewhere).toEqual([]);
  });

  it("of a response whose signed parts are untouched", async () => {
    const places = await open(response, (changed) => readTimestampResponse(changed, question));
    // digestAlgorithms and what stands in it, the list of certificates, and NULL as parameters of the signature algorithm
    expect(places).toEqual(["0.1.1.0.1", "0.1.1.0.1.0", "0.1.1.0.3", "0.1.1.0.4.0.4"]);
  });

  it("of a certificate, but in what is not looked at", async () => {
    const places = await open(authority.certificate, readCertificate);
    // what stands behind tbsCertificate, version, names, the key, the signature algorithms, and what extensions hold
    const elsewhere = places.filter((way) => !/^0(\.0\.[02356].*|\.0\.7\.0\.\d\.\d(\..*)?|\.1)?$/.test(way));
    expect(elsewhere).toEqual([]);
  });

  it("of the ESS attribute", async () => {
    const changed = { signedAttributes: (attributes: Bytes[]) => attributes.map(lengthened) };
    await expect(readTimestampResponse(authority.respond(question, changed), question)).rejects.toMatchObject({
      reason: "encoding",
    });
  });
});

/** An ESS attribute with a NULL behind issuerSerial's place. */
function lengthened(attribute: Bytes): Bytes {
  const [root] = readTree(attribute) ?? [];
  const list = [1, 0, 0, 0].reduce<DerNode | undefined>(
    (node, index) => (Array.isArray(node?.contents) ? node.contents[index] : undefined),
    root,
  );
  if (root === undefined || !Array.isArray(list?.contents)) return attribute;
  list.contents.push({ identifier: 0x05, contents: new Uint8Array() });
  return writeTree(root);
}
