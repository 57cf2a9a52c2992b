import { CANONICALIZATIONS, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import type { HashAlgorithm, SignatureAlgorithm } from "../../cryptography/algorithms.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { algorithmOf, attributesOf, ChildElements } from "./strict-elements.ts";

const MORE_2001 = "http://www.w3.org/2001/04/xmldsig-more#";
const MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#";
const ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** RFC 9231, 2.3.2, 2.3.6 and 2.3.10: RSA-PSS with the salt as long as the hash, which is what JWA says too. */
const SIGNATURES: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  [`${MORE_2001}rsa-sha256`, "RS256"],
  [`${MORE_2001}rsa-sha384`, "RS384"],
  [`${MORE_2001}rsa-sha512`, "RS512"],
  [`${MORE_2007}sha256-rsa-MGF1`, "PS256"],
  [`${MORE_2007}sha384-rsa-MGF1`, "PS384"],
  [`${MORE_2007}sha512-rsa-MGF1`, "PS512"],
  [`${MORE_2001}ecdsa-sha256`, "ES256"],
  [`${MORE_2001}ecdsa-sha384`, "ES384"],
  [`${MORE_2001}ecdsa-sha512`, "ES512"],
]);

const HASHES: ReadonlyMap<string, HashAlgorithm> = new Map([
  [`${ENCRYPTION}sha256`, "sha256"],
  [`${MORE_2001}sha384`, "sha384"],
  [`${ENCRYPTION}sha512`, "sha512"],
]);

/** SHA-1, MD5 and RIPEMD-160, alone or in a signature method. HMAC is no signature at all: it is merely not supported. */
const WEAK = /^(?!.*hmac).*(?:sha1|md5|md2|ripemd)/i;

/** The algorithm of a SignatureMethod. It has no parameters: neither HMACOutputLength nor those of `rsa-pss` are taken. */
export function signatureMethod(element: XmlElement): SignatureAlgorithm {
  const algorithm = chosen(SIGNATURES, element);
  refuseUnless(element.children.every(isSpace), "algorithm-unsupported", "SignatureMethod with parameters");
  return algorithm;
}

/** The algorithm of a DigestMethod, which has no parameters. */
export function digestMethod(element: XmlElement): HashAlgorithm {
  const algorithm = chosen(HASHES, element);
  refuseUnless(element.children.every(isSpace), "algorithm-unsupported", "DigestMethod with parameters");
  return algorithm;
}

/** The canonicalisation that a CanonicalizationMethod or a Transform names, with its parameters; `undefined` where it names none. */
export function canonicalizationOf(element: XmlElement): Canonicalization | undefined {
  const uri = algorithmOf(element);
  const method = CANONICALIZATIONS.find((one) => one.uri === uri);
  if (!method) return undefined;
  const parameters = new ChildElements(element);
  const inclusive = method.kind === "exclusive" ? parameters.optional("InclusiveNamespaces", EXCLUSIVE) : undefined;
  parameters.end();
  if (!inclusive) return method;
  new ChildElements(inclusive).end();
  const words = (attributesOf(inclusive, "PrefixList").PrefixList ?? "")
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== "");
  return { ...method, inclusivePrefixes: new Set(words.map((word) => (word === "#default" ? "" : word))) };
}

/** The canonicalisation of a CanonicalizationMethod. Throws `file-unsupported` for one that we don't know. */
export function canonicalizationMethod(element: XmlElement): Canonicalization {
  const method = canonicalizationOf(element);
  if (!method) throw new Refusal("file-unsupported", "an unknown canonicalisation");
  return method;
}

const isSpace = (node: XmlElement["children"][number]): boolean =>
  node.kind === "text" && /^[ \t\r\n]*$/.test(node.value);

function chosen<T>(known: ReadonlyMap<string, T>, element: XmlElement): T {
  const uri = algorithmOf(element);
  const found = known.get(uri);
  if (found !== undefined) return found;
  if (WEAK.test(uri)) throw new Refusal("algorithm-weak", `${element.localName}: ${uri.slice(0, 100)}`);
  throw new Refusal("algorithm-unsupported", `${element.localName}: ${uri.slice(0, 100)}`);
}
