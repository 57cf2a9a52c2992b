/** One element of pdf.js's structure tree. */
export interface StructureNode {
  readonly role?: string;
  readonly alt?: string;
  readonly lang?: string;
  readonly children?: readonly (StructureNode | StructureContent)[];
}

/** The place of marked content in the tree. */
interface StructureContent {
  readonly type: string;
  readonly id?: string;
}

/** ISO 32000-2, 14.8.4, as ARIA has it. Other types are passed through to what they hold. */
const ROLES: Readonly<Record<string, string>> = {
  H: "heading",
  Title: "heading",
  P: "paragraph",
  L: "list",
  LI: "listitem",
  TOC: "list",
  TOCI: "listitem",
  Table: "table",
  THead: "rowgroup",
  TBody: "rowgroup",
  TFoot: "rowgroup",
  TR: "row",
  TH: "columnheader",
  TD: "cell",
  BlockQuote: "blockquote",
  Note: "note",
};

/** A page's tree has no more elements than this; the text of the rest comes after it. */
const MOST_NODES = 20_000;

/** A piece of a page's text as pdf.js gives it: text, or the beginning or end of marked content. */
export interface TextPiece {
  readonly str?: string;
  readonly hasEOL?: boolean;
  readonly type?: string;
  readonly id?: string | null;
}

/** The text of each marked content by its id; what is in none, or in one without an id, under `undefined`. */
export function markedTexts(pieces: readonly TextPiece[]): Map<string | undefined, string> {
  const texts = new Map<string | undefined, string>();
  const open: (string | undefined)[] = [];
  for (const { str, hasEOL, type, id } of pieces) {
    if (str !== undefined) {
      const at = open.findLast((one) => one !== undefined);
      texts.set(at, (texts.get(at) ?? "") + str + (hasEOL === true ? "\n" : ""));
    } else if (type === "endMarkedContent") open.pop();
    else open.push(id ?? undefined);
  }
  return texts;
}

/**
 * The structure that the file gives a page, for screen readers: headings, lists, tables and the words for pictures, in the order in which
 * the author wants them read. It holds the page's words themselves, each once, and after them those that have no place in the tree: the
 * author may order and describe, but not silence what the page shows. `undefined` for a page whose tree holds nothing.
 */
export function structureElement(tree: StructureNode, pieces: readonly TextPiece[]): HTMLElement | undefined {
  const texts = markedTexts(pieces);
  let nodes = 0;
  const build = (node: StructureNode | StructureContent): HTMLElement | string => {
    if (++nodes > MOST_NODES) return "";
    if ("type" in node) {
      const text = node.type === "content" ? texts.get(node.id) : undefined;
      if (node.id !== undefined) texts.delete(node.id);
      return text ?? "";
    }
    const element = document.createElement("span");
    element.append(...(node.children ?? []).map(build));
    const alt = node.alt?.trim() ?? "";
    const level = /^H([1-6])$/.exec(node.role ?? "")?.[1];
    const role = level === undefined ? ROLES[node.role ?? ""] : "heading";
    const isSilent = element.textContent.trim() === "";
    if (alt !== "") {
      element.setAttribute("aria-label", alt);
      // a picture's own words would not be read
      element.setAttribute("role", isSilent ? "img" : "group");
    } else if (isSilent && element.childElementCount === 0) return "";
    else if (role !== undefined) element.setAttribute("role", role);
    if (element.role === "heading") element.setAttribute("aria-level", level ?? "1");
    if (node.lang !== undefined && /^[\w-]{1,35}$/.test(node.lang)) element.lang = node.lang;
    return element;
  };
  const built = build(tree);
  if (typeof built === "string") return undefined;
  const rest = [...texts.values()].filter((text) => text.trim() !== "");
  if (rest.length > 0) built.appendChild(document.createElement("span")).textContent = rest.join("\n");
  return built;
}
