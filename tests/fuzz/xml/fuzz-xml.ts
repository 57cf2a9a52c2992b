import { createHash } from "node:crypto";
import { element, sequence, smallInteger, type Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import type { SignatureSource } from "../../../extension/signature/signature-builder.ts";
import { CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import { elementsOf } from "../../../formats/xml/element-ids.ts";
import { openXmlSignature } from "../../../extension/signature/xml/open-xml-signature.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlDocument, XmlElement, XmlNode } from "../../../formats/xml/xml-tree.ts";
import { mutatedDocument, randomNumbers } from "./mutations.ts";
import { plainCanonical } from "./plain-canonical.ts";

/** How many documents were tried, and how many of them could be signed. */
export interface FuzzResult {
  readonly count: number;
  readonly accepted: number;
}

const METHODS = CANONICALIZATIONS.filter(({ kind, comments }) => kind !== "inclusive-1.1" && !comments);
/** As much of a certificate as a signature file reads: a serial number, an algorithm, an issuer. */
const CERTIFICATE = sequence(sequence(smallInteger(1), sequence(), sequence(element(0x31))));
const SIGNER = { certificate: CERTIFICATE, signingTime: new Date("2026-11-24T00:00:00Z") };

/**
 * Signs `count` documents made from `seed`, and throws when anything but a `DocumentFault` comes of one, or when a signature was made over
 * something else than was shown: the finished file, read again, must be the shown tree with the signature and nothing more, and the digests in
 * it must be those that a second, plain canonicalisation gives. The same seed tries the same documents.
 */
export async function fuzzXml(seed: number, count: number): Promise<FuzzResult> {
  const random = randomNumbers(seed);
  let accepted = 0;
  for (let round = 0; round < count; round++) {
    const bytes = mutatedDocument(random);
    const source = someSource(bytes, random);
    try {
      if (await signAndCheck(source, bytes)) accepted++;
    } catch (error) {
      const document = Buffer.from(bytes).toString("latin1");
      throw new Error(`round ${round} of seed ${seed}: ${JSON.stringify(document)}`, { cause: error });
    }
  }
  return { count, accepted };
}

function someSource(bytes: Bytes, random: (below: number) => number): SignatureSource {
  const digest = sha256(bytes);
  return {
    file: { name: "a.xml", type: "application/xml", bytes, digest },
    format: random(2) === 0 ? "xmldsig" : "xades",
    packaging: random(3) === 0 ? "enveloping" : "enveloped",
    profile: undefined,
    references: [],
    timestamped: false,
    xml: { canonicalization: METHODS[random(METHODS.length)]?.uri, target: random(4) === 0 ? "t" : undefined },
  };
}

async function signAndCheck(source: SignatureSource, bytes: Bytes): Promise<boolean> {
  let opened;
  try {
    opened = await openXmlSignature(source);
  } catch (error) {
    if (error instanceof DocumentFault) return false;
    throw error;
  }
  // what is refused is refused by now
  const prepared = await opened.prepare(SIGNER);
  const { file } = await prepared.finish(new Uint8Array(256));
  const shown = parseXml(bytes);
  const signed = parseXml(file);
  const exclusive = source.xml?.canonicalization?.includes("exc-c14n") ?? false;
  const signature = ourSignature(signed);
  const [signedInfo] = childrenNamed(signature, "SignedInfo");
  const [reference] = signedInfo ? childrenNamed(signedInfo, "Reference") : [];
  if (!signedInfo || !reference) throw new Error("no Reference");
  same(sha256(plainCanonical(signedInfo, exclusive)), prepared.toBeSigned, "SignedInfo");

  if (source.packaging === "enveloped") {
    same(rendered(signed.children, signature), rendered(shown.children), "the document around the signature");
    const target = [...elementsOf(shown.root)].find(({ start }) => start === opened.covered?.start);
    const octets = plainCanonical(target ? signedTwin(target) : signed, exclusive, signature);
    same(sha256(octets), digestOf(reference), "the document's digest");
    if (source.xml?.target === undefined) same(octets, plainCanonical(shown, exclusive), "what is covered");
    else if (opened.covered === undefined) throw new Error("a part is signed, and not marked");
  } else {
    const [object] = childrenNamed(signature, "Object");
    if (!object) throw new Error("no Object");
    const inside = object.children.filter(({ kind }) => kind !== "text");
    same(rendered(inside), rendered(shown.children), "the document in the signature");
    same(sha256(plainCanonical(object, exclusive)), digestOf(reference), "the document's digest");
  }
  return true;

  /** The same element in the finished file. */
  function signedTwin(target: XmlElement): XmlElement | XmlDocument {
    const at = [...elementsOf(shown.root)].indexOf(target);
    return [...elementsOf(signed.root)].filter((one) => !isInside(one, signature))[at] ?? signed;
  }
}

/** The last child of the root, or the root itself. */
function ourSignature({ root }: XmlDocument): XmlElement {
  const last = root.children.at(-1);
  if (root.localName === "Signature" && childrenNamed(root, "SignatureValue").length === 1) return root;
  if (last?.kind !== "element" || last.name !== "ds:Signature") throw new Error("no signature at the root's end");
  return last;
}

function isInside(element: XmlElement, around: XmlElement): boolean {
  for (let at: XmlElement | undefined = element; at; at = at.parent) if (at === around) return true;
  return false;
}

const childrenNamed = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child) => child.kind === "element").filter(({ localName }) => localName === name);

function digestOf(reference: XmlElement): Bytes {
  const [value] = childrenNamed(reference, "DigestValue")[0]?.children ?? [];
  return Uint8Array.from(Buffer.from(value?.kind === "text" ? value.value : "", "base64"));
}

/** Everything that a tree says, without its offsets. */
function rendered(nodes: readonly XmlNode[], without?: XmlNode): string {
  const plain = (node: XmlNode): unknown => {
    if (node.kind !== "element") return { ...node, start: 0, end: 0 };
    const { name, namespace, attributes, declarations, children } = node;
    return [name, namespace, attributes, [...declarations], children.filter((one) => one !== without).map(plain)];
  };
  return JSON.stringify(nodes.map(plain));
}

function same(actual: Bytes | string, expected: Bytes | string, what: string): void {
  const [a, b] = [actual, expected].map((one) => Buffer.from(one).toString("latin1"));
  if (a !== b) throw new Error(`${what} differs`);
}

const sha256 = (octets: Uint8Array | string): Bytes => Uint8Array.from(createHash("sha256").update(octets).digest());
