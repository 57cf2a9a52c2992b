import { constants, createHash, sign, verify, X509Certificate } from "node:crypto";
import { canonicalize, CANONICALIZATIONS, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import { elementsById, elementsOf } from "../../../formats/xml/element-ids.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { percentDecoded } from "../../../verifier/signature/xml/document-ids.ts";
import type { FoundSignature } from "../../../verifier/signature/found-signature.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";

/** XML Signature's namespace, declared for the prefix of all templates. */
export const DS = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
/** Algorithm URIs that tests write often. */
export const URIS = {
  c14n: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
  enveloped: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  base64: "http://www.w3.org/2000/09/xmldsig#base64",
  sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
  rsaSha256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
} as const;

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } as const;

/** One Reference of a template; its digest comes later. */
export interface TemplateReference {
  readonly uri?: string | undefined;
  readonly type?: string;
  readonly transforms?: readonly string[];
  readonly digest?: string;
}

/** What a template of a Signature is made of; sound where nothing is said. */
export interface Template {
  readonly id?: string;
  readonly references?: readonly TemplateReference[];
  /** Markup instead of `references`. */
  readonly referenceMarkup?: string;
  readonly canonicalization?: string;
  readonly method?: string;
  readonly keyInfo?: string;
  readonly objects?: string;
}

/** Markup of a Reference without its digest. */
export function referenceTemplate({ uri, type, transforms = [], digest = URIS.sha256 }: TemplateReference): string {
  const steps = transforms.map((one) => (one.startsWith("<") ? one : `<ds:Transform Algorithm="${one}"/>`)).join("");
  return (
    `<ds:Reference${uri === undefined ? "" : ` URI="${uri}"`}${type === undefined ? "" : ` Type="${type}"`}>` +
    (steps === "" ? "" : `<ds:Transforms>${steps}</ds:Transforms>`) +
    `<ds:DigestMethod Algorithm="${digest}"/><ds:DigestValue></ds:DigestValue></ds:Reference>`
  );
}

/** Markup of a Signature without digests and value, as `xmlsec1 --sign` takes it; `CERTIFICATE` in it stands for the signer's. */
export function signatureTemplate(template: Template = {}): string {
  const { id, references = [{ uri: "", transforms: [URIS.enveloped] }], canonicalization = URIS.c14n } = template;
  const method = canonicalization.startsWith("<")
    ? canonicalization
    : `<ds:CanonicalizationMethod Algorithm="${canonicalization}"/>`;
  return (
    `<ds:Signature ${DS}${id === undefined ? "" : ` Id="${id}"`}><ds:SignedInfo>${method}` +
    `<ds:SignatureMethod Algorithm="${template.method ?? URIS.rsaSha256}"/>` +
    `${template.referenceMarkup ?? references.map(referenceTemplate).join("")}</ds:SignedInfo><ds:SignatureValue></ds:SignatureValue>` +
    (template.keyInfo ??
      "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>CERTIFICATE</ds:X509Certificate></ds:X509Data></ds:KeyInfo>") +
    `${template.objects ?? ""}</ds:Signature>`
  );
}

/** Fills in the certificate, the digests (the last first: manifests stand behind what refers to them) and the values of all Signatures. */
export function fillTemplate(
  template: string,
  signer: IssuedCertificate,
  files: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array<ArrayBuffer> {
  let text = template.replaceAll("CERTIFICATE", Buffer.from(signer.certificate).toString("base64"));
  for (;;) {
    const document = parseXml(Buffer.from(text));
    const empty = (name: string): XmlElement | undefined =>
      [...elementsOf(document.root)].findLast((one) => one.localName === name && one.children.length === 0);
    const digest = empty("DigestValue");
    const slot = digest ?? empty("SignatureValue");
    if (!slot?.parent) return new Uint8Array(Buffer.from(text));
    const value = digest
      ? createHash(hashOf(algorithm(slot.parent, "DigestMethod")))
          .update(referenced(slot.parent, document, files))
          .digest()
      : signatureValue(slot.parent, signer);
    text = text.slice(0, slot.contentStart) + value.toString("base64") + text.slice(slot.contentEnd);
  }
}

function referenced(
  reference: XmlElement,
  document: ReturnType<typeof parseXml>,
  files: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const stated = reference.attributes.find(({ name }) => name === "URI")?.value ?? "none";
  const uri = percentDecoded(stated) ?? stated;
  const pointed = /^#(xpointer\()?(?:id\('([^')]*)'\)\)|(\/\))|(.*))$/.exec(uri);
  const id = pointed?.[2] ?? pointed?.[4];
  const [element] = (id === undefined ? undefined : elementsById(document).get(id)) ?? [];
  const target = uri === "" || pointed?.[3] !== undefined ? document : element;
  const transforms = [...elementsOf(reference)].filter(({ localName }) => localName === "Transform");
  const uris = transforms.map((one) => algorithm(one));
  const [method] = transforms.flatMap(methodOf);
  if (!target) {
    const file = files[uri];
    if (!file) return new Uint8Array();
    if (uris.includes(URIS.base64)) return Buffer.from(Buffer.from(file).toString(), "base64");
    return method ? canonicalize(parseXml(file), method) : file;
  }
  if (uris.includes(URIS.base64) && !("root" in target)) {
    const held = target.children.map((node) => (node.kind === "text" ? node.value : ""));
    return Buffer.from(held.join(""), "base64");
  }
  let signature: XmlElement | undefined = reference;
  while (signature && signature.localName !== "Signature") signature = signature.parent;
  const chosen = method ?? CANONICALIZATIONS[0];
  if (!chosen) throw new RangeError("no method");
  const comments = pointed?.[1] !== undefined && chosen.comments;
  return canonicalize(target, { ...chosen, comments }, uris.includes(URIS.enveloped) ? signature : undefined);
}

function signatureValue(signature: XmlElement, { key }: IssuedCertificate): Buffer {
  const info = [...elementsOf(signature)].find(({ localName }) => localName === "SignedInfo");
  const stated = info && [...elementsOf(info)].find(({ localName }) => localName === "CanonicalizationMethod");
  const [method] = stated ? methodOf(stated) : [];
  const uri = info ? algorithm(info, "SignatureMethod") : "";
  if (!info || !method) return Buffer.from("no value");
  const options = { key: key.privateKey, dsaEncoding: "ieee-p1363", ...(uri.includes("MGF1") && PSS) } as const;
  return sign(hashOf(uri), canonicalize(info, method), options);
}

const algorithm = (element: XmlElement, child?: string): string =>
  [...elementsOf(element)]
    .find(({ localName }) => child === undefined || localName === child)
    ?.attributes.find(({ name }) => name === "Algorithm")?.value ?? "";

function methodOf(element: XmlElement): Canonicalization[] {
  const method = CANONICALIZATIONS.find(({ uri }) => uri === algorithm(element));
  const list = [...elementsOf(element)][1]?.attributes[0]?.value.split(" ");
  if (!method) return [];
  return [
    list ? { ...method, inclusivePrefixes: new Set(list.map((one) => (one === "#default" ? "" : one))) } : method,
  ];
}

const hashOf = (uri: string): string => /sha1|sha384|sha512|md5/.exec(uri)?.[0] ?? "sha256";

/** The mathematics, by node:crypto alone. */
export function valueHolds({ certificate, algorithm: name, signed, value }: FoundSignature): boolean {
  const key = new X509Certificate(certificate).publicKey;
  const options = { key, dsaEncoding: "ieee-p1363", ...(name.startsWith("PS") && PSS) } as const;
  return verify(`sha${name.slice(2)}`, signed, options, value);
}
