import type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from "../../../formats/xml/xml-tree.ts";

const XML = "http://www.w3.org/XML/1998/namespace";

/**
 * Canonical XML 1.0 and its exclusive form without comments, written a second time and as plainly as the recommendations say it: every element's
 * whole namespace axis is worked out and compared with the parent's. `without` is left out, as the enveloped-signature transform does.
 */
export function plainCanonical(node: XmlDocument | XmlElement, exclusive: boolean, without?: XmlNode): string {
  const write = (one: XmlNode, top: boolean, said: ReadonlyMap<string, string>): string => {
    if (one === without || one.kind === "comment") return "";
    if (one.kind === "text") return escape(one.value, "&<>\r");
    if (one.kind === "instruction") return `<?${one.target}${one.value && " "}${one.value}?>`;
    const axis = exclusive ? usedNamespaces(one) : namespaceAxis(one);
    const fresh = [...axis].filter(([prefix, name]) => (said.get(prefix) ?? "") !== name);
    const namespaces = sorted(fresh, ([prefix]) => prefix).map(
      ([prefix, name]) => ` xmlns${prefix && ":"}${prefix}="${escape(name, '&<"\t\n\r')}"`,
    );
    const attributes = [...one.attributes, ...(top && !exclusive ? inheritedXml(one) : [])];
    const values = sorted(attributes, (attribute) => `${attribute.namespace}\0${attribute.localName}`).map(
      ({ name, value }) => ` ${name}="${escape(value, '&<"\t\n\r')}"`,
    );
    const inside = new Map([...said, ...fresh]);
    const children = one.children.map((child) => write(child, false, inside));
    return `<${one.name}${namespaces.join("")}${values.join("")}>${children.join("")}</${one.name}>`;
  };
  if (!("root" in node)) return write(node, true, new Map());
  const at = node.children.indexOf(node.root);
  return node.children
    .map((child, index) => {
      const written = write(child, true, new Map());
      if (child === node.root || written === "") return written;
      return index < at ? `${written}\n` : `\n${written}`;
    })
    .join("");
}

function namespaceAxis(element: XmlElement): Map<string, string> {
  const above = element.parent ? namespaceAxis(element.parent) : new Map<string, string>();
  const axis = new Map([...above, ...element.declarations]);
  axis.delete("xml");
  return axis;
}

function usedNamespaces(element: XmlElement): Map<string, string> {
  const axis = namespaceAxis(element);
  const prefixes = [element.prefix, ...element.attributes.map(({ prefix }) => prefix).filter(Boolean)];
  return new Map(prefixes.filter((prefix) => prefix !== "xml").map((prefix) => [prefix, axis.get(prefix) ?? ""]));
}

function inheritedXml(element: XmlElement): XmlAttribute[] {
  const found = new Map<string, XmlAttribute>();
  for (let at: XmlElement | undefined = element; at; at = at.parent)
    for (const attribute of at.attributes)
      if (attribute.namespace === XML && !found.has(attribute.name)) found.set(attribute.name, attribute);
  return [...found.values()].filter((attribute) => !element.attributes.includes(attribute));
}

/** UTF-8 octets sort as code points do. */
function sorted<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.toSorted((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))));
}

function escape(text: string, characters: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return Array.from(text, (one) => {
    if (!characters.includes(one)) return one;
    return names[one] ?? `&#x${one.charCodeAt(0).toString(16).toUpperCase()};`;
  }).join("");
}
