import { readableIf } from "../revocation-fault.ts";

const BEGIN = "-----BEGIN X509 CRL-----";
const END = "-----END X509 CRL-----";

/** The list's DER, from DER or from PEM (RFC 7468, 6) as text or as octets; a PEM text has one list, and may have words around it. Throws `RevocationFault`. */
export function listOctets(given: Uint8Array | string): Uint8Array {
  if (typeof given !== "string") return given[0] === 0x30 ? given : listOctets(Buffer.from(given).toString("latin1"));
  const begin = given.indexOf(BEGIN);
  const end = given.indexOf(END, begin);
  readableIf(begin >= 0 && end >= 0, "neither DER nor PEM (X509 CRL)");
  readableIf(!given.includes(BEGIN, end), "more than one list");
  return Buffer.from(given.slice(begin + BEGIN.length, end), "base64");
}
