import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import { referenceTarget, type ReferenceTarget } from "./reference-target.ts";
import type { SignatureScope } from "./signature-scope.ts";
import { readReferences, type XmlReference } from "./signed-info.ts";
import { attributesOf, ChildElements, DSIG, isNamed } from "./strict-elements.ts";
import type { XmlSignature } from "./xml-signature.ts";

/** A Reference of which the digest is right. */
export interface VerifiedReference {
  readonly reference: XmlReference;
  readonly target: ReferenceTarget;
  /** What was digested; `undefined` where only its digest was given. */
  readonly octets: Uint8Array | undefined;
}

/**
 * Holds all References of a signature to what they lead to, and those of the Manifests that it signs as well: to XML Signature it is the application that
 * decides about these, and ours decides that all of them count. Throws what `referenceTarget` and `ReferenceDigests` throw, and `file-unsupported` for a
 * Manifest of Manifests.
 */
export function verifyReferences({ element, signedInfo }: XmlSignature, scope: SignatureScope): VerifiedReference[] {
  const direct = verifyAll(signedInfo.references, element, scope);
  const indirect = manifestsOf(direct).flatMap((manifest) => {
    attributesOf(manifest, "Id");
    return verifyAll(readReferences(new ChildElements(manifest)), element, scope);
  });
  refuseUnless(manifestsOf(indirect).length === 0, "file-unsupported", "a Manifest of Manifests");
  return [...direct, ...indirect];
}

function verifyAll(
  references: readonly XmlReference[],
  signature: XmlElement,
  scope: SignatureScope,
): VerifiedReference[] {
  scope.countReferences(references.length);
  return references.map((reference) => {
    const target = referenceTarget(reference.uri, scope.document, scope.ids, scope.files);
    return { reference, target, octets: scope.digests.verify(reference, target, signature) };
  });
}

/** The Manifests that References lead to, or that stand in Objects that they lead to; each once. */
function manifestsOf(references: readonly VerifiedReference[]): XmlElement[] {
  const elements = new Set<XmlElement>();
  for (const { reference, target } of references) {
    const element = target.kind === "node" && "parent" in target.node ? target.node : undefined;
    const stated = reference.type === `${DSIG}Manifest`;
    const sound = !stated || (element && isNamed(element, "Manifest"));
    refuseUnless(sound === true, "file-ambiguous", "a Manifest that is none");
    if (element) elements.add(element);
  }
  const inside = [...elements].flatMap((element) => {
    const held = isNamed(element, "Object") ? element.children : [];
    return held.filter((child) => child.kind === "element");
  });
  return [...new Set([...elements, ...inside])].filter((element) => isNamed(element, "Manifest"));
}
