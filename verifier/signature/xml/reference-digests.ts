import { createHash } from "node:crypto";
import {
  canonicalize,
  CANONICALIZATIONS,
  isUnderBase,
  type Canonicalization,
} from "../../../formats/xml/canonicalization.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlDocument, XmlElement } from "../../../formats/xml/xml-tree.ts";
import type { HashAlgorithm } from "../../cryptography/algorithms.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import { requireAbsoluteNamespaces } from "./absolute-namespaces.ts";
import { isInside, type ReferenceTarget } from "./reference-target.ts";
import type { XmlReference } from "./signed-info.ts";
import { base64Octets } from "./strict-elements.ts";
import type { XmlWorkBudget } from "./xml-work-budget.ts";

const [CANONICAL_XML_1_0] = CANONICALIZATIONS;

interface Form {
  readonly octets: Uint8Array;
  readonly digests: Map<HashAlgorithm, Uint8Array>;
}

/**
 * Makes the octets that References digest, for one file. The same form of the same thing is made and digested once, however many References ask for it; all
 * work is taken off one budget.
 */
export class ReferenceDigests {
  readonly #budget: XmlWorkBudget;
  readonly #forms = new Map<object, Map<string, Form>>();
  /** Of files that are canonicalised. */
  readonly #trees = new Map<Uint8Array, XmlDocument>();

  constructor(budget: XmlWorkBudget) {
    this.#budget = budget;
  }

  /** The canonical form of a part of the document in its place; `without` is left out of it. See `canonicalize`. */
  canonical(node: XmlDocument | XmlElement, method: Canonicalization, without?: XmlElement): Uint8Array {
    return this.#canonicalForm(node, method, without).octets;
  }

  /**
   * Holds a Reference of `signature` to what it leads to: the octets that were digested; `undefined` where the caller gave their SHA-256 alone. Throws
   * `content-differs`, `content-missing` where a digest is not enough, and `file-ambiguous` and `file-unsupported` for what can't be digested.
   */
  verify(reference: XmlReference, target: ReferenceTarget, signature: XmlElement): Uint8Array | undefined {
    const { hash, digest, enveloped, octetsBy } = reference;
    let form: Form;
    if (target.kind === "node") form = this.#nodeForm(target, reference, signature);
    else {
      refuseUnless(!enveloped, "file-unsupported", "an enveloped-signature transform of a file beside the signature");
      const { content } = target.file;
      if (!(content instanceof Uint8Array)) {
        const usable = octetsBy === undefined && hash === "sha256";
        refuseUnless(usable, "content-missing", "the SHA-256 of the file is not what is signed");
        refuseUnless(sameOctets(content.sha256, digest), "content-differs", "the digest of the content");
        return undefined;
      }
      form = this.#fileForm(content, octetsBy);
    }
    const found = form.digests.get(hash) ?? createHash(hash).update(form.octets).digest();
    form.digests.set(hash, found);
    refuseUnless(sameOctets(found, digest), "content-differs", "the digest of a reference");
    return form.octets;
  }

  #nodeForm(
    target: ReferenceTarget & { kind: "node" },
    { enveloped, octetsBy }: XmlReference,
    signature: XmlElement,
  ): Form {
    const { node, comments } = target;
    // where it stands elsewhere, nothing is taken out
    const without = enveloped && isInside(signature, node) ? signature : undefined;
    // what is left of a part of the signature without the signature is nothing, and a digest of nothing is always right
    const nothing = enveloped && isInside("root" in node ? node.root : node, signature);
    refuseUnless(!nothing, "file-ambiguous", "an enveloped-signature transform that leaves nothing");
    if (octetsBy === "base64") {
      refuseUnless(!("root" in node) && !enveloped, "file-unsupported", "base64 of more than an element's text");
      return this.#base64Form(node);
    }
    const method = octetsBy ?? CANONICAL_XML_1_0;
    if (!method) throw new RangeError("no canonicalisations");
    return this.#canonicalForm(node, { ...method, comments: comments && method.comments }, without);
  }

  #canonicalForm(node: XmlDocument | XmlElement, method: Canonicalization, without: XmlElement | undefined): Form {
    // Canonical XML 1.1, 2.4, has the xml:base of ancestors joined into that of a part
    const joined = method.kind === "inclusive-1.1" && "parent" in node && node.parent && isUnderBase(node.parent);
    refuseUnless(joined !== true, "file-unsupported", "xml:base around what Canonical XML 1.1 is asked for");
    const prefixes = [...(method.inclusivePrefixes ?? [])].sort().join(" ");
    const key = [method.kind, method.comments, without?.start, method.inclusivePrefixes ? 1 : 0, prefixes].join(" ");
    return this.#once(node, key, () => {
      this.#budget.spendOn(node);
      const octets = canonicalize(node, method, without);
      this.#budget.spend(octets.length);
      return octets;
    });
  }

  #base64Form(element: XmlElement): Form {
    return this.#once(element, "base64", () => {
      this.#budget.spendOn(element);
      const text = element.children.map((node) => (node.kind === "text" ? node.value : undefined));
      refuseUnless(!text.includes(undefined), "file-ambiguous", "base64 with more than text around it");
      return base64Octets(text.join(""), "content-differs", "a signed part");
    });
  }

  #fileForm(content: Uint8Array, octetsBy: XmlReference["octetsBy"]): Form {
    if (octetsBy === undefined) return this.#once(content, "as it is", () => content);
    this.#budget.spend(content.length);
    if (octetsBy === "base64")
      return this.#once(content, "base64", () => {
        const text = Buffer.from(content).toString("latin1");
        return base64Octets(text, "content-differs", "a signed file");
      });
    const known = this.#trees.get(content);
    const tree = known ?? parseXml(content);
    if (!known) requireAbsoluteNamespaces(tree.root);
    this.#trees.set(content, tree);
    return this.#canonicalForm(tree, octetsBy, undefined);
  }

  #once(of: object, key: string, make: () => Uint8Array): Form {
    const forms = this.#forms.get(of) ?? new Map<string, Form>();
    this.#forms.set(of, forms);
    const form = forms.get(key) ?? { octets: make(), digests: new Map<HashAlgorithm, Uint8Array>() };
    forms.set(key, form);
    return form;
  }
}

/** Whether both hold the same octets; nothing here is secret. */
export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
