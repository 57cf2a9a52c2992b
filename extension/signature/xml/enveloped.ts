import type { Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { sha256 } from "../sha256.ts";
import type { OpenedDocument, SignatureSource } from "../signature-builder.ts";
import { canonicalize, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import { checkCanonical } from "./canonicalization-choice.ts";
import { keepEarlierSignatures } from "./earlier-signatures.ts";
import { freeId, targetElement } from "../../../formats/xml/element-ids.ts";
import { spliceInto } from "./octet-splice.ts";
import { prepareXmlSignature, type PlannedReference } from "./prepare-xml-signature.ts";
import { fileReferences } from "./reference-names.ts";
import { DSIG, ENVELOPED_SIGNATURE } from "./signature-markup.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";

/**
 * A signature as the last child of the document's root, over the whole document (`URI=""`) or over the element with the ID `xml.target`
 * (`URI="#…"`, not percent-encoded: xmlsec1 and the JDK look for it as it is written). `a.xml` becomes `a.signed.xml`. Several people sign
 * in turn by targets; see `keepEarlierSignatures` for what is refused.
 */
export async function openEnveloped(
  { file, format, references, xml }: SignatureSource,
  bytes: Bytes,
  canonicalization: Canonicalization,
): Promise<OpenedDocument> {
  const document = parseXml(bytes);
  const { root } = document;
  if (root.namespace === DSIG) throw new DocumentFault("document-unsupported", "a signature inside a signature");
  const target = xml?.target === undefined ? undefined : targetElement(document, xml.target);
  keepEarlierSignatures(document, root);
  checkCanonical(root, [target?.parent, root], canonicalization.kind);
  // nothing of the signature is there yet: what the enveloped-signature transform will take out again
  const inside = target === undefined || target === root;
  const covered: PlannedReference = {
    uri: xml?.target === undefined ? "" : `#${xml.target}`,
    transforms: [...(inside ? [ENVELOPED_SIGNATURE] : []), canonicalization.uri],
    digest: await sha256(canonicalize(target ?? document, { ...canonicalization, comments: false })),
    mimeType: file.type,
  };
  const xades = format === "xades";
  const id = xades ? freeId(document, "signature") : undefined;
  const splice = spliceInto(bytes, document, root);
  const plan = {
    prefix: "ds",
    id: () => id,
    xades,
    canonicalization,
    references: [covered, ...fileReferences(references)],
    object: "",
    parent: root,
    place: (signature: string) => ({
      file: splice(signature),
      type: "application/xml",
      name: `${file.name.replace(/\.xml$/i, "")}.signed.xml`,
    }),
  } as const;
  return {
    covered: target && { start: target.start, end: target.end },
    prepare: (signer) => prepareXmlSignature(plan, signer),
  };
}
