import type { XmlDocument } from "../../../formats/xml/xml-tree.ts";
import type { ReaderOptions } from "../found-signature.ts";
import { requireAbsoluteNamespaces } from "./absolute-namespaces.ts";
import { DocumentIds } from "./document-ids.ts";
import { ElementPaths } from "./element-paths.ts";
import { ExternalFiles } from "./external-files.ts";
import { ReferenceDigests } from "./reference-digests.ts";
import { limitXml, XmlWorkBudget } from "./xml-work-budget.ts";

/** What all signatures of one file share: the document, what is beside it, and how much work may still be done. */
export class SignatureScope {
  readonly document: XmlDocument;
  readonly ids: DocumentIds;
  readonly paths = new ElementPaths();
  readonly files: ExternalFiles;
  readonly digests: ReferenceDigests;
  #references = 0;

  /** Throws `file-ambiguous` for IDs that are there twice, `file-unsupported` for relative namespace names. */
  constructor(document: XmlDocument, fileOctets: number, { content }: ReaderOptions) {
    requireAbsoluteNamespaces(document.root);
    this.document = document;
    this.ids = new DocumentIds(document);
    this.files = new ExternalFiles(content);
    this.digests = new ReferenceDigests(new XmlWorkBudget(fileOctets + this.files.octets));
  }

  /** Throws `too-large` where the file has too many References in all. */
  countReferences(more: number): void {
    this.#references += more;
    limitXml("references", this.#references);
  }
}
