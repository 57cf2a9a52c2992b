import { createHash, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import { afterAll, describe, expect, it, vi } from "vitest";
import { Application, Parse, SignedXml } from "xmldsigjs";
import { CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import { hasProgram, verifyWithXmlsec } from "../../conformance/xml/verifiers.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { signWithJdk, signWithXmlsec, writeSigners } from "./played-signers.ts";
import { SIGNER, verdicts } from "./reading.ts";
import { signatureTemplate, URIS, type Template } from "./xml-template.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const { authorityFile } = writeSigners(folder);
const hasXmlsec = hasProgram("xmlsec1", "--version");
const hasJava = hasProgram("javac", "-version");

const FORM =
  '<?xml version="1.0"?>\n<?style x?><!--a--><form xmlns="urn:f" xmlns:p="urn:p" xml:lang="ja" Id="root"><answers Id="a" p:q="1">' +
  "yes<!--b--> &amp;&#13;</answers>SIGNATURE</form>\n";
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const xmlsec = async (file: string): Promise<boolean> => {
  const ids = [
    ["Id", "urn:f:form"],
    ["Id", "urn:f:answers"],
  ] as const;
  const [verdict] = await verifyWithXmlsec(folder, authorityFile, [file], ids);
  return verdict === "OK";
};

/** Accepted as it is by both; with one digested character changed, refused by both. */
async function bothAgree(file: string, expected: string, parts?: readonly string[]): Promise<void> {
  expect(await verdicts(read(file), { parts })).toEqual([expected]);
  // xmlsec1 1.2 knows no RSA-PSS
  const asked = hasXmlsec && !file.includes("pss");
  if (asked) expect(await xmlsec(file)).toBe(true);
  for (const [find, replacement] of [
    [/yes/, "no"],
    [/aGVsbG8=/, "aGVsbGc="],
    [/(<(?:\w+:)?DigestValue>)(.)/, (_: string, tag: string, letter: string) => tag + (letter === "A" ? "B" : "A")],
    [
      /(<(?:\w+:)?SignatureValue[^>]*>\s*)(.)/,
      (_: string, tag: string, letter: string) => tag + (letter === "A" ? "B" : "A"),
    ],
  ] as const) {
    const changed = read(file).replace(find, replacement as string);
    if (changed === read(file)) continue;
    write("changed.xml", changed);
    expect(await verdicts(changed, { parts })).not.toEqual([expected]);
    if (asked) expect(await xmlsec("changed.xml")).toBe(false);
  }
}

describe.skipIf(!hasXmlsec)(hasXmlsec ? "xmlsec1" : "xmlsec1 (not installed)", () => {
  // a curve's KeyValue it can't write
  const keyInfo = (key: string): string =>
    `<ds:KeyInfo>${key === "rsa" ? "<ds:KeyValue/>" : ""}<ds:X509Data/></ds:KeyInfo>`;
  const enveloped = (method: string) => [{ uri: "", transforms: [URIS.enveloped, method] }];
  const keep = (name: string, list: string): string =>
    `<ds:${name} Algorithm="${URIS.exclusive}"><e:InclusiveNamespaces xmlns:e="${URIS.exclusive}" PrefixList="${list}"/></ds:${name}>`;
  /** As other programs lay XAdES out, with the older SigningCertificate. */
  const number = BigInt(`0x${new X509Certificate(SIGNER.certificate).serialNumber}`).toString();
  const xades = `<ds:Object>
    <xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#s">
      <xades:SignedProperties Id="p">
        <xades:SignedSignatureProperties>
          <xades:SigningTime>2026-11-24T12:00:00+09:00</xades:SigningTime>
          <xades:SigningCertificate>
            <xades:Cert>
              <xades:CertDigest>
                <ds:DigestMethod Algorithm="${URIS.sha256}"/>
                <ds:DigestValue>${createHash("sha256").update(SIGNER.certificate).digest("base64")}</ds:DigestValue>
              </xades:CertDigest>
              <xades:IssuerSerial>
                <ds:X509IssuerName>C=JP, O=JPKI-TEST</ds:X509IssuerName>
                <ds:X509SerialNumber>${number}</ds:X509SerialNumber>
              </xades:IssuerSerial>
            </xades:Cert>
          </xades:SigningCertificate>
        </xades:SignedSignatureProperties>
        <xades:SignedDataObjectProperties/>
      </xades:SignedProperties>
    </xades:QualifyingProperties>
  </ds:Object>`;
  const signedProperties = {
    uri: "#p",
    type: "http://uri.etsi.org/01903#SignedProperties",
    transforms: [URIS.exclusive],
  };
  const more = "http://www.w3.org/2001/04/xmldsig-more#";

  const cases: readonly (readonly [string, Template, string, ("rsa" | "ec")?])[] = [
    ...CANONICALIZATIONS.map(
      ({ uri }) => [uri, { canonicalization: uri, references: enveloped(uri) }, "whole"] as const,
    ),
    ...["rsa-sha384", "rsa-sha512"].map((name) => [name, { method: more + name }, "whole"] as const),
    ["ecdsa-sha256", { method: `${more}ecdsa-sha256` }, "whole", "ec"],
    [
      "sha512 digests",
      { references: [{ uri: "", transforms: [URIS.enveloped], digest: "http://www.w3.org/2001/04/xmlenc#sha512" }] },
      "whole",
    ],
    [
      "prefixes",
      {
        canonicalization: keep("CanonicalizationMethod", "p"),
        references: [{ uri: "", transforms: [URIS.enveloped, keep("Transform", "p #default")] }],
      },
      "whole",
    ],
    ["XAdES", { id: "s", references: [...enveloped(URIS.exclusive), signedProperties], objects: xades }, "whole"],
    ["a part", { references: [{ uri: "#a", transforms: [URIS.exclusive] }] }, "parts"],
    ["a part, prefixes", { references: [{ uri: "#a", transforms: [keep("Transform", "p")] }] }, "parts"],
    ["a part without transforms", { references: [{ uri: "#a" }] }, "parts"],
    [
      "an XPointer",
      { references: [{ uri: "#xpointer(id('a'))", transforms: [`${URIS.c14n}#WithComments`] }] },
      "parts",
    ],
    [
      "all by XPointer",
      { references: [{ uri: "#xpointer(/)", transforms: [URIS.enveloped, `${URIS.c14n}#WithComments`] }] },
      "whole",
    ],
    [
      "an Object",
      {
        objects: '<ds:Object Id="o"><x xmlns="">y</x></ds:Object>',
        references: [...enveloped(URIS.c14n), { uri: "#o", transforms: [URIS.c14n] }],
      },
      "whole",
    ],
    [
      "base64",
      {
        objects: '<ds:Object Id="o">aGVsbG8=</ds:Object>',
        references: [...enveloped(URIS.c14n), { uri: "#o", transforms: [URIS.base64] }],
      },
      "whole",
    ],
  ];
  const rows = cases.map(([name, template, expected, key = "rsa"]) => ({ name, template, expected, key }));
  it.each(rows)("signs, and we take it: $name", async ({ template, expected, key }) => {
    write("template.xml", FORM.replace("SIGNATURE", signatureTemplate({ keyInfo: keyInfo(key), ...template })));
    signWithXmlsec(folder, key, "template.xml", "signed.xml");
    await bothAgree("signed.xml", expected, expected === "parts" ? ["a"] : undefined);
  });
});

it.skipIf(!hasJava)(`the JDK signs, and we take it${hasJava ? "" : " (javac is not installed)"}`, async () => {
  write("source.xml", FORM.replace("SIGNATURE", "").replace("<?style x?>", ""));
  const files = signWithJdk(folder);
  expect(files.length).toBeGreaterThan(30);
  const surprises: string[] = [];
  for (const file of files)
    await bothAgree(file, "whole").catch((error: unknown) => surprises.push(`${file}: ${String(error)}`));
  expect(surprises).toEqual([]);
});

describe("xmldsigjs", () => {
  it.each([
    ["the whole", { hash: "SHA-256", uri: "", transforms: ["enveloped", "c14n"] }, "whole"],
    ["the whole, exclusive", { hash: "SHA-512", uri: "", transforms: ["enveloped", "exc-c14n"] }, "whole"],
    ["a part", { hash: "SHA-256", uri: "#a", transforms: ["exc-c14n"] }, "parts"],
  ] as const)("signs, and we take it: %s", async (_, reference, expected) => {
    vi.stubGlobal("DOMParser", DOMParser);
    vi.stubGlobal("XMLSerializer", XMLSerializer);
    Application.setEngine("node", crypto);
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const der = SIGNER.key.privateKey.export({ type: "pkcs8", format: "der" });
    const key = await crypto.subtle.importKey("pkcs8", Uint8Array.from(der), algorithm, true, ["sign"]);
    const document = Parse('<form xmlns:p="urn:p"><answers Id="a">yes</answers></form>');
    const signer = new SignedXml();
    const x509 = [Buffer.from(SIGNER.certificate).toString("base64")];
    await signer.Sign(algorithm, key, document, {
      x509,
      references: [{ ...reference, transforms: [...reference.transforms] }],
    });
    const signature = signer.XmlSignature.GetXml();
    if (!signature) throw new RangeError("no signature");
    document.documentElement.appendChild(document.importNode(signature, true));
    write("xmldsigjs.xml", new XMLSerializer().serializeToString(document as never));
    await bothAgree("xmldsigjs.xml", expected, expected === "parts" ? ["a"] : undefined);
    vi.unstubAllGlobals();
  });
});
