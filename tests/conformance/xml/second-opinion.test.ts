import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import { afterAll, expect, it, vi } from "vitest";
import { Application, Parse, SignedXml } from "xmldsigjs";
import { CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { signTrickyDocuments, type SignedDocument } from "./signed-matrix.ts";
import { testSigner } from "./test-signer.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** It has no Canonical XML 1.1, and keeps comments in references that leave them out. */
const METHODS = CANONICALIZATIONS.filter(({ kind, comments }) => kind !== "inclusive-1.1" && !comments);

const QUIET = {
  onError: (level: string, message: string): void => {
    if (level !== "warning") throw new Error(message);
  },
};
class QuietParser extends DOMParser {
  constructor() {
    super(QUIET);
  }
}

it("xmldsigjs accepts what it doesn't get wrong itself", async () => {
  vi.stubGlobal("DOMParser", QuietParser);
  vi.stubGlobal("XMLSerializer", XMLSerializer);
  Application.setEngine("node", crypto);
  const signer = await testSigner(folder);
  const key = await crypto.subtle.importKey(
    "spki",
    new X509Certificate(signer.certificate).publicKey.export({ type: "spki", format: "der" }),
    { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    true,
    ["verify"],
  );
  const { signed } = await signTrickyDocuments(folder, signer, METHODS);
  const asked = signed.filter(
    ({ packaging, document }) => packaging !== "detached" && document.exceptions?.xmldsigjs === undefined,
  );
  const surprises: string[] = [];
  for (const one of asked) {
    const verdict = await verify(one, key);
    if (verdict !== "OK") surprises.push(`${one.document.name} (${one.file}): ${verdict}`);
  }
  expect(surprises).toEqual([]);
  expect(asked.length).toBeGreaterThan(400);
});

async function verify({ file }: SignedDocument, key: CryptoKey): Promise<string> {
  try {
    const xml = Parse(readFileSync(join(folder, file), "utf8"));
    const signatures = xml.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature");
    const element = signatures.item(signatures.length - 1);
    if (!element) return "no signature";
    const verifier = new SignedXml(xml);
    verifier.LoadXml(element);
    return (await verifier.Verify(key)) ? "OK" : "refused";
  } catch (error) {
    return error instanceof Error ? error.message : "no verdict";
  }
}
