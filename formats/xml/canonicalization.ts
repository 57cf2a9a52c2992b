import { XML_NAMESPACE } from "./start-tag.ts";
import { PrefixScope } from "./prefix-scope.ts";
import { checkLimit } from "./xml-limits.ts";
import { compareCodePoints } from "./xml-characters.ts";
import type { XmlAttribute, XmlDocument, XmlElement, XmlInstruction, XmlComment, XmlNode } from "./xml-tree.ts";

/** How octets for a digest are made of a tree. */
export interface Canonicalization {
  /** Its algorithm URI. */
  readonly uri: string;
  readonly kind: "inclusive-1.0" | "inclusive-1.1" | "exclusive";
  readonly comments: boolean;
  /**
   * Exclusive only: prefixes that are treated as the inclusive forms treat them, whether they are used or not; empty for the default namespace
   * (`InclusiveNamespaces PrefixList`, Exclusive XML Canonicalization 1.0, 3).
   */
  readonly inclusivePrefixes?: ReadonlySet<string>;
}

const row = (uri: string, kind: Canonicalization["kind"], comments = false): Canonicalization => ({
  uri,
  kind,
  comments,
});

/** Canonical XML 1.0 and 1.1 and Exclusive XML Canonicalization 1.0, each without comments and with them. */
export const CANONICALIZATIONS: readonly Canonicalization[] = [
  row("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "inclusive-1.0"),
  row("http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", "inclusive-1.0", true),
  row("http://www.w3.org/2006/12/xml-c14n11", "inclusive-1.1"),
  row("http://www.w3.org/2006/12/xml-c14n11#WithComments", "inclusive-1.1", true),
  row("http://www.w3.org/2001/10/xml-exc-c14n#", "exclusive"),
  row("http://www.w3.org/2001/10/xml-exc-c14n#WithComments", "exclusive", true),
];

/**
 * The canonical form of a document, or of an element with all that is in it where it stands (its ancestors decide about namespaces and,
 * unless exclusive, `xml:` attributes); UTF-8. A reference inside the same document passes `{ ...method, comments: false }`, because such a
 * reference selects no comments (XML Signature 1.1, 4.4.3.3). `xml:base` is not resolved against that of ancestors, as Canonical XML 1.1
 * wants it for a part of a document: the caller refuses those (`isUnderBase`). `without` is an element that is left out with all that is in it, as the
 * enveloped-signature transform wants it (XML Signature 1.1, 6.6.4). Throws `DocumentFault` where namespace names are repeated too often.
 */
export function canonicalize(
  node: XmlDocument | XmlElement,
  method: Canonicalization,
  without?: XmlElement,
): Uint8Array<ArrayBuffer> {
  const writer = new CanonicalWriter(method, without);
  if ("root" in node) writer.document(node);
  else writer.element(node, true);
  return new TextEncoder().encode(writer.parts.join(""));
}

/** Whether the element or one around it has an `xml:base`. */
export function isUnderBase(element: XmlElement): boolean {
  for (let at: XmlElement | undefined = element; at; at = at.parent)
    if (at.attributes.some(({ name }) => name === "xml:base")) return true;
  return false;
}

class CanonicalWriter {
  readonly parts: string[] = [];
  readonly #method: Canonicalization;
  readonly #without: XmlElement | undefined;
  /** What the output says of each prefix so far. */
  readonly #rendered = new PrefixScope();
  #namespacesLength = 0;

  constructor(method: Canonicalization, without: XmlElement | undefined) {
    this.#method = method;
    this.#without = without;
  }

  document({ children, root }: XmlDocument): void {
    let before = true;
    for (const node of children) {
      if (node === root) {
        this.element(root, true);
        before = false;
      } else if (node.kind === "instruction" || (node.kind === "comment" && this.#method.comments)) {
        if (!before) this.parts.push("\n");
        this.#node(node);
        if (before) this.parts.push("\n");
      }
    }
  }

  // recursion is bounded by the depth limit of the parser
  element(element: XmlElement, apex: boolean): void {
    const rendered = this.#bind(apex ? this.#apexNamespaces(element) : this.#namespaces(element));
    this.parts.push("<", element.name);
    for (const [prefix, namespace] of rendered)
      this.parts.push(prefix === "" ? " xmlns" : ` xmlns:${prefix}`, '="', attributeText(namespace), '"');
    const attributes = apex ? [...element.attributes, ...this.#inherited(element)] : element.attributes;
    for (const { name, value } of attributes.length > 1 ? attributes.toSorted(compareAttributes) : attributes)
      this.parts.push(" ", name, '="', attributeText(value), '"');
    this.parts.push(">");
    for (const child of element.children) this.#node(child);
    this.parts.push("</", element.name, ">");
    this.#rendered.release(rendered.map(([prefix]) => prefix));
  }

  #node(node: XmlNode | XmlComment | XmlInstruction): void {
    if (node === this.#without) return;
    if (node.kind === "element") this.element(node, false);
    else if (node.kind === "text") this.parts.push(contentText(node.value));
    else if (node.kind === "instruction")
      this.parts.push("<?", node.target, node.value === "" ? "" : ` ${node.value}`, "?>");
    else if (this.#method.comments) this.parts.push("<!--", node.value, "-->");
  }

  /** Keeps those that the output does not say yet, in canonical order, and says them. */
  #bind(wanted: Iterable<readonly [prefix: string, namespace: string]>): (readonly [string, string])[] {
    const fresh = [...wanted].filter(
      ([prefix, namespace]) => prefix !== "xml" && (this.#rendered.get(prefix) ?? "") !== namespace,
    );
    for (const [prefix, namespace] of fresh) {
      this.#rendered.bind(prefix, namespace);
      this.#namespacesLength += namespace.length;
      checkLimit("canonicalNamespaces", this.#namespacesLength);
    }
    return fresh.length > 1 ? fresh.sort(([a], [b]) => compareCodePoints(a, b)) : fresh;
  }

  #namespaces(element: XmlElement): Iterable<readonly [string, string]> {
    if (this.#method.kind !== "exclusive") return element.declarations;
    return this.#visiblyUsed(element, element.declarations);
  }

  /** By the element's own name and by its attributes' names; and those of `inScope` that are to be treated as inclusive. */
  #visiblyUsed(element: XmlElement, inScope: ReadonlyMap<string, string>): Map<string, string> {
    const used = new Map([[element.prefix, element.namespace]]);
    for (const { prefix, namespace } of element.attributes) if (prefix !== "") used.set(prefix, namespace);
    const { inclusivePrefixes } = this.#method;
    if (inclusivePrefixes)
      for (const [prefix, namespace] of inScope) if (inclusivePrefixes.has(prefix)) used.set(prefix, namespace);
    return used;
  }

  #apexNamespaces(element: XmlElement): Iterable<readonly [string, string]> {
    const { kind, inclusivePrefixes } = this.#method;
    if (kind === "exclusive" && !inclusivePrefixes) return this.#namespaces(element);
    const inScope = new Map<string, string>();
    for (let at: XmlElement | undefined = element; at; at = at.parent)
      for (const [prefix, namespace] of at.declarations) if (!inScope.has(prefix)) inScope.set(prefix, namespace);
    return kind === "exclusive" ? this.#visiblyUsed(element, inScope) : inScope;
  }

  /** The `xml:` attributes that an element takes over from its ancestors: all of them in 1.0, `lang` and `space` in 1.1, none in exclusive. */
  #inherited(element: XmlElement): XmlAttribute[] {
    const { kind } = this.#method;
    if (kind === "exclusive") return [];
    const own = new Set(element.attributes.map(({ name }) => name));
    const found: XmlAttribute[] = [];
    for (let at = element.parent; at; at = at.parent)
      for (const attribute of at.attributes) {
        const { name, namespace } = attribute;
        if (namespace !== XML_NAMESPACE || own.has(name)) continue;
        if (kind === "inclusive-1.1" && name !== "xml:lang" && name !== "xml:space") continue;
        own.add(name);
        found.push(attribute);
      }
    return found;
  }
}

function compareAttributes(a: XmlAttribute, b: XmlAttribute): number {
  return compareCodePoints(a.namespace, b.namespace) || compareCodePoints(a.localName, b.localName);
}

const IN_CONTENT: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;" };
const IN_VALUE: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

const contentText = (text: string): string => text.replaceAll(/[&<>\r]/g, (character) => IN_CONTENT[character] ?? "");

/** An attribute's value between double quotes, escaped as Canonical XML 1.0, 2.3 says. */
export const attributeText = (text: string): string =>
  text.replaceAll(/[&<"\t\n\r]/g, (character) => IN_VALUE[character] ?? "");
