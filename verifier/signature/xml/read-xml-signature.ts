import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import type { FoundSignature, ReaderOptions, RefusedSignature, VerifiedFormat } from "../found-signature.ts";
import { asRefusal } from "./as-refusal.ts";
import { readKeyInfo } from "./key-info.ts";
import { qualifyingProperties, SIGNED_PROPERTIES_TYPE, type QualifyingProperties } from "./qualifying-properties.ts";
import { referenceTarget } from "./reference-target.ts";
import { signatureCoverage } from "./signature-coverage.ts";
import type { SignatureScope } from "./signature-scope.ts";
import { signatureTimestamps } from "./signature-timestamps.ts";
import { readSignedProperties, type SignedProperties } from "./signed-properties.ts";
import { signerCertificate } from "./signer-certificate.ts";
import { verifyReferences } from "./verified-references.ts";
import { readSignature, type XmlSignature } from "./xml-signature.ts";

/** Reads one signature of a document, and says so where it can't hold. Throws nothing. */
export function readXmlSignature(
  element: XmlElement,
  scope: SignatureScope,
  { content, parts }: ReaderOptions,
): FoundSignature | RefusedSignature {
  const label = labelOf(element, scope);
  let check: RefusedSignature["check"] = "form";
  let format: VerifiedFormat = "xmldsig";
  let properties: SignedProperties | undefined;
  try {
    const signature = readSignature(element);
    const qualifying = signedQualifyingProperties(signature, scope);
    if (qualifying) format = "xades";
    properties = qualifying && readSignedProperties(qualifying.signed);
    const certificate = signerCertificate(readKeyInfo(signature.keyInfo), properties?.namesSigner);
    const { canonicalization, algorithm } = signature.signedInfo;
    const signed = scope.digests.canonical(signature.signedInfo.element, canonicalization);
    const timestamps = signatureTimestamps(qualifying?.unsigned, signature.signatureValue, scope.digests);
    check = "content";
    const references = verifyReferences(signature, scope);
    const beside = references.some(({ target }) => target.kind === "file");
    refuseUnless(beside || content === undefined, "content-unexpected", "no reference to anything beside the document");
    check = "coverage";
    const coverage = signatureCoverage({ signature, references, qualifying }, scope, parts);
    const claimedTime = properties?.claimedTime;
    return { format, certificate, algorithm, signed, value: signature.value, claimedTime, coverage, timestamps, label };
  } catch (fault) {
    const claimedTime = properties?.claimedTime;
    return { refusal: asRefusal(fault), label, check, format, ...(claimedTime && { claimedTime }) };
  }
}

/** The Id, or else the path; short, and without what changes how a line of a log is shown. */
function labelOf(element: XmlElement, { paths }: SignatureScope): string {
  const id = element.attributes.find(({ name }) => name === "Id")?.value;
  return (id ?? paths.of(element)).slice(0, 200).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "\uFFFD");
}

/**
 * The QualifyingProperties whose signed ones a Reference says that it signs (ETSI EN 319 132-1, 4.4.2). Without such a Reference nothing of them is believed; that
 * it leads elsewhere is `file-ambiguous`, that it leads to nothing of the kind `signed-attributes-missing`.
 */
function signedQualifyingProperties(
  { id, objects, signedInfo }: XmlSignature,
  { document, ids, files }: SignatureScope,
): QualifyingProperties | undefined {
  const qualifying = qualifyingProperties(objects, id);
  const [reference, ...others] = signedInfo.references.filter(({ type }) => type === SIGNED_PROPERTIES_TYPE);
  if (!reference) return undefined;
  refuseUnless(others.length === 0, "file-ambiguous", "several references to signed properties");
  if (!qualifying)
    throw new Refusal("signed-attributes-missing", "a reference to signed properties that are not there");
  const { uri, enveloped, octetsBy } = reference;
  const target = uri?.startsWith("#") === true ? referenceTarget(uri, document, ids, files) : undefined;
  const own = target?.kind === "node" && target.node === qualifying.signed && !enveloped && octetsBy !== "base64";
  refuseUnless(own, "file-ambiguous", "a reference to other signed properties than those of the signature");
  return qualifying;
}
