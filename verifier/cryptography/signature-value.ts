import { constants, verify, type KeyObject } from "node:crypto";
import { openDer } from "../../formats/der/der-fields.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import type { HashAlgorithm, SignatureAlgorithm } from "./algorithms.ts";
import { modulusOctets, type KeyType } from "./public-key.ts";

/** How an algorithm is checked, and which keys it is for. */
interface Scheme {
  readonly keyType: KeyType;
  readonly hash: HashAlgorithm;
  /** RSA with PSS padding; else PKCS #1 v1.5. */
  readonly pss?: boolean;
  /** ECDSA: octets of r and of s. */
  readonly octets: number;
}

const SCHEMES: Readonly<Record<SignatureAlgorithm, Scheme>> = {
  RS256: { keyType: "rsa", hash: "sha256", octets: 0 },
  RS384: { keyType: "rsa", hash: "sha384", octets: 0 },
  RS512: { keyType: "rsa", hash: "sha512", octets: 0 },
  PS256: { keyType: "rsa", hash: "sha256", pss: true, octets: 0 },
  PS384: { keyType: "rsa", hash: "sha384", pss: true, octets: 0 },
  PS512: { keyType: "rsa", hash: "sha512", pss: true, octets: 0 },
  ES256: { keyType: "P-256", hash: "sha256", octets: 32 },
  ES384: { keyType: "P-384", hash: "sha384", octets: 48 },
  ES512: { keyType: "P-521", hash: "sha512", octets: 66 },
};

/** The hash function of a signature algorithm. */
export const hashOf = (algorithm: SignatureAlgorithm): HashAlgorithm => SCHEMES[algorithm].hash;

/** Refuses (`algorithm-mismatch`) an algorithm that is not for keys of this type: RS and PS are for RSA, ES256 for P-256 alone, and so on (RFC 7518, 3.4). */
export function requireFittingKey(algorithm: SignatureAlgorithm, keyType: KeyType): void {
  refuseUnless(SCHEMES[algorithm].keyType === keyType, "algorithm-mismatch", `${algorithm} with a key of ${keyType}`);
}

/**
 * Whether `value` is the signature over `signed` under the key. RSA: as long as the modulus; PSS with MGF1 of the same hash and a salt as long as the
 * digest. ECDSA: r‖s, each as long as the curve's order; DER is `false`. Refused as `algorithm-mismatch` where key and algorithm don't fit.
 */
export function verifySignatureValue(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  keyType: KeyType,
  signed: Uint8Array,
  value: Uint8Array,
): boolean {
  requireFittingKey(algorithm, keyType);
  const { hash, pss, octets } = SCHEMES[algorithm];
  if (keyType !== "rsa") {
    return value.length === 2 * octets && verify(hash, signed, { key, dsaEncoding: "ieee-p1363" }, value);
  }
  if (value.length !== modulusOctets(key)) return false;
  if (pss !== true) return verify(hash, signed, key, value);
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  return verify(hash, signed, { key, padding, saltLength }, value);
}

/**
 * r‖s from the DER that X.509 and CMS have for ECDSA (RFC 5480, appendix A), strictly: two numbers, not negative, none longer than the curve's order.
 * Refused as `signature-wrong`; `algorithm-mismatch` for an algorithm that isn't ECDSA.
 */
export function ecdsaValueFromDer(algorithm: SignatureAlgorithm, value: Uint8Array): Uint8Array {
  const { octets } = SCHEMES[algorithm];
  refuseUnless(octets > 0, "algorithm-mismatch", `${algorithm} has no DER`);
  try {
    const numbers = openDer(value);
    const [r, s] = [numbers.unsigned(), numbers.unsigned()];
    numbers.end();
    if (r.length > octets || s.length > octets) throw new RangeError("longer than the curve's order");
    const raw = new Uint8Array(2 * octets);
    raw.set(r, octets - r.length);
    raw.set(s, 2 * octets - s.length);
    return raw;
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("signature-wrong", "the ECDSA value is no DER of r and s");
    throw fault;
  }
}

/** {@link verifySignatureValue} for a value as X.509 and CMS have it: ECDSA in DER. An ECDSA value that is no such DER is `false`. */
export function verifyEncodedSignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  keyType: KeyType,
  signed: Uint8Array,
  value: Uint8Array,
): boolean {
  requireFittingKey(algorithm, keyType);
  if (keyType === "rsa") return verifySignatureValue(algorithm, key, keyType, signed, value);
  try {
    return verifySignatureValue(algorithm, key, keyType, signed, ecdsaValueFromDer(algorithm, value));
  } catch (fault) {
    if (fault instanceof Refusal && fault.code === "signature-wrong") return false;
    throw fault;
  }
}
