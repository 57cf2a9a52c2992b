import type { PrefixScope } from "./prefix-scope.ts";
import { checkLimit } from "./xml-limits.ts";
import type { XmlScanner } from "./xml-scanner.ts";
import type { XmlAttribute, XmlElement } from "./xml-tree.ts";

/** Bound to `xml` in every document. */
export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const NO_DECLARATIONS: ReadonlyMap<string, string> = new Map();
const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

/** What an element's start tag says. */
export type StartTag = Pick<
  XmlElement,
  "name" | "prefix" | "localName" | "namespace" | "attributes" | "declarations" | "selfClosing"
>;

/**
 * Reads a start tag or an empty-element tag behind its `<` (XML 1.0, 3.1), and binds what it declares in `scope` (Namespaces in XML 1.0):
 * the caller releases `declarations` at the element's end.
 */
export function readStartTag(scanner: XmlScanner, scope: PrefixScope): StartTag {
  const start = scanner.at;
  const name = scanner.name();
  const written = readAttributes(scanner);
  const selfClosing = scanner.sees("/>");
  scanner.expect(selfClosing ? "/>" : ">");

  const resolve = (prefix: string): string =>
    prefix === "xml" ? XML_NAMESPACE : scope.get(prefix) || scanner.fail(`the prefix ${prefix} is not declared`, start);
  const [prefix, localName] = splitName(name);
  const elementNamespace = (): string => (prefix === "" ? (scope.get("") ?? "") : resolve(prefix));
  // most elements have none: nothing is made for them
  if (written.size === 0) {
    const namespace = elementNamespace();
    return { name, prefix, localName, namespace, attributes: [], declarations: NO_DECLARATIONS, selfClosing };
  }

  const declarations = new Map<string, string>();
  const others: [name: string, value: string][] = [];
  for (const [attribute, value] of written) {
    if (attribute === "xmlns") declarations.set("", value);
    else if (attribute.startsWith("xmlns:")) declarations.set(attribute.slice(6), value);
    else others.push([attribute, value]);
  }
  for (const [prefix, namespace] of declarations) {
    checkDeclaration(scanner, prefix, namespace, start);
    scope.bind(prefix, namespace);
  }

  const attributes = others.map(([attribute, value]): XmlAttribute => {
    const [own, local] = splitName(attribute);
    // an attribute without a prefix is in no namespace, whatever the default is
    return { name: attribute, prefix: own, localName: local, namespace: own === "" ? "" : resolve(own), value };
  });
  if (
    attributes.length > 1 &&
    new Set(attributes.map((one) => `${one.localName} ${one.namespace}`)).size < attributes.length
  )
    scanner.fail("the same attribute twice, under two prefixes", start);
  return { name, prefix, localName, namespace: elementNamespace(), attributes, declarations, selfClosing };
}

function readAttributes(scanner: XmlScanner): ReadonlyMap<string, string> {
  if (scanner.sees(">")) return NO_DECLARATIONS;
  const written = new Map<string, string>();
  while (scanner.skipSpace() && !scanner.sees(">") && !scanner.sees("/")) {
    const at = scanner.at;
    const name = scanner.name();
    if (written.has(name)) scanner.fail("the same attribute twice", at);
    scanner.skipSpace();
    scanner.expect("=");
    scanner.skipSpace();
    written.set(name, scanner.attributeValue());
    checkLimit("attributes", written.size);
  }
  return written;
}

/** Namespaces in XML 1.0, section 3 and the constraint "No Prefix Undeclaring". */
function checkDeclaration(scanner: XmlScanner, prefix: string, namespace: string, start: number): void {
  const wrong =
    prefix === "xmlns" ||
    namespace === XMLNS_NAMESPACE ||
    (prefix === "xml") !== (namespace === XML_NAMESPACE) ||
    (prefix !== "" && namespace === "");
  if (wrong) scanner.fail(`the prefix ${prefix} can't stand for ${namespace}`, start);
}

function splitName(name: string): [prefix: string, localName: string] {
  const colon = name.indexOf(":");
  return colon < 0 ? ["", name] : [name.slice(0, colon), name.slice(colon + 1)];
}
