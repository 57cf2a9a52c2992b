import { DocumentFault } from "../document-fault.ts";

/** What a document may be at most: far above any form, and no more than libxml2 and the JDK read by default. */
export const XML_LIMITS = {
  /** Elements within each other. */
  depth: 256,
  /** Elements, texts, comments, instructions and attributes together: some megabytes of the densest XML, read in a second or two. */
  nodes: 500_000,
  /** Attributes and namespace declarations of one element. */
  attributes: 512,
  /** Of an element, an attribute or an instruction, in UTF-16 units, with its prefix. */
  nameLength: 1_000,
  /**
   * Carriage returns of a document, and white space that an attribute's value makes spaces of: each costs a replacement, and a file of nothing else would
   * take gigabytes.
   */
  replacedCharacters: 4_000_000,
  /**
   * Namespace names in one canonical form, in UTF-16 units: the exclusive one repeats a name at every element that uses it, so that a long one
   * would make gigabytes of a small document.
   */
  canonicalNamespaces: 16_000_000,
} as const;

/** Throws `DocumentFault` (`document-unsupported`) when there is more of something than {@link XML_LIMITS} allows. */
export function checkLimit(limit: keyof typeof XML_LIMITS, value: number): void {
  if (value > XML_LIMITS[limit])
    throw new DocumentFault("document-unsupported", `XML with more than ${XML_LIMITS[limit]} ${limit}`);
}
