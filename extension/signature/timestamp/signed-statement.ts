import { compareOctets, type Bytes } from "../../../formats/der/der.ts";
import { concatBytes } from "../../../shared/encoding/bytes.ts";
import { DerFields, openDer } from "../../../formats/der/der-fields.ts";
import { hashName, readAlgorithm, type AlgorithmIdentifier, type HashName } from "./algorithm-identifier.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
/** id-ct-TSTInfo (RFC 3161, 2.4.2). */
export const TST_INFO = "1.2.840.113549.1.9.16.1.4";

/** A timestamp token taken apart (RFC 5652, 5), nothing verified yet. */
export interface SignedStatement {
  /** The TSTInfo, DER. */
  readonly content: Uint8Array;
  /** Every X.509 certificate inside, DER. */
  readonly certificates: readonly Uint8Array[];
  /** IssuerAndSerialNumber (0x30) or SubjectKeyIdentifier (0x80), DER. */
  readonly signer: Uint8Array;
  readonly digest: HashName;
  /** The values of each signed attribute by the dotted form of its type: one value in each. */
  readonly attributes: ReadonlyMap<string, Uint8Array>;
  /** The signed attributes as they are digested: under the tag of a SET OF (RFC 5652, 5.4). */
  readonly signedAttributes: Bytes;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/**
 * Takes a TimeStampToken apart, to its last octet. It holds a TSTInfo and one signer. The signed attributes are in DER: sorted, each type once and
 * with one value. Throws `RangeError` on anything else, and `TimestampFault` for a hash function that is not taken.
 */
export function readToken(token: Uint8Array): SignedStatement {
  const contentInfo = openDer(token);
  if (contentInfo.objectIdentifier() !== SIGNED_DATA) throw new RangeError("not SignedData");
  const explicit = contentInfo.inside(0xa0);
  contentInfo.end();
  const signedData = explicit.inside(0x30);
  explicit.end();
  signedData.next(0x02); // version
  signedData.next(0x31); // digestAlgorithms: the signer's own word counts
  const content = readContent(signedData.inside(0x30));
  const certificates = readCertificates(signedData.optional(0xa0)?.contents);
  signedData.optional(0xa1); // crls
  const signers = signedData.inside(0x31);
  signedData.end();
  const signer = readSigner(signers.inside(0x30));
  signers.end();
  return { content, certificates, ...signer };
}

function readContent(encapsulated: DerFields): Uint8Array {
  if (encapsulated.objectIdentifier() !== TST_INFO) throw new RangeError("not a TSTInfo");
  const explicit = encapsulated.inside(0xa0);
  encapsulated.end();
  const content = explicit.next(0x04).contents;
  explicit.end();
  return content;
}

function readCertificates(contents: Uint8Array = new Uint8Array()): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const list = new DerFields(contents); !list.done;) {
    const { identifier, encoding } = list.any();
    // the other choices (RFC 5652, 10.2.2) are attribute certificates and forms of others
    if (identifier === 0x30) found.push(encoding);
  }
  return found;
}

function readSigner(info: DerFields): Omit<SignedStatement, "content" | "certificates"> {
  info.next(0x02); // version
  const signer = info.any().encoding;
  const digest = hashName(readAlgorithm(info));
  const signed = info.next(0xa0);
  const signatureAlgorithm = readAlgorithm(info);
  const signature = info.next(0x04).contents;
  info.optional(0xa1); // unsignedAttrs
  info.end();
  const signedAttributes = concatBytes(signed.encoding);
  signedAttributes[0] = 0x31;
  return {
    signer,
    digest,
    attributes: readAttributes(signed.contents),
    signedAttributes,
    signatureAlgorithm,
    signature,
  };
}

function readAttributes(contents: Uint8Array): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  let before: Uint8Array = new Uint8Array();
  for (const list = new DerFields(contents); !list.done;) {
    const attribute = list.next(0x30);
    if (compareOctets(before, attribute.encoding) > 0) throw new RangeError("signed attributes not in DER order");
    before = attribute.encoding;
    const fields = new DerFields(attribute.contents);
    const type = fields.objectIdentifier();
    const values = fields.inside(0x31);
    fields.end();
    const value = values.any().encoding;
    values.end();
    if (found.has(type)) throw new RangeError(`two attributes ${type}`);
    found.set(type, value);
  }
  return found;
}
