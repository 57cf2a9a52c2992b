import { elementsOf } from "../../../formats/xml/element-ids.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import type { FoundSignature, ReaderOptions, RefusedSignature, SignatureReader } from "../found-signature.ts";
import { asRefusal } from "./as-refusal.ts";
import { readXmlSignature } from "./read-xml-signature.ts";
import { SignatureScope } from "./signature-scope.ts";
import { isNamed } from "./strict-elements.ts";
import { limitXml } from "./xml-work-budget.ts";

/**
 * Reads the XML signatures of a document (XML Signature 1.1; XAdES of EN 319 132-1 and TS 101 903 1.3.2). A Signature inside of another one is content or an unsigned
 * property of that one (a counter-signature), and not a signature of the file. For the rest see `SignatureReader`; what must be covered: `signatureCoverage`.
 */
export const readXml: SignatureReader = (file, options) =>
  new Promise((resolve) => {
    resolve(readSignatures(file, options));
  });

function readSignatures(file: Uint8Array, options: ReaderOptions): (FoundSignature | RefusedSignature)[] {
  limitXml("octets", file.length);
  try {
    const document = parseXml(file);
    const signatures = signaturesOf(document);
    refuseUnless(signatures.length > 0, "no-signature", "no Signature in the document");
    const scope = new SignatureScope(document, file.length, options);
    return signatures.map((element) => readXmlSignature(element, scope, options));
  } catch (fault) {
    throw asRefusal(fault);
  }
}

/** In document order; stops where there are too many. */
function signaturesOf(document: XmlDocument): XmlElement[] {
  const found: XmlElement[] = [];
  for (const element of elementsOf(document.root)) {
    if (!isNamed(element, "Signature") || isInSignature(element)) continue;
    found.push(element);
    limitXml("signatures", found.length);
  }
  return found;
}

function isInSignature({ parent }: XmlElement): boolean {
  for (let at = parent; at; at = at.parent) if (isNamed(at, "Signature")) return true;
  return false;
}
