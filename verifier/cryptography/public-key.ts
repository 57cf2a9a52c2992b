import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { nothing, objectIdentifier, sequence } from "../../formats/der/der.ts";
import { openDer } from "../../formats/der/der-fields.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";

/** RSA, or the curve of an elliptic curve key, by its name in JWK. */
export type KeyType = "rsa" | "P-256" | "P-384" | "P-521";

/** A public key that signatures may be checked with. */
export interface PublicKey {
  readonly key: KeyObject;
  readonly keyType: KeyType;
}

/** AlgorithmIdentifiers of keys, as they stand in DER: there is one way to write each (RFC 3279, 2.3.1; RFC 5480, 2.1.1). */
const RSA = sequence(objectIdentifier("1.2.840.113549.1.1.1"), nothing);
const onCurve = (curve: string): Uint8Array => sequence(objectIdentifier("1.2.840.10045.2.1"), objectIdentifier(curve));
const CURVES = [
  { keyType: "P-256", algorithm: onCurve("1.2.840.10045.3.1.7"), octets: 32 },
  { keyType: "P-384", algorithm: onCurve("1.3.132.0.34"), octets: 48 },
  { keyType: "P-521", algorithm: onCurve("1.3.132.0.35"), octets: 66 },
] as const;

const NODE_CURVES: ReadonlyMap<string | undefined, KeyType> = new Map([
  ["prime256v1", "P-256"],
  ["secp384r1", "P-384"],
  ["secp521r1", "P-521"],
]);

/**
 * The key of a `SubjectPublicKeyInfo` (DER): RSA of 2,048 to 8,192 bits with an odd exponent from 3 to 2^32-1, or a point, uncompressed, on P-256, P-384
 * or P-521. Everything else is refused as `certificate-key`. The octets are cut out here and imported as JWK: OpenSSL's DER decoder takes
 * longer than the verification that follows.
 */
export function readPublicKey(info: Uint8Array): PublicKey {
  try {
    const fields = openDer(info);
    const algorithm = fields.next(0x30).encoding;
    const bits = fields.next(0x03).contents;
    fields.end();
    refuseUnless(bits[0] === 0, "certificate-key", "unused bits in the key");
    const key = bits.subarray(1);
    if (same(algorithm, RSA)) return readRsa(key);
    const curve = CURVES.find((candidate) => same(algorithm, candidate.algorithm));
    refuseUnless(curve !== undefined, "certificate-key", "neither RSA nor a curve that is taken");
    const { keyType, octets } = curve;
    const isPoint = key[0] === 0x04 && key.length === 1 + 2 * octets;
    refuseUnless(isPoint, "certificate-key", "not an uncompressed point of the curve");
    const [x, y] = [base64Url(key.subarray(1, 1 + octets)), base64Url(key.subarray(1 + octets))];
    return { key: importKey({ kty: "EC", crv: keyType, x, y }), keyType };
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("certificate-key", "the key is no DER");
    throw fault;
  }
}

/** The type of a key that {@link readPublicKey} made; `undefined` for one that it would not make. */
export function keyTypeOf(key: KeyObject): KeyType | undefined {
  if (key.asymmetricKeyType === "rsa") return "rsa";
  return key.asymmetricKeyType === "ec" ? NODE_CURVES.get(key.asymmetricKeyDetails?.namedCurve) : undefined;
}

/** Octets of the modulus of keys that were read here: Node would ask OpenSSL for all details of a key. */
const modulusLengths = new WeakMap<KeyObject, number>();

/** Octets of an RSA key's modulus, which are those of its signatures. */
export const modulusOctets = (key: KeyObject): number =>
  modulusLengths.get(key) ?? Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);

function readRsa(key: Uint8Array): PublicKey {
  const numbers = openDer(key);
  const [modulus, exponent] = [numbers.unsigned(), numbers.unsigned()];
  numbers.end();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  refuseUnless(bits >= 2048 && bits <= 8192, "certificate-key", `RSA of ${bits} bits`);
  const value = exponent.length > 4 ? Infinity : exponent.reduce((sum, octet) => sum * 256 + octet, 0);
  refuseUnless(value >= 3 && value <= 0xffff_ffff && value % 2 === 1, "certificate-key", "RSA exponent");
  refuseUnless((modulus.at(-1) ?? 0) % 2 === 1, "certificate-key", "RSA modulus is even");
  const imported = importKey({ kty: "RSA", n: base64Url(modulus), e: base64Url(exponent) });
  modulusLengths.set(imported, modulus.length);
  return { key: imported, keyType: "rsa" };
}

/** OpenSSL has the last word: a point that is not on its curve is no key. */
function importKey(key: JsonWebKey): KeyObject {
  try {
    return createPublicKey({ key, format: "jwk" });
  } catch {
    throw new Refusal("certificate-key", "the key can't be imported");
  }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const base64Url = (octets: Uint8Array): string =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("base64url");
