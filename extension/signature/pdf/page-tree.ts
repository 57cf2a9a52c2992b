import { broken, unsupported } from "../../../formats/pdf/pdf-fault.ts";
import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { PDF_LIMITS } from "../../../formats/pdf/pdf-limits.ts";
import {
  integerOf,
  isKind,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";

/** The attributes that a page may have from the nodes above it (ISO 32000-1, table 30). */
const INHERITED = ["MediaBox", "CropBox", "Rotate"] as const;

/** A page. */
export interface Page {
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
  /** Its boxes and rotation, its own or inherited. */
  readonly inherited: ReadonlyMap<string, PdfValue>;
}

/**
 * The page of that number, counted from 1. Throws `document-unsupported` when the document has fewer, `document-broken` when a node on the
 * way counts its pages wrongly: readers that trust the count would show another page.
 */
export async function findPage(document: PdfDocument, root: PdfValue | undefined, page: number): Promise<Page> {
  const walk = new PageWalk(document, page);
  const found = await walk.visit(root, new Map(), 0);
  if (typeof found === "number") throw unsupported(`the document has ${found} pages`);
  return found;
}

class PageWalk {
  private readonly document: PdfDocument;
  private readonly wanted: number;
  private readonly seen = new Set<number>();
  private passed = 0;

  constructor(document: PdfDocument, wanted: number) {
    this.document = document;
    this.wanted = wanted;
  }

  /** The page, or how many pages stand below this node. */
  async visit(node: PdfValue | undefined, above: ReadonlyMap<string, PdfValue>, depth: number): Promise<Page | number> {
    if (!isKind(node, "reference") || this.seen.has(node.number)) throw broken("the page tree is no tree");
    if (depth > PDF_LIMITS.treeDepth || this.seen.size > PDF_LIMITS.treeNodes)
      throw broken("the page tree is too large");
    this.seen.add(node.number);
    const dictionary = await this.document.dictionary(node, "a page");
    if (!dictionary) throw broken("a page is missing");
    const inherited = new Map(above);
    for (const key of INHERITED) {
      const own = dictionary.get(key);
      if (own !== undefined && own !== null) inherited.set(key, own);
    }
    const kids = await this.document.array(dictionary.get("Kids"), "/Kids");
    if (!kids) return this.leaf({ reference: node, dictionary, inherited });
    let pages = 0;
    for (const kid of kids) {
      const found = await this.visit(kid, inherited, depth + 1);
      if (typeof found !== "number") return found;
      pages += found;
    }
    if (integerOf(await this.document.resolve(dictionary.get("Count"))) !== pages)
      throw broken("the page tree counts its pages wrongly");
    return pages;
  }

  private leaf(page: Page): Page | number {
    if (nameOf(page.dictionary.get("Type")) === "Pages") throw broken("a page tree node has no /Kids");
    this.passed++;
    return this.passed === this.wanted ? page : 1;
  }
}
