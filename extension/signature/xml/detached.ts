import type { OpenedDocument, SignatureSource } from "../signature-builder.ts";
import type { Canonicalization } from "../../../formats/xml/canonicalization.ts";
import { prepareXmlSignature, type SignaturePlan } from "./prepare-xml-signature.ts";
import { fileReferences } from "./reference-names.ts";

/** A signature that names the document by a relative, percent-encoded reference and covers its octets; `a.txt` becomes `a.txt.xml`. */
export function openDetached(source: SignatureSource, canonicalization: Canonicalization): OpenedDocument {
  const references = fileReferences([source.file, ...source.references]);
  const plan = ownDocument(source, { canonicalization, references, object: "", id: "signature-1" });
  return { prepare: (signer) => prepareXmlSignature(plan, signer) };
}

/**
 * The plan of a Signature that is a document of its own, in UTF-8. Its name is the document's with `.xml` behind it, so that the name
 * that the reference asks for can still be read from it. `id` is that of the Signature, where it needs one.
 */
export function ownDocument(
  { file, format }: SignatureSource,
  { id, ...parts }: Pick<SignaturePlan, "canonicalization" | "references" | "object"> & { readonly id: string },
): SignaturePlan {
  const xades = format === "xades";
  return {
    ...parts,
    prefix: "ds",
    id: () => (xades ? id : undefined),
    xades,
    parent: undefined,
    place: (signature) => ({
      file: new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${signature}\n`),
      type: "application/xml",
      name: `${file.name}.xml`,
    }),
  };
}
