import { DocumentFault } from "../document-fault.ts";
import { XML_NAMESPACE } from "./start-tag.ts";
import { WHOLE_NC_NAME } from "./xml-characters.ts";
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from "./xml-tree.ts";

/** Every element of a tree in document order, without recursion. */
export function* elementsOf(root: XmlElement): Generator<XmlElement> {
  const waiting: XmlNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind !== "element") continue;
    yield node;
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child?.kind === "element") waiting.push(child);
    }
  }
}

/** Without a document type nothing says which attributes are IDs: those that signature programs are told to take. */
const isId = ({ name, localName, namespace }: XmlAttribute): boolean =>
  ["Id", "ID", "id"].includes(name) || (localName === "id" && namespace === XML_NAMESPACE);

/** The ID values of an element: mostly none, seldom more than one. */
export const idsOf = ({ attributes }: XmlElement): string[] => attributes.filter(isId).map(({ value }) => value);

/** The elements of each ID value: attributes `Id`, `ID` and `id` without a prefix, and `xml:id`. */
export function elementsById({ root }: XmlDocument): ReadonlyMap<string, ReadonlySet<XmlElement>> {
  const found = new Map<string, Set<XmlElement>>();
  for (const element of elementsOf(root))
    for (const id of idsOf(element)) found.set(id, (found.get(id) ?? new Set()).add(element));
  return found;
}

/**
 * The one element with this ID. Throws `DocumentFault`: `document-unsupported` when there is none, or when the value is no name, so that a
 * fragment could mean something else; `document-broken` when there are several, because a verifier may take another than we showed.
 */
export function targetElement(document: XmlDocument, id: string): XmlElement {
  if (!WHOLE_NC_NAME.test(id)) throw new DocumentFault("document-unsupported", "an ID to sign that is no XML name");
  const [element, ...others] = elementsById(document).get(id) ?? [];
  if (others.length > 0) throw new DocumentFault("document-broken", "several elements with the ID to sign");
  if (!element) throw new DocumentFault("document-unsupported", "no element with the ID to sign");
  return element;
}

/** `stem-1`, or the next number that no ID of the document begins with, so that what we derive from it is free as well. */
export function freeId(document: XmlDocument, stem: string): string {
  const numbered = new RegExp(`^${stem}-\\d+`);
  const taken = new Set([...elementsById(document).keys()].map((id) => numbered.exec(id)?.[0]));
  let count = 1;
  while (taken.has(`${stem}-${count}`)) count++;
  return `${stem}-${count}`;
}
