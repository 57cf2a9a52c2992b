import { createHash, hash as hashAtOnce } from "node:crypto";
import { openDer, type DerFields } from "../../formats/der/der-fields.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import type { HashAlgorithm } from "./algorithms.ts";

/** Lengths of digests, in octets. */
export const HASH_LENGTHS: Readonly<Record<HashAlgorithm, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** Object identifiers of the hash functions that are taken (RFC 5754, 2). */
const HASHES: ReadonlyMap<string, HashAlgorithm> = new Map([
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
]);

/** MD2, MD4, MD5, SHA-1, RIPEMD-160 and SHA-224: known, and never taken. */
const WEAK: ReadonlySet<string> = new Set([
  "1.2.840.113549.2.2",
  "1.2.840.113549.2.4",
  "1.2.840.113549.2.5",
  "1.3.14.3.2.26",
  "1.3.36.3.2.1",
  "2.16.840.1.101.3.4.2.4",
]);

/** Digest of the parts behind each other. */
export function digest(hash: HashAlgorithm, ...parts: readonly Uint8Array[]): Buffer {
  const [only, ...others] = parts;
  if (only && others.length === 0) return hashAtOnce(hash, only, "buffer");
  const hashing = createHash(hash);
  for (const part of parts) hashing.update(part);
  return hashing.digest();
}

/** The hash function with this dotted object identifier. Refused: `algorithm-weak`, `algorithm-unsupported`. */
export function hashOfIdentifier(identifier: string): HashAlgorithm {
  const hash = HASHES.get(identifier);
  if (hash) return hash;
  throw new Refusal(WEAK.has(identifier) ? "algorithm-weak" : "algorithm-unsupported", `hash function ${identifier}`);
}

/**
 * The hash function of an AlgorithmIdentifier (DER), as CMS and OCSP name digests: parameters absent or NULL (RFC 5754, 2). Refused: `algorithm-weak`,
 * `algorithm-unsupported`, the latter also for parameters that have no sense. Throws `RangeError` on broken DER.
 */
export function readHashAlgorithm(encoding: Uint8Array): HashAlgorithm {
  const fields = openDer(encoding);
  const hash = hashOfIdentifier(fields.objectIdentifier());
  endAfterNothing(fields);
  return hash;
}

/** Nothing is left, or only a NULL. Refused as `algorithm-unsupported` otherwise. */
export function endAfterNothing(fields: DerFields): void {
  const absent = fields.done || (fields.startsWith(0x05) && fields.any().contents.length === 0 && fields.done);
  refuseUnless(absent, "algorithm-unsupported", "parameters of an algorithm that has none");
}
