import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";
import { Refusal } from "../../verdict/failure.ts";
import { percentDecoded, type DocumentIds } from "./document-ids.ts";
import type { ExternalFile, ExternalFiles } from "./external-files.ts";

/** What a Reference leads to. */
export type ReferenceTarget =
  | {
      readonly kind: "node";
      readonly node: XmlDocument | XmlElement;
      /** An XPointer selects comments, `""` and `#id` don't (XML Signature 1.1, 4.4.3.3). */
      readonly comments: boolean;
    }
  | { readonly kind: "file"; readonly file: ExternalFile };

const XPOINTER_ID = /^xpointer\(id\((["'])([^"'()]+)\1\)\)$/;

/**
 * Where the URI of a Reference leads (XML Signature 1.1, 4.4.3.1 to 4.4.3.3): `""`, `#id`, `#xpointer(/)`, `#xpointer(id('id'))`, the name of a file that
 * the caller gave; nothing is ever fetched. Throws `reference-unresolved`, `file-ambiguous`, `content-missing`, and `file-unsupported` for another XPointer.
 */
export function referenceTarget(
  uri: string | undefined,
  document: XmlDocument,
  ids: DocumentIds,
  files: ExternalFiles,
): ReferenceTarget {
  if (uri === "") return { kind: "node", node: document, comments: false };
  if (!uri?.startsWith("#")) return { kind: "file", file: files.find(uri) };
  const fragment = uri.slice(1);
  if (!/[()]/.test(fragment)) return element(ids.named(fragment), false);
  // programs encode the quotes, or the whole pointer
  for (const pointer of [fragment, percentDecoded(fragment) ?? ""]) {
    if (pointer === "xpointer(/)") return { kind: "node", node: document, comments: true };
    const id = XPOINTER_ID.exec(pointer)?.[2];
    if (id !== undefined) return element(ids.named(id), true);
  }
  throw new Refusal("file-unsupported", "an unknown XPointer");
}

function element(node: XmlElement | undefined, comments: boolean): ReferenceTarget {
  if (!node) throw new Refusal("reference-unresolved", "a reference to an ID that no element has");
  return { kind: "node", node, comments };
}

/** Whether `inner` is `outer` or stands in it; everything stands in a document. */
export function isInside(inner: XmlElement, outer: XmlDocument | XmlElement): boolean {
  if ("root" in outer) return true;
  for (let at: XmlElement | undefined = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}
