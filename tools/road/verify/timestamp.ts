import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { ContentInfo, SignedData } from "pkijs";
import { XmlCanonicalizer } from "xmldsigjs";
import { ask, TIMESTAMP_AUTHORITY, type Verdict } from "./verdict.ts";

/** `openssl ts -verify`: the token is over these octets, and by the site's authority. */
function verifyToken(folder: string, file: string, token: Uint8Array, stamped: Uint8Array): Verdict {
  writeFileSync(join(folder, `${file}.tst`), token);
  writeFileSync(join(folder, `${file}.stamped`), stamped);
  const words = ["-data", `${file}.stamped`, "-in", `${file}.tst`, "-token_in", "-CAfile", TIMESTAMP_AUTHORITY];
  return ask("openssl", ["ts", "-verify", ...words], { folder });
}

const SIGNATURE_TIMESTAMP = "1.2.840.113549.1.9.16.2.14";

/** The timestamp of a CMS signature (ETSI EN 319 122-1, 5.3): over the signature value. pkijs finds both. */
export function verifyCmsTimestamp(folder: string, file: string): Verdict {
  const cms = new Uint8Array(readFileSync(join(folder, file)));
  const [info] = new SignedData({ schema: ContentInfo.fromBER(cms).content }).signerInfos;
  const unsigned = info?.unsignedAttrs?.attributes ?? [];
  const [token] = (unsigned.find(({ type }) => type === SIGNATURE_TIMESTAMP)?.values ?? []) as {
    toBER: () => ArrayBuffer;
  }[];
  const value = info?.signature.valueBlock.valueHexView ?? new Uint8Array();
  return verifyToken(folder, file, new Uint8Array(token?.toBER() ?? new ArrayBuffer()), value);
}

const DSIG = "http://www.w3.org/2000/09/xmldsig#";
const XADES = "http://uri.etsi.org/01903/v1.3.2#";

/** The timestamp of an XAdES signature (ETSI EN 319 132-1, 5.3): over the canonical form of `ds:SignatureValue`, which xmldsigjs makes. */
export function verifyXmlTimestamp(folder: string, file: string): Verdict {
  const document = new DOMParser().parseFromString(readFileSync(join(folder, file), "utf8"), "text/xml");
  const value = document.getElementsByTagNameNS(DSIG, "SignatureValue").item(0);
  const token = document.getElementsByTagNameNS(XADES, "EncapsulatedTimeStamp").item(0)?.textContent ?? "";
  // xmldsigjs looks for namespaces on the element alone: those around it are in its canonical form, too
  for (let around = value?.parentNode; around?.nodeType === 1; around = around.parentNode)
    for (const { name, value: namespace } of (around as Element).attributes)
      if (/^xmlns(:|$)/.test(name) && !value?.hasAttribute(name)) value?.setAttribute(name, namespace);
  const stamped = value ? new XmlCanonicalizer(false, false).Canonicalize(value as unknown as Node) : "";
  return verifyToken(folder, file, Buffer.from(token, "base64"), new TextEncoder().encode(stamped));
}
