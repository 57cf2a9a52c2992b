import { refuseUnless } from "../../verdict/failure.ts";
import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";

/** What a file with XML signatures may be at most; `XML_LIMITS` holds besides. */
export const XML_SIGNATURE_LIMITS = {
  /** Of the file: as much as the signer holds of a document (`shownDocumentBytes`) as base64, and room for the signature. */
  octets: 96 * 1024 * 1024,
  /** Signatures of one file. */
  signatures: 100,
  /** References of all signatures of one file, those of manifests included. */
  references: 1_000,
  /** Transforms of one Reference. */
  transforms: 5,
  /** In one KeyInfo. */
  certificates: 16,
  /** On one signature. */
  timestamps: 16,
} as const;

/** Throws `too-large` where there is more of something than {@link XML_SIGNATURE_LIMITS} allows. */
export function limitXml(limit: keyof typeof XML_SIGNATURE_LIMITS, value: number): void {
  refuseUnless(value <= XML_SIGNATURE_LIMITS[limit], "too-large", `more than ${XML_SIGNATURE_LIMITS[limit]} ${limit}`);
}

/**
 * How much may be canonicalised for one file and those beside it: a document is digested as a whole, in parts and by several signers, but a small file can't ask for
 * the same big element from each of its ancestors and get hours of work.
 */
export class XmlWorkBudget {
  #left: number;

  /** `octets` of the file and of those beside it. */
  constructor(octets: number) {
    this.#left = 8 * 1024 * 1024 + 8 * octets;
  }

  /** Takes octets (or as much work) off. Throws `too-large` where nothing is left. */
  spend(octets: number): void {
    this.#left -= octets;
    refuseUnless(this.#left >= 0, "too-large", "too much to canonicalise");
  }

  /** What one canonical form costs before it is made: to walk the tree and, for a part, to look at all that is declared around it. */
  spendOn(node: XmlDocument | XmlElement): void {
    if ("root" in node) {
      this.spend(node.text.length);
      return;
    }
    this.spend(node.end - node.start);
    for (let at = node.parent; at; at = at.parent) this.spend(16 * (1 + at.declarations.size + at.attributes.length));
  }
}
