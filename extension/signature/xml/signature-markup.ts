import { encodeBase64 } from "../../../shared/encoding/base64.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import { attributeText, type Canonicalization } from "../../../formats/xml/canonicalization.ts";

/** The namespace of XML Signature. */
export const DSIG = "http://www.w3.org/2000/09/xmldsig#";
/** Takes the signature out of what it stands in (XML Signature 1.1, 6.6.4). */
export const ENVELOPED_SIGNATURE = `${DSIG}enveloped-signature`;
/** Decodes base64 (XML Signature 1.1, 6.6.2); also the Encoding of an Object. */
export const BASE64 = `${DSIG}base64`;
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

/** One Reference (XML Signature 1.1, 4.4.3), its digest known. */
export interface SignatureReference {
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  readonly uri: string;
  /** Algorithm URIs, in order. */
  readonly transforms: readonly string[];
  /** SHA-256. */
  readonly digest: Bytes;
}

/** Writes the elements of XML Signature, with one prefix for all of them. Our own elements are ASCII and have no white space between them. */
export class SignatureMarkup {
  readonly #prefix: "" | "ds";

  /** An empty prefix declares the default namespace. */
  constructor(prefix: "" | "ds") {
    this.#prefix = prefix;
  }

  /** An element of XML Signature; attributes without a value are left out. */
  element(
    name: string,
    attributes: Readonly<Record<string, string | undefined>>,
    ...contents: readonly string[]
  ): string {
    const qualified = this.#prefix === "" ? name : `${this.#prefix}:${name}`;
    const written = Object.entries(attributes).map(([attribute, value]) =>
      value === undefined ? "" : ` ${attribute}="${attributeText(value)}"`,
    );
    return `<${qualified}${written.join("")}>${contents.join("")}</${qualified}>`;
  }

  /** Signature, which declares the namespace. */
  signature(id: string | undefined, ...contents: readonly string[]): string {
    const declaration = this.#prefix === "" ? "xmlns" : `xmlns:${this.#prefix}`;
    return this.element("Signature", { [declaration]: DSIG, Id: id }, ...contents);
  }

  /** SignedInfo: RSA with SHA-256. */
  signedInfo(method: Canonicalization, references: readonly SignatureReference[]): string {
    return this.element(
      "SignedInfo",
      {},
      this.canonicalizationMethod(method),
      this.element("SignatureMethod", { Algorithm: RSA_SHA256 }),
      ...references.map((reference) => this.#reference(reference)),
    );
  }

  /** CanonicalizationMethod. */
  canonicalizationMethod({ uri }: Canonicalization): string {
    return this.element("CanonicalizationMethod", { Algorithm: uri });
  }

  /** SignatureValue. */
  signatureValue(signature: Bytes): string {
    return this.element("SignatureValue", {}, encodeBase64(signature));
  }

  /** KeyInfo with the signer's certificate alone. */
  keyInfo(certificate: Bytes): string {
    const x509 = this.element("X509Certificate", {}, encodeBase64(certificate));
    return this.element("KeyInfo", {}, this.element("X509Data", {}, x509));
  }

  /** DigestMethod and DigestValue: SHA-256. */
  digest(digest: Bytes): string {
    return this.element("DigestMethod", { Algorithm: SHA256 }) + this.element("DigestValue", {}, encodeBase64(digest));
  }

  #reference({ id, type, uri, transforms, digest }: SignatureReference): string {
    const steps = transforms.map((algorithm) => this.element("Transform", { Algorithm: algorithm }));
    const chain = steps.length > 0 ? this.element("Transforms", {}, ...steps) : "";
    return this.element("Reference", { Id: id, Type: type, URI: uri }, chain, this.digest(digest));
  }
}
