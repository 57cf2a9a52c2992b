import { DocumentFault } from "../../../formats/document-fault.ts";
import { elementsOf, idsOf } from "../../../formats/xml/element-ids.ts";
import { DSIG } from "./signature-markup.ts";
import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";

/**
 * Throws `DocumentFault` (`document-unsupported`) when an earlier signature covers the place of a new one: every octet put there would break
 * it. An enveloped-signature transform helps only the signature that it belongs to. So several people sign one document in turn by `xml.target`,
 * with the signatures outside of that element, and only the last may sign the whole. References that we can't follow count as covering.
 */
export function keepEarlierSignatures(document: XmlDocument, place: XmlElement): void {
  const around = new Set<XmlElement>();
  for (let at: XmlElement | undefined = place; at; at = at.parent) around.add(at);
  const idsAround = new Set([...around].flatMap(idsOf));
  for (const element of elementsOf(document.root)) {
    if (element.namespace !== DSIG) continue;
    if (around.has(element)) throw new DocumentFault("document-unsupported", "a signature inside a signature");
    if (element.localName !== "Reference") continue;
    const uri = element.attributes.find(({ name }) => name === "URI")?.value;
    if (uri === undefined || (uri !== "" && !uri.startsWith("#"))) continue;
    if (uri === "" || /[()]/.test(uri) || idsAround.has(decodeFragment(uri.slice(1))))
      throw new DocumentFault("document-unsupported", "an earlier signature covers the place of the new one");
  }
}

/** Some write the fragment percent-encoded, as e-Gov does, and some bare. */
function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
