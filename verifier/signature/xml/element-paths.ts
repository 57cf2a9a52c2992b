import type { XmlElement } from "../../../formats/xml/xml-tree.ts";

/** Says where elements stand, `/form[1]/answers[2]`: names as written, and the how-manieth of that name among its siblings. */
export class ElementPaths {
  /** Positions of all children of the parents that were asked for, so that many questions about one long list stay cheap. */
  readonly #positions = new Map<XmlElement, ReadonlyMap<XmlElement, number>>();

  /** The path of an element from the root. */
  of(element: XmlElement): string {
    const steps: string[] = [];
    for (let at: XmlElement | undefined = element; at; at = at.parent)
      steps.unshift(`/${at.name}[${at.parent ? (this.#positionsIn(at.parent).get(at) ?? 0) : 1}]`);
    return steps.join("");
  }

  #positionsIn(parent: XmlElement): ReadonlyMap<XmlElement, number> {
    const known = this.#positions.get(parent);
    if (known) return known;
    const counts = new Map<string, number>();
    const positions = new Map<XmlElement, number>();
    for (const node of parent.children) {
      if (node.kind !== "element") continue;
      const count = (counts.get(node.name) ?? 0) + 1;
      counts.set(node.name, count);
      positions.set(node, count);
    }
    this.#positions.set(parent, positions);
    return positions;
  }
}
