import type { KeyObject } from "node:crypto";
import type { SignatureAlgorithm } from "../cryptography/algorithms.ts";
import { keyTypeOf } from "../cryptography/public-key.ts";
import { readSignatureAlgorithm } from "../cryptography/signature-algorithm-identifier.ts";
import { verifyEncodedSignature } from "../cryptography/signature-value.ts";
import { Refusal } from "../verdict/failure.ts";

/** What lists and answers have alike: the part that is signed, how, and the signature. */
export interface SignedStatement {
  readonly toBeSigned: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  /** As it stands in the BIT STRING: ECDSA in DER. */
  readonly signatureValue: Uint8Array;
}

/** The longest signature that is read: RSA has 8,192 bits at most. */
const SIGNATURE_OCTETS = 1024;

/** The algorithm and the value of a signature from its AlgorithmIdentifier (DER) and BIT STRING contents. Throws `RangeError`, or `Refusal` for the algorithm. */
export function readSignature(algorithm: Uint8Array, bits: Uint8Array): Omit<SignedStatement, "toBeSigned"> {
  if (bits[0] !== 0 || bits.length > 1 + SIGNATURE_OCTETS) throw new RangeError("signature");
  return { algorithm: readSignatureAlgorithm(algorithm), signatureValue: bits.subarray(1) };
}

/** Whether the statement's signature is that of this key. An algorithm that is not for such a key is no: `false`. */
export function isSignedWith({ toBeSigned, algorithm, signatureValue }: SignedStatement, key: KeyObject): boolean {
  const keyType = keyTypeOf(key);
  if (keyType === undefined) return false;
  try {
    return verifyEncodedSignature(algorithm, key, keyType, toBeSigned, signatureValue);
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}
