import { openDer } from "./der/der-fields.ts";

/** contentType and messageDigest (RFC 5652, 11.1 and 11.2): the attributes that every signed CMS has. */
const SIGNED_ATTRIBUTES = ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"];
const DOT = 0x2e;
/** A JWS header with a certificate chain is some kilobytes. */
const HEADER_OCTETS = 64 * 1024;

/**
 * Whether the octets are what another format digests: a JWS signing input, the signed attributes of CMS (and so of a PDF), the SignedInfo of
 * an XML signature. The bare signature over such octets would be the other format's signature, over a document that nobody was shown.
 */
export const isSigningInput = (bytes: Uint8Array): boolean =>
  isJwsSigningInput(bytes) || isSignedAttributes(bytes) || isSignedInfo(bytes);

/** RFC 7515, 5.1: a base64url JSON object, a point, and anything (RFC 7797). */
function isJwsSigningInput(bytes: Uint8Array): boolean {
  const end = bytes.subarray(0, HEADER_OCTETS).indexOf(DOT);
  if (end < 0) return false;
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, end));
  try {
    const header = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const value: unknown = JSON.parse(header);
    return typeof value === "object" && value !== null && "alg" in value;
  } catch {
    return false;
  }
}

/** RFC 5652, 5.4: the DER of SET OF Attribute, with the tag of a SET. */
function isSignedAttributes(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x31) return false;
  try {
    const attributes = openDer(bytes, 0x31);
    while (!attributes.done) {
      if (SIGNED_ATTRIBUTES.includes(attributes.inside(0x30).objectIdentifier())) return true;
    }
  } catch {
    // no DER: nobody takes it for attributes
  }
  return false;
}

/** XML Signature 1.1, 4.4: in canonical form the element is first, whatever its prefix. */
function isSignedInfo(bytes: Uint8Array): boolean {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEADER_OCTETS));
  return /^<(?:[^\s<>/:]+:)?SignedInfo[\s>]/.test(head);
}
