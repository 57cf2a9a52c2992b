import { CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { Refusal } from "../../verdict/failure.ts";
import type { FoundTimestamp } from "../found-signature.ts";
import { canonicalizationMethod } from "./algorithm-uris.ts";
import { XADES } from "./qualifying-properties.ts";
import type { ReferenceDigests } from "./reference-digests.ts";
import { attributesOf, ChildElements, isNamed, octetsOf } from "./strict-elements.ts";
import { limitXml } from "./xml-work-budget.ts";

const [CANONICAL_XML_1_0] = CANONICALIZATIONS;
/** The only encoding that is read, and the one where none is stated. */
const DER = "http://uri.etsi.org/01903/v1.2.2#DER";
const NOTHING = new Uint8Array();

/**
 * The SignatureTimeStamps (ETSI EN 319 132-1, 5.3): each over the canonical form of SignatureValue, by its CanonicalizationMethod or else Canonical XML 1.0.
 * Anybody can add one, so what can't be read takes nothing with it: it comes as a token that is none, over nothing. Other unsigned properties (timestamps of
 * archives, certificates, counter-signatures) are not read.
 */
export function signatureTimestamps(
  unsigned: XmlElement | undefined,
  signatureValue: XmlElement,
  digests: ReferenceDigests,
): FoundTimestamp[] {
  if (!unsigned) return [];
  const elements = new ChildElements(unsigned)
    .rest()
    .filter((element) => isNamed(element, "SignatureTimeStamp", XADES));
  limitXml("timestamps", elements.length);
  return elements.map((element) => {
    try {
      return readTimestamp(element, signatureValue, digests);
    } catch (fault) {
      if (fault instanceof Refusal && fault.code !== "too-large") return { token: NOTHING, over: NOTHING };
      throw fault;
    }
  });
}

function readTimestamp(element: XmlElement, signatureValue: XmlElement, digests: ReferenceDigests): FoundTimestamp {
  attributesOf(element, "Id");
  const children = new ChildElements(element);
  const stated = children.optional("CanonicalizationMethod");
  const encapsulated = children.next("EncapsulatedTimeStamp", XADES);
  children.end();
  const { Encoding: encoding = DER } = attributesOf(encapsulated, "Id", "Encoding");
  const method = stated ? canonicalizationMethod(stated) : CANONICAL_XML_1_0;
  if (encoding !== DER || !method) throw new Refusal("file-unsupported", "a timestamp that is not DER");
  return { token: octetsOf(encapsulated), over: digests.canonical(signatureValue, method) };
}
