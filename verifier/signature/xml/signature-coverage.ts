import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { refuseUnless, Refusal } from "../../verdict/failure.ts";
import type { Coverage, CoveredPart } from "../found-signature.ts";
import { holdOnlyProperties, type QualifyingProperties } from "./qualifying-properties.ts";
import type { SignatureScope } from "./signature-scope.ts";
import { isNamed } from "./strict-elements.ts";
import type { VerifiedReference } from "./verified-references.ts";
import type { XmlSignature } from "./xml-signature.ts";

/** What is looked at to say what a signature covers. */
export interface SignedParts {
  readonly signature: XmlSignature;
  readonly references: readonly VerifiedReference[];
  /** Only where the signature signs them. */
  readonly qualifying: QualifyingProperties | undefined;
}

/**
 * What a signature covers, and that it is enough: a valid signature says nothing of what stands around what it is over, and moving that is the oldest trick
 * against XML signatures. One of these holds, or it is refused as `not-wholly-signed`:
 *
 * - The document as such, or its root, is signed (less this very signature; what else stands outside of the root is white space and comments).
 * - The Signature is the root, and signs something: what is in its Objects, and files.
 * - The caller named `parts` by their IDs: each is signed as the very element that has the ID, and does not stand inside of a Signature (but this one, as the root).
 *
 * And in each case: every Object of the signature that holds anything is signed too (of QualifyingProperties the signed ones; the
 * others hold nothing but what XAdES and XML Signature define), and every file that the caller gave.
 * Comments are covered only by an XPointer with a canonicalisation that keeps them: they say nothing, and the octets of the parts hold none that is not covered.
 * The exclusive canonicalisation leaves out declarations of prefixes that only values use (`xsi:type="p:t"`), so these can be changed: again, read the octets.
 * The text of an element that a comment divides is one text. Attributes of an Object (its media type) may not be covered.
 */
export function signatureCoverage(parts: SignedParts, scope: SignatureScope, wanted: readonly string[] = []): Coverage {
  const { signature } = parts;
  const content = parts.references.filter((reference) => isContent(reference, parts));
  const isRoot = signature.element === scope.document.root;
  // a style sheet that an instruction outside of the root names decides what people see
  const bare = scope.document.children.every(({ kind }) => kind !== "instruction");
  const whole = isRoot ? bare && content.length > 0 : content.some((one) => coversDocument(one, scope, bare));
  refuseUnless(
    whole || wanted.length > 0,
    "not-wholly-signed",
    "the signature covers parts of the document, or nothing that says something",
  );
  const covered = coveredElements(parts.references);
  for (const object of signature.objects)
    refuseUnless(
      object === parts.qualifying?.object ? holdOnlyProperties(parts.qualifying) : coversObject(object, covered),
      "not-wholly-signed",
      "an Object of the signature is not signed",
    );
  const files = new Set(content.map(({ target }) => (target.kind === "file" ? target.file.name : undefined)));
  const allFiles = scope.files.names.every((name) => files.has(name));
  refuseUnless(allFiles, "not-wholly-signed", "a file that was given is not signed");
  for (const id of wanted)
    refuseUnless(
      coversPart(id, parts, scope, { whole, ...covered }),
      "not-wholly-signed",
      "a part that was asked for is not signed",
    );
  const [only, ...others] = content;
  if (only && only.octets === undefined && others.length === 0)
    return { kind: "content", whole: true, octets: undefined };
  return { kind: "parts", whole, parts: content.flatMap((one) => coveredPart(one, scope)) };
}

/** Whether a Reference is to something that is signed for its own sake, and not to properties and keys of the signature itself. */
function isContent({ target }: VerifiedReference, { signature, qualifying }: SignedParts): boolean {
  if (target.kind === "file" || "root" in target.node) return true;
  const { node } = target;
  if (node === qualifying?.signed || isNamed(node, "SignatureProperties") || isNamed(node, "Manifest")) return false;
  const holder = childOf(signature.element, node);
  if (holder === undefined) return true;
  if (holder === signature.keyInfo) return false;
  if (holder.localName !== "Object") throw new Refusal("file-ambiguous", "a reference to the signature itself");
  return holder !== node || !isEmpty(node);
}

/** The child of `parent` in which `element` stands, or that it is; `undefined` where it stands elsewhere. The parent itself counts as its child. */
function childOf(parent: XmlElement, element: XmlElement): XmlElement | undefined {
  if (element === parent) return parent;
  for (let at: XmlElement = element; at.parent; at = at.parent) if (at.parent === parent) return at;
  return undefined;
}

function coversDocument(
  { reference, target }: VerifiedReference,
  { document }: SignatureScope,
  bare: boolean,
): boolean {
  if (target.kind === "file" || reference.octetsBy === "base64") return false;
  return target.node === document || (target.node === document.root && bare);
}

interface Covered {
  /** Canonical forms, so the elements with all that they say. */
  readonly elements: ReadonlySet<unknown>;
  /** The text alone. */
  readonly texts: ReadonlySet<unknown>;
}

function coveredElements(references: readonly VerifiedReference[]): Covered {
  const nodes = (base64: boolean): ReadonlySet<unknown> =>
    new Set(
      references.flatMap(({ reference, target }) =>
        target.kind === "node" && (reference.octetsBy === "base64") === base64 ? [target.node] : [],
      ),
    );
  return { elements: nodes(false), texts: nodes(true) };
}

/** Whether the Object is signed, or each element in it, or there is nothing in it. */
function coversObject(object: XmlElement, { elements, texts }: Covered): boolean {
  const covered = elements.has(object) || texts.has(object);
  return covered || object.children.every((node) => isNothing(node) || elements.has(node));
}

/** White space and comments. */
const isNothing = (node: XmlElement["children"][number]): boolean =>
  node.kind === "comment" || (node.kind === "text" && /^[ \t\r\n]*$/.test(node.value));
const isEmpty = (element: XmlElement): boolean => element.children.every(isNothing);

function coversPart(
  id: string,
  { signature, qualifying }: SignedParts,
  { ids, document }: SignatureScope,
  { whole, elements }: Covered & { readonly whole: boolean },
): boolean {
  const element = ids.find(id);
  if (!element) return false;
  const isRoot = signature.element === document.root;
  for (let at: XmlElement | undefined = element; at; at = at.parent)
    if (isNamed(at, "Signature") && !(isRoot && at === signature.element)) return false;
  if (elements.has(element)) return true;
  // of a Signature that is the root, only what stands in Objects is signed with the whole
  const holder = childOf(signature.element, element);
  return whole && (!isRoot || (holder?.localName === "Object" && holder !== qualifying?.object));
}

function coveredPart({ reference, target, octets }: VerifiedReference, { paths }: SignatureScope): CoveredPart[] {
  if (!octets) return [];
  const uri = reference.uri ?? "";
  if (target.kind === "file") return [{ uri, octets }];
  return [{ uri, path: "root" in target.node ? "/" : paths.of(target.node), octets }];
}
