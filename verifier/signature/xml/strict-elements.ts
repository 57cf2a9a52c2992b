import { refuseUnless, Refusal } from "../../verdict/failure.ts";
import type { FailureCode } from "../../verdict/failure-codes.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";

/** The namespace of XML Signature (1.0, and what 1.1 kept in it). */
export const DSIG = "http://www.w3.org/2000/09/xmldsig#";
/** The namespace of what XML Signature 1.1 added. */
export const DSIG_1_1 = "http://www.w3.org/2009/xmldsig11#";

/** Whether the element has this name in this namespace, whatever its prefix is. */
export const isNamed = (element: XmlElement, localName: string, namespace = DSIG): boolean =>
  element.localName === localName && element.namespace === namespace;

/**
 * The elements inside of one whose content is elements only, taken one after the other, as its schema says. Everything throws `file-broken` where the
 * next one is not what the schema says; comments and instructions between them are refused as well, because nobody writes them and programs differ.
 */
export class ChildElements {
  readonly #elements: readonly XmlElement[];
  readonly #parent: XmlElement;
  #at = 0;

  constructor(parent: XmlElement) {
    this.#parent = parent;
    this.#elements = parent.children.flatMap((node) => {
      if (node.kind === "element") return [node];
      const space = node.kind === "text" && /^[ \t\r\n]*$/.test(node.value);
      refuseUnless(space, "file-broken", `${parent.localName} with something between its elements`);
      return [];
    });
  }

  /** The next element if it has this name. */
  optional(localName: string, namespace = DSIG): XmlElement | undefined {
    const element = this.#elements[this.#at];
    if (!element || !isNamed(element, localName, namespace)) return undefined;
    this.#at += 1;
    return element;
  }

  /** The next element, which has this name. */
  next(localName: string, namespace = DSIG): XmlElement {
    const element = this.optional(localName, namespace);
    if (!element) throw new Refusal("file-broken", `${this.#parent.localName} without ${localName} in its place`);
    return element;
  }

  /** The next elements as long as they have this name. */
  all(localName: string, namespace = DSIG): XmlElement[] {
    const found: XmlElement[] = [];
    for (let one = this.optional(localName, namespace); one; one = this.optional(localName, namespace)) found.push(one);
    return found;
  }

  /** All that are left. */
  rest(): readonly XmlElement[] {
    const left = this.#elements.slice(this.#at);
    this.#at = this.#elements.length;
    return left;
  }

  /** Nothing may follow. */
  end(): void {
    refuseUnless(this.#at === this.#elements.length, "file-broken", `more in ${this.#parent.localName} than expected`);
  }
}

/** The values of attributes that may be there; throws `file-broken` for every other one, also for one of the same name with a prefix. */
export function attributesOf<Name extends string>(
  { localName, attributes }: XmlElement,
  ...allowed: readonly Name[]
): Readonly<Partial<Record<Name, string>>> {
  const found: Partial<Record<Name, string>> = {};
  for (const { name, value } of attributes) {
    const own = allowed.find((one) => one === name);
    if (own === undefined) throw new Refusal("file-broken", `an attribute of ${localName} that is not its own`);
    found[own] = value;
  }
  return found;
}

/** The text of an element with text only: a comment in the midst, at which careless programs end, is refused (`file-ambiguous`). */
export function textOf({ localName, children }: XmlElement): string {
  return children
    .map((node) => {
      if (node.kind !== "text") throw new Refusal("file-ambiguous", `${localName} with more than text`);
      return node.value;
    })
    .join("");
}

/** The octets of base64 text (RFC 4648, 4; white space does not count). Throws `code` where it is anything else. */
export function base64Octets(text: string, code: FailureCode, what: string): Uint8Array<ArrayBuffer> {
  const compact = text.replaceAll(/[ \t\r\n]+/g, "");
  const octets = Buffer.from(compact, "base64");
  // node reads anything: what it would write itself is the only form that is taken
  refuseUnless(octets.toString("base64") === compact, code, `${what} that is not base64`);
  return new Uint8Array(octets);
}

/** {@link base64Octets} of an element's text, at least one octet. */
export function octetsOf(element: XmlElement, code: FailureCode = "file-broken"): Uint8Array<ArrayBuffer> {
  const octets = base64Octets(textOf(element), code, element.localName);
  refuseUnless(octets.length > 0, code, `${element.localName} is empty`);
  return octets;
}

/** The `Algorithm` of a method element, whose only attribute it is. */
export function algorithmOf(element: XmlElement): string {
  const { Algorithm } = attributesOf(element, "Algorithm");
  if (Algorithm === undefined) throw new Refusal("file-broken", `${element.localName} without Algorithm`);
  return Algorithm;
}
