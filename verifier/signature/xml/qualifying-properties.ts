import { elementsOf } from "../../../formats/xml/element-ids.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { attributesOf, ChildElements, DSIG, isNamed } from "./strict-elements.ts";

/** The namespace of XAdES since version 1.3.2, that of EN 319 132-1 too. */
export const XADES = "http://uri.etsi.org/01903/v1.3.2#";
/** What the standard added later. */
const XADES_1_4_1 = "http://uri.etsi.org/01903/v1.4.1#";
/** What the Reference to the signed properties says that it refers to (ETSI EN 319 132-1, 4.4.2). */
export const SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties";

/** The QualifyingProperties of a signature (ETSI EN 319 132-1, 4.3). Who reads them makes sure that `signed` is signed. */
export interface QualifyingProperties {
  /** The Object that they stand in, alone. */
  readonly object: XmlElement;
  readonly signed: XmlElement;
  /** UnsignedSignatureProperties, where timestamps hang. */
  readonly unsigned: XmlElement | undefined;
}

/**
 * Finds the QualifyingProperties in the Objects of a signature with this Id; `undefined` where there are none. Throws `file-unsupported` for older versions of
 * XAdES and properties that stand elsewhere, and `file-ambiguous` for several of them or those of another signature.
 */
export function qualifyingProperties(
  objects: readonly XmlElement[],
  signatureId: string | undefined,
): QualifyingProperties | undefined {
  const found = objects.flatMap((object) =>
    object.children.flatMap((node) => (node.kind === "element" && isXades(node) ? [{ object, element: node }] : [])),
  );
  const [one, ...others] = found;
  if (!one) return undefined;
  const { object, element } = one;
  refuseUnless(others.length === 0, "file-ambiguous", "several QualifyingProperties of one signature");
  refuseUnless(isNamed(element, "QualifyingProperties", XADES), "file-unsupported", "a version or form of XAdES");
  const { Target: target } = attributesOf(element, "Id", "Target");
  const own = signatureId !== undefined && target === `#${signatureId}`;
  refuseUnless(own, "file-ambiguous", "QualifyingProperties of another signature");
  const alone = new ChildElements(object);
  alone.next("QualifyingProperties", XADES);
  alone.end();
  const children = new ChildElements(element);
  const signed = children.optional("SignedProperties", XADES);
  if (!signed) throw new Refusal("signed-attributes-missing", "QualifyingProperties without SignedProperties");
  const unsigned = children.optional("UnsignedProperties", XADES);
  children.end();
  return { object, signed, unsigned: unsigned && unsignedSignatureProperties(unsigned) };
}

const isXades = ({ namespace }: XmlElement): boolean => namespace.startsWith("http://uri.etsi.org/01903/");

function unsignedSignatureProperties(element: XmlElement): XmlElement | undefined {
  attributesOf(element, "Id");
  const children = new ChildElements(element);
  const properties = children.optional("UnsignedSignatureProperties", XADES);
  children.end();
  return properties;
}

/** Whether unsigned properties hold nothing but what XAdES and XML Signature define: nobody could take it for a part of the document. */
export function holdOnlyProperties({ unsigned }: QualifyingProperties): boolean {
  if (!unsigned) return true;
  for (const { namespace } of elementsOf(unsigned)) if (![XADES, XADES_1_4_1, DSIG].includes(namespace)) return false;
  return true;
}
