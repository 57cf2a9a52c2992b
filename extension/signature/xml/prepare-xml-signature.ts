import type { Bytes } from "../../../formats/der/der.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { sha256 } from "../sha256.ts";
import type { PreparedSignature, SignatureFile, Signer } from "../signature-builder.ts";
import { canonicalize, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import { elementsOf } from "../../../formats/xml/element-ids.ts";
import { SignatureMarkup, type SignatureReference } from "./signature-markup.ts";
import {
  qualifyingProperties,
  signatureTimestamp,
  SIGNED_PROPERTIES_TYPE,
  type DataObject,
} from "./xades-properties.ts";
import { parseInside } from "../../../formats/xml/xml-parser.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";

/** A Reference and what XAdES says of it. */
export type PlannedReference = SignatureReference & { readonly mimeType: string };

/** A Signature but for its signer. */
export interface SignaturePlan {
  readonly prefix: "" | "ds";
  /** Its ID, told apart from every other in the document by whoever plans; needed for XAdES. */
  readonly id: (signer: Signer) => string | undefined;
  readonly xades: boolean;
  readonly canonicalization: Canonicalization;
  readonly references: readonly PlannedReference[];
  /** Markup of the Object that holds the document, for enveloping. */
  readonly object: string;
  /** The element that the Signature will stand in: its namespaces and `xml:` attributes are a part of what is digested. */
  readonly parent: XmlElement | undefined;
  /** The finished file. */
  readonly place: (signature: string) => SignatureFile;
}

/**
 * Digests the signed properties and SignedInfo where they will stand: the Signature is read inside {@link SignaturePlan.parent}, so that it
 * inherits what it will inherit for a verifier.
 */
export async function prepareXmlSignature(plan: SignaturePlan, signer: Signer): Promise<PreparedSignature> {
  const markup = new SignatureMarkup(plan.prefix);
  const id = plan.id(signer);
  const inPlace = (contents: string, localName: string): Promise<Bytes> => {
    const signature = parseInside(markup.signature(id, contents), plan.parent);
    const found = [...elementsOf(signature)].find((element) => element.localName === localName);
    if (!found) throw new RangeError(`no ${localName}`);
    return sha256(canonicalize(found, plan.canonicalization));
  };

  const references = plan.references.map((reference, index) =>
    plan.xades && id !== undefined ? { ...reference, id: `${id}-reference-${index + 1}` } : reference,
  );
  const properties = async (unsigned: string): Promise<string> => {
    if (!plan.xades || id === undefined) return "";
    const objects = references.map(({ id: referenceId = "", mimeType }): DataObject => ({ referenceId, mimeType }));
    return qualifyingProperties(markup, id, { id: `${id}-properties`, signer, objects }, unsigned);
  };
  const qualifying = await properties("");
  const signedInfo = markup.signedInfo(plan.canonicalization, [
    ...references,
    ...(qualifying === "" ? [] : [await propertiesReference(`${id ?? ""}-properties`, qualifying)]),
  ]);

  async function propertiesReference(propertiesId: string, contents: string): Promise<SignatureReference> {
    return {
      type: SIGNED_PROPERTIES_TYPE,
      uri: `#${propertiesId}`,
      transforms: [plan.canonicalization.uri],
      digest: await inPlace(contents, "SignedProperties"),
    };
  }

  return {
    toBeSigned: await inPlace(signedInfo, "SignedInfo"),
    ...(plan.xades && { timestampImprint: (signature) => inPlace(markup.signatureValue(signature), "SignatureValue") }),
    async finish(signature, timestampToken) {
      if (timestampToken && !plan.xades) throw new DocumentFault("document-unsupported", "no place for a timestamp");
      const contents = [signedInfo, markup.signatureValue(signature), markup.keyInfo(signer.certificate), plan.object];
      const timestamp = timestampToken ? signatureTimestamp(markup, plan.canonicalization, timestampToken) : "";
      contents.push(timestamp === "" ? qualifying : await properties(timestamp));
      return plan.place(markup.signature(id, ...contents));
    },
  };
}
