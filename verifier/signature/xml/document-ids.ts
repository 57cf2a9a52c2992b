import { elementsById, elementsOf } from "../../../formats/xml/element-ids.ts";
import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";
import { refuseUnless } from "../../verdict/failure.ts";

/**
 * Which element an ID names. Without a document type every program has its own list of attributes that are IDs, so one value at two elements is refused
 * wherever it stands in the document and under whichever of these names: one program would take one element, the next the other.
 */
export class DocumentIds {
  readonly #elements: ReadonlyMap<string, ReadonlySet<XmlElement>>;
  /** Attributes that somebody may take for an ID although we don't: `wsu:Id`, `iD`. */
  readonly #lookAlikes = new Map<string, Set<XmlElement>>();

  /** Throws `file-ambiguous` where two elements have one ID. */
  constructor(document: XmlDocument) {
    this.#elements = elementsById(document);
    for (const { size } of this.#elements.values())
      refuseUnless(size === 1, "file-ambiguous", "two elements with the same ID");
    for (const element of elementsOf(document.root))
      for (const { localName, value } of element.attributes)
        if (/^id$/i.test(localName))
          this.#lookAlikes.set(value, (this.#lookAlikes.get(value) ?? new Set()).add(element));
  }

  /** The element with this ID, exactly as it is written. Throws `file-ambiguous` where another one could be meant. */
  find(id: string): XmlElement | undefined {
    const [element] = this.#elements.get(id) ?? [];
    if (element)
      refuseUnless(this.#lookAlikes.get(id)?.size === 1, "file-ambiguous", "another element with what may be the ID");
    return element;
  }

  /**
   * The element that a fragment names: as it is written, as XML Signature and nearly everybody has it, or percent-decoded once, as e-Gov has it. Throws
   * `file-ambiguous` where these are two elements.
   */
  named(fragment: string): XmlElement | undefined {
    const written = this.find(fragment);
    const decoded = percentDecoded(fragment);
    if (decoded === undefined || decoded === fragment) return written;
    const other = this.find(decoded);
    refuseUnless(!written || !other || written === other, "file-ambiguous", "an ID that is another one when decoded");
    return written ?? other;
  }
}

/** Percent-decoded once, as UTF-8; `undefined` where that is not possible. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
