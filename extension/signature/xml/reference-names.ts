import { DocumentFault } from "../../../formats/document-fault.ts";
import type { SourceFile } from "../signature-builder.ts";
import type { PlannedReference } from "./prepare-xml-signature.ts";

/**
 * References to files outside of the signature: by name, percent-encoded as UTF-8 (RFC 3986, 2.5), over the octets as they are. Throws
 * `DocumentFault` (`document-unsupported`) for a name that could mean a path, and for one name twice.
 */
export function fileReferences(files: readonly SourceFile[]): PlannedReference[] {
  const names = new Set(files.map(({ name }) => name));
  if (names.size < files.length) throw new DocumentFault("document-unsupported", "two files of one name");
  return files.map(({ name, type, digest }) => ({ uri: fileUri(name), transforms: [], digest, mimeType: type }));
}

function fileUri(name: string): string {
  // a verifier decodes %2F too, and the dots of a path are dots however they are written
  if (!name.isWellFormed() || /^\.{0,2}$|[/\\\0-\x1f\x7f]/.test(name))
    throw new DocumentFault("document-unsupported", "a file name that no reference can hold");
  return encodeURIComponent(name);
}
