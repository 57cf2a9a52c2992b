import { openDer } from "../../formats/der/der-fields.ts";
import type { HashAlgorithm, SignatureAlgorithm } from "../cryptography/algorithms.ts";
import { readHashAlgorithm } from "../cryptography/hash.ts";
import { readSignatureAlgorithm } from "../cryptography/signature-algorithm-identifier.ts";
import { refuseUnless } from "../verdict/failure.ts";
import { onlyValue, type Attributes } from "./attributes.ts";

/** CMSAlgorithmProtection (RFC 6211): the algorithms again, where nobody can change them. BouncyCastle writes it unasked. */
const ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";

/** Refuses (`algorithm-mismatch`) a signer whose protected algorithms are not those that are used. Throws `RangeError` on broken DER. */
export function checkAlgorithmProtection(
  attributes: Attributes,
  digestAlgorithm: HashAlgorithm,
  algorithm: SignatureAlgorithm,
): void {
  const value = onlyValue(attributes, ALGORITHM_PROTECTION);
  if (value === undefined) return;
  const fields = openDer(value.encoding);
  const digest = readHashAlgorithm(fields.next(0x30).encoding);
  // [1], implicit: the tag of a SEQUENCE is put back
  const signature = Uint8Array.from(fields.next(0xa1).encoding);
  signature[0] = 0x30;
  fields.end();
  const isSame = digest === digestAlgorithm && readSignatureAlgorithm(signature, digestAlgorithm) === algorithm;
  refuseUnless(isSame, "algorithm-mismatch", "the protected algorithms are others");
}
