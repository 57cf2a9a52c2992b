import { execFileSync } from "node:child_process";
import { constants, createHash, privateEncrypt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bytes } from "../../../formats/der/der.ts";
import { CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import { openXmlSignature } from "../../../extension/signature/xml/open-xml-signature.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { digestInfo, sourceFile, testCredential } from "./test-signer.ts";
import { hasProgram, verifyWithXmlsec } from "./verifiers.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const { certificate, privateKey: key, authorityFile } = await testCredential(folder);
const openssl = (...words: string[]): string =>
  execFileSync("openssl", words, { cwd: folder, encoding: "utf8", stdio: "pipe" });
const hasXmlsec = hasProgram("xmlsec1", "--version");
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  writeFileSync(
    at("tsa.cnf"),
    [
      "[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=v3\n[dn]\nCN=TSA-TEST",
      "[v3]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature",
      "[tsa]\nserial=tsa.serial\ncrypto_device=builtin\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256",
      "ess_cert_id_alg=sha256",
    ].join("\n"),
  );
  openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "tsa.key",
    "-out",
    "tsa.pem",
    "-config",
    "tsa.cnf",
  );
});

/** A token over the imprint, as a timestamp authority gives it. */
function timestamp(imprint: Bytes): Bytes {
  openssl("ts", "-query", "-digest", Buffer.from(imprint).toString("hex"), "-sha256", "-cert", "-out", "q.tsq");
  const authority = ["-config", "tsa.cnf", "-section", "tsa", "-signer", "tsa.pem", "-inkey", "tsa.key"];
  openssl("ts", "-reply", "-queryfile", "q.tsq", ...authority, "-token_out", "-out", "token.der");
  return Uint8Array.from(readFileSync(at("token.der")));
}

describe.each(CANONICALIZATIONS)("XAdES-T, $uri", ({ uri: canonicalization, kind }) => {
  it.each(["enveloped", "enveloping", "detached"] as const)("openssl and xmlsec1 accept it: %s", async (packaging) => {
    const document = new TextEncoder().encode('<a xmlns="urn:a" xmlns:b="urn:b" xml:lang="ja"><b:c/></a>');
    const file = sourceFile("a.xml", document);
    writeFileSync(at(file.name), document);
    const source = { file, format: "xades", packaging, timestamped: true, profile: undefined, references: [] } as const;
    const opened = await openXmlSignature({ ...source, xml: { canonicalization } });
    const prepared = await opened.prepare({ certificate, signingTime: new Date() });
    const padding = constants.RSA_PKCS1_PADDING;
    const signature = Uint8Array.from(privateEncrypt({ key, padding }, digestInfo(prepared.toBeSigned)));
    const imprint = await prepared.timestampImprint?.(signature);
    const signed = await prepared.finish(signature, timestamp(imprint ?? new Uint8Array()));
    writeFileSync(at("signed.xml"), signed.file);

    if (hasXmlsec) expect(await verifyWithXmlsec(folder, authorityFile, ["signed.xml"])).toEqual(["OK"]);
    // what a verifier computes, written down by hand for this document (XML Signature 1.1, 4.3; EN 319 132-1, 5.3)
    const around = packaging === "enveloped" && kind !== "exclusive";
    const expected =
      `<ds:SignatureValue${around ? ' xmlns="urn:a" xmlns:b="urn:b"' : ""} xmlns:ds="http://www.w3.org/2000/09/xmldsig#"` +
      `${around ? ' xml:lang="ja"' : ""}>${Buffer.from(signature).toString("base64")}</ds:SignatureValue>`;
    expect(Buffer.from(imprint ?? [])).toEqual(createHash("sha256").update(expected).digest());
    writeFileSync(at("imprinted"), expected);
    const token = /<xades:EncapsulatedTimeStamp>([^<]*)</.exec(new TextDecoder().decode(signed.file))?.[1] ?? "";
    writeFileSync(at("found.der"), Buffer.from(token, "base64"));
    expect(
      openssl("ts", "-verify", "-data", "imprinted", "-in", "found.der", "-token_in", "-CAfile", "tsa.pem"),
    ).toContain("OK");
  });
});
