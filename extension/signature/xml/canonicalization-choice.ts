import { DocumentFault } from "../../../formats/document-fault.ts";
import { CANONICALIZATIONS, isUnderBase, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import { elementsOf } from "../../../formats/xml/element-ids.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";

/**
 * Canonical XML 1.0 without comments, where the site does not choose. It is what every verifier must know since 2002 and what the Japanese
 * formats that we have seen are made with (e-Gov, certificates of the tax agency's family). And it covers every namespace declaration that is shown,
 * while the exclusive one leaves out those that only values use (`xsi:type="p:t"`).
 */
export const CANONICAL_XML_1_0 = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

/** A URI with its scheme (RFC 3986, 4.3; a host by name), as narrow as libxml2 takes it, and without the `&` that it does not escape. */
const ABSOLUTE_URI = new RegExp(
  "^[A-Za-z][A-Za-z0-9+.-]*:(?://[\\w.~-]*(?::\\d{1,5})?(?=[/?#]|$)|(?!//))" +
    "(?:[\\w.~!$'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*(?:#(?:[\\w.~!$'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$",
);

/** The canonicalisation of that algorithm URI. Throws `DocumentFault` (`document-unsupported`) for one that is none of the six. */
export function chooseCanonicalization(uri: string = CANONICAL_XML_1_0): Canonicalization {
  const chosen = CANONICALIZATIONS.find((one) => one.uri === uri);
  if (!chosen) throw new DocumentFault("document-unsupported", "an unknown canonicalisation");
  return chosen;
}

/**
 * Throws `DocumentFault` (`document-unsupported`) for what canonicalisation leaves open: namespace names that are no absolute URI (Canonical
 * XML 1.0, 2.1, has us fail), and the `xml:base` fix-up of 1.1 for a part of a document that stands in one of `around`.
 */
export function checkCanonical(
  root: XmlElement,
  around: readonly (XmlElement | undefined)[],
  kind: Canonicalization["kind"],
): void {
  for (const { declarations } of elementsOf(root))
    for (const namespace of declarations.values())
      if (namespace !== "" && !ABSOLUTE_URI.test(namespace))
        throw new DocumentFault("document-unsupported", "a namespace name that is no absolute URI");
  if (kind === "inclusive-1.1" && around.some((element) => element && isUnderBase(element)))
    throw new DocumentFault("document-unsupported", "xml:base around what Canonical XML 1.1 is asked for");
}
