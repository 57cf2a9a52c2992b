import { openDer } from "../../../formats/der/der-fields.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { Refusal } from "../../verdict/failure.ts";
import { sameOctets } from "./reference-digests.ts";
import { attributesOf, ChildElements, DSIG_1_1, octetsOf } from "./strict-elements.ts";

const RSA = "1.2.840.113549.1.1.1";
const ELLIPTIC = "1.2.840.10045.2.1";

/**
 * Whether a KeyValue (XML Signature 1.1, 4.5.2) is the key of a `SubjectPublicKeyInfo`. It is never used as a key, but another program might. Throws
 * `file-unsupported` for one that is neither RSA nor a named curve.
 */
export function agreesWithKeyValue(element: XmlElement, publicKey: Uint8Array): boolean {
  attributesOf(element);
  const children = new ChildElements(element);
  const rsa = children.optional("RSAKeyValue");
  const elliptic = rsa ? undefined : children.optional("ECKeyValue", DSIG_1_1);
  if (!rsa && !elliptic) throw new Refusal("file-unsupported", "a KeyValue that is neither RSA nor a named curve");
  children.end();
  try {
    const info = openDer(publicKey);
    const algorithm = info.inside(0x30);
    const type = algorithm.objectIdentifier();
    const key = info.next(0x03).contents.subarray(1);
    if (elliptic) {
      const { curve, point } = readElliptic(elliptic);
      return type === ELLIPTIC && curve === `urn:oid:${algorithm.objectIdentifier()}` && sameOctets(key, point);
    }
    if (!rsa || type !== RSA) return false;
    const numbers = openDer(key);
    const parts = new ChildElements(rsa);
    const [modulus, exponent] = [parts.next("Modulus"), parts.next("Exponent")];
    parts.end();
    return sameNumber(octetsOf(modulus), numbers.unsigned()) && sameNumber(octetsOf(exponent), numbers.unsigned());
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("certificate-unreadable", "the key of a certificate");
    throw fault;
  }
}

function readElliptic(element: XmlElement): { curve: string | undefined; point: Uint8Array } {
  attributesOf(element, "Id");
  const parts = new ChildElements(element);
  const named = parts.optional("NamedCurve", DSIG_1_1);
  if (!named) throw new Refusal("file-unsupported", "a KeyValue with a curve of its own");
  const point = octetsOf(parts.next("PublicKey", DSIG_1_1));
  parts.end();
  return { curve: attributesOf(named, "URI").URI, point };
}

/** Some write a leading zero, as DER has it. */
const sameNumber = (a: Uint8Array, b: Uint8Array): boolean =>
  sameOctets(a.subarray(a.findIndex((octet) => octet !== 0)), b);
