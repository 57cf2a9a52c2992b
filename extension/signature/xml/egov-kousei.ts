import type { Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { sha256 } from "../sha256.ts";
import type { OpenedDocument, SignatureSource, Signer } from "../signature-builder.ts";
import { canonicalize } from "../../../formats/xml/canonicalization.ts";
import { CANONICAL_XML_1_0, checkCanonical, chooseCanonicalization } from "./canonicalization-choice.ts";
import { keepEarlierSignatures } from "./earlier-signatures.ts";
import { elementsById, targetElement } from "../../../formats/xml/element-ids.ts";
import { requireUnicode, spliceAt, spliceInto, type Splice } from "./octet-splice.ts";
import { prepareXmlSignature, type SignaturePlan } from "./prepare-xml-signature.ts";
import { fileReferences } from "./reference-names.ts";
import { parseInside, parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";

/** What is signed, where the signatures stand, and what comes behind them. */
const SIGNED = "構成情報";
const SIGNATURES = "署名情報";
const REST = "その他";

/**
 * The signature of e-Gov's `kousei.xml`: in `署名情報`, which stands between `構成情報` and `その他` and is made where it is missing; over `構成情報` by its ID
 * attribute (the fragment percent-encoded, Canonical XML 1.0) and over each form by its file name, octet for octet; in the default namespace, its ID the
 * time of day in Japan. Who signs second gets a Signature behind the first. The file keeps its name.
 *
 * The layout is taken from two open-source clients of e-Gov, whose server was never asked. The JDK verifies it with a dereferencer that decodes the fragment;
 * xmlsec1 finds both digests right once the fragment is written bare. Left to themselves, both look for an element with the encoded ID.
 */
export async function openKousei({ file, references, xml }: SignatureSource, bytes: Bytes): Promise<OpenedDocument> {
  if (xml?.target !== undefined || (xml?.canonicalization ?? CANONICAL_XML_1_0) !== CANONICAL_XML_1_0)
    throw new DocumentFault("document-unsupported", "the profile fixes target and canonicalisation");
  const canonicalization = chooseCanonicalization();
  const document = parseXml(bytes);
  const signed = targetElement(document, SIGNED);
  const place = signaturePlace(bytes, document, signed);
  keepEarlierSignatures(document, place.parent);
  checkCanonical(document.root, [], canonicalization.kind);
  const taken = elementsById(document);
  const part = {
    uri: `#${encodeURIComponent(SIGNED)}`,
    transforms: [canonicalization.uri],
    digest: await sha256(canonicalize(signed, canonicalization)),
    mimeType: file.type,
  };
  const plan: SignaturePlan = {
    prefix: "",
    id: ({ signingTime }: Signer) => timeId(signingTime, taken),
    xades: false,
    canonicalization,
    references: [part, ...fileReferences(references)],
    object: "",
    parent: place.parent,
    place: (signature) => ({ file: place.splice(signature), type: "application/xml", name: file.name }),
  };
  return {
    covered: { start: signed.start, end: signed.end },
    prepare: (signer) => prepareXmlSignature(plan, signer),
  };
}

/** The `署名情報` of the document, or a new one in front of `その他`. */
function signaturePlace(
  bytes: Bytes,
  document: XmlDocument,
  signed: XmlElement,
): { parent: XmlElement; splice: Splice } {
  requireUnicode(document);
  const siblings = signed.parent?.children.filter((node) => node.kind === "element") ?? [];
  const [next, afterNext] = siblings.slice(siblings.indexOf(signed) + 1);
  if (signed.name === SIGNED && signed.attributes.some(({ name, value }) => name === "ID" && value === SIGNED)) {
    if (next?.name === SIGNATURES && afterNext?.name === REST)
      return { parent: next, splice: spliceInto(bytes, document, next) };
    if (next?.name === REST) {
      const splice = spliceAt(bytes, document, next.start);
      return {
        parent: parseInside(`<${SIGNATURES}/>`, signed.parent),
        splice: (markup) => splice(`<${SIGNATURES}>${markup}</${SIGNATURES}>`),
      };
    }
  }
  throw new DocumentFault("document-unsupported", `not ${SIGNED} with its ID, ${SIGNATURES} or not, ${REST}`);
}

const JAPAN = 9 * 60 * 60 * 1000;

/** `yyyyMMddHHmmss` in Japan; a second later as long as somebody has it already. */
function timeId(time: Date, taken: ReadonlyMap<string, unknown>): string {
  for (let at = time.getTime() + JAPAN; ; at += 1000) {
    const id = new Date(at).toISOString().slice(0, 19).replaceAll(/\D/g, "");
    if (!taken.has(id)) return id;
  }
}
