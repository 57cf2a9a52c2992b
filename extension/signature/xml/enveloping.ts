import { encodeBase64 } from "../../../shared/encoding/base64.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import { sha256 } from "../sha256.ts";
import type { OpenedDocument, SignatureSource } from "../signature-builder.ts";
import { canonicalize, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import { checkCanonical } from "./canonicalization-choice.ts";
import { ownDocument } from "./detached.ts";
import { elementsOf, freeId } from "../../../formats/xml/element-ids.ts";
import { prepareXmlSignature } from "./prepare-xml-signature.ts";
import { fileReferences } from "./reference-names.ts";
import { BASE64, SignatureMarkup } from "./signature-markup.ts";
import { parseInside, parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlDocument } from "../../../formats/xml/xml-tree.ts";

/**
 * A signature with the document inside: XML as XML (the root with the comments and instructions around it), digested where it stands; anything
 * else as base64. `a.txt` becomes `a.txt.xml`.
 */
export async function openEnveloping(
  source: SignatureSource,
  bytes: Bytes,
  type: string,
  canonicalization: Canonicalization,
): Promise<OpenedDocument> {
  const isXml = /^(?:text|application)\/xml$|\+xml$/i.test((type.split(";")[0] ?? "").trim());
  const held = isXml ? await holdXml(bytes, canonicalization) : holdOctets(bytes, type, source.file.digest);
  const document = { uri: `#${held.id}`, transforms: held.transforms, digest: held.digest, mimeType: type };
  const plan = ownDocument(source, {
    canonicalization,
    references: [document, ...fileReferences(source.references)],
    object: held.object,
    id: held.signatureId,
  });
  return { prepare: (signer) => prepareXmlSignature(plan, signer) };
}

interface HeldDocument {
  readonly id: string;
  /** Free for the Signature. */
  readonly signatureId: string;
  readonly object: string;
  readonly transforms: readonly string[];
  readonly digest: Bytes;
}

const markup = new SignatureMarkup("ds");

function holdOctets(bytes: Bytes, type: string, digest: Bytes): HeldDocument {
  const id = "document";
  const object = markup.element("Object", { Id: id, MimeType: type, Encoding: BASE64 }, encodeBase64(bytes));
  return { id, signatureId: "signature-1", object, transforms: [BASE64], digest };
}

async function holdXml(bytes: Bytes, canonicalization: Canonicalization): Promise<HeldDocument> {
  const document = parseXml(bytes);
  checkCanonical(document.root, [], canonicalization.kind);
  const id = freeId(document, "document");
  const object = markup.element("Object", { Id: id }, contentOf(document));
  const [, inPlace] = elementsOf(parseInside(markup.signature(undefined, object), undefined));
  if (!inPlace) throw new RangeError("no Object");
  const digest = await sha256(canonicalize(inPlace, { ...canonicalization, comments: false }));
  return { id, signatureId: freeId(document, "signature"), object, transforms: [canonicalization.uri], digest };
}

/** The document's text without XML declaration and without the white space around. */
function contentOf({ text, children }: XmlDocument): string {
  return text.slice(children[0]?.start, children.at(-1)?.end);
}
