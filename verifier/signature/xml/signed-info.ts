import type { Canonicalization } from "../../../formats/xml/canonicalization.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import type { HashAlgorithm, SignatureAlgorithm } from "../../cryptography/algorithms.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { canonicalizationMethod, canonicalizationOf, digestMethod, signatureMethod } from "./algorithm-uris.ts";
import { algorithmOf, attributesOf, ChildElements, DSIG, octetsOf } from "./strict-elements.ts";
import { limitXml } from "./xml-work-budget.ts";

/** What SignedInfo says (XML Signature 1.1, 4.4). */
export interface SignedInfo {
  readonly element: XmlElement;
  readonly canonicalization: Canonicalization;
  readonly algorithm: SignatureAlgorithm;
  readonly references: readonly XmlReference[];
}

/** A Reference (XML Signature 1.1, 4.4.3), of SignedInfo or of a Manifest. */
export interface XmlReference {
  readonly uri: string | undefined;
  readonly type: string | undefined;
  /** Takes out the signature that the Reference belongs to. */
  readonly enveloped: boolean;
  /** What makes octets: a canonicalisation, base64, or what XML Signature does where nothing is said. */
  readonly octetsBy: Canonicalization | "base64" | undefined;
  readonly hash: HashAlgorithm;
  readonly digest: Uint8Array;
}

/** Reads SignedInfo strictly: every element and attribute of it is known and in its place. */
export function readSignedInfo(element: XmlElement): SignedInfo {
  attributesOf(element, "Id");
  const children = new ChildElements(element);
  const canonicalization = canonicalizationMethod(children.next("CanonicalizationMethod"));
  const algorithm = signatureMethod(children.next("SignatureMethod"));
  return { element, canonicalization, algorithm, references: readReferences(children) };
}

/** One Reference at least, and nothing behind them. */
export function readReferences(children: ChildElements): XmlReference[] {
  const elements = [children.next("Reference"), ...children.all("Reference")];
  children.end();
  limitXml("references", elements.length);
  return elements.map(readReference);
}

function readReference(element: XmlElement): XmlReference {
  const { URI: uri, Type: type } = attributesOf(element, "Id", "URI", "Type");
  const children = new ChildElements(element);
  const transforms = children.optional("Transforms");
  const chain = transforms ? readTransforms(transforms) : { enveloped: false, octetsBy: undefined };
  const hash = digestMethod(children.next("DigestMethod"));
  const value = children.next("DigestValue");
  attributesOf(value);
  children.end();
  return { uri, type, ...chain, hash, digest: octetsOf(value) };
}

/**
 * The enveloped-signature transform, then at most one that makes octets. XPath, XSLT, decryption and chains in which octets are read as XML again are
 * `file-unsupported`: what they leave is not what a reader of the document sees.
 */
function readTransforms(element: XmlElement): Pick<XmlReference, "enveloped" | "octetsBy"> {
  attributesOf(element);
  const children = new ChildElements(element);
  const transforms = [children.next("Transform"), ...children.all("Transform")];
  children.end();
  limitXml("transforms", transforms.length);
  let enveloped = false;
  let octetsBy: XmlReference["octetsBy"];
  for (const transform of transforms) {
    refuseUnless(octetsBy === undefined, "file-unsupported", "a transform behind one that makes octets");
    const uri = algorithmOf(transform);
    const method = canonicalizationOf(transform);
    if (method) octetsBy = method;
    else if (uri === `${DSIG}base64`) octetsBy = "base64";
    else if (uri === `${DSIG}enveloped-signature` && !enveloped) enveloped = true;
    else throw new Refusal("file-unsupported", `the transform ${uri.slice(0, 100)}`);
    if (!method) new ChildElements(transform).end();
  }
  return { enveloped, octetsBy };
}
