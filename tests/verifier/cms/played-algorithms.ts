import { element, nothing, objectIdentifier, sequence, smallInteger, type Bytes } from "../../../formats/der/der.ts";

const HASHES = {
  md5: "1.2.840.113549.2.5",
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
} as const;
/** A hash function that is played. */
export type PlayedHash = keyof typeof HASHES;

/** AlgorithmIdentifier of a hash function. */
export const hashIdentifier = (hash: PlayedHash): Bytes => sequence(objectIdentifier(HASHES[hash]), nothing);

/** How a played signer's algorithm is named: `rsa` is rsaEncryption, `rsa-with` names the hash function too. */
export type PlayedAlgorithm = "rsa" | "rsa-with" | "pss" | "ecdsa";

const IDS: Readonly<Record<string, string>> = {
  "rsa-with md5": "1.2.840.113549.1.1.4",
  "rsa-with sha1": "1.2.840.113549.1.1.5",
  "rsa-with sha256": "1.2.840.113549.1.1.11",
  "rsa-with sha384": "1.2.840.113549.1.1.12",
  "rsa-with sha512": "1.2.840.113549.1.1.13",
  "ecdsa sha256": "1.2.840.10045.4.3.2",
  "ecdsa sha384": "1.2.840.10045.4.3.3",
  "ecdsa sha512": "1.2.840.10045.4.3.4",
};

/** RSASSA-PSS-params (RFC 4055, 3.1): with nothing it is SHA-1 and 20 octets of salt. */
export function pssIdentifier(hash?: PlayedHash, salt?: number, maskHash: PlayedHash | undefined = hash): Bytes {
  const mask = maskHash && sequence(objectIdentifier("1.2.840.113549.1.1.8"), hashIdentifier(maskHash));
  return sequence(
    objectIdentifier("1.2.840.113549.1.1.10"),
    sequence(
      ...(hash ? [element(0xa0, hashIdentifier(hash))] : []),
      ...(mask ? [element(0xa1, mask)] : []),
      ...(salt === undefined ? [] : [element(0xa2, smallInteger(salt))]),
    ),
  );
}

/** The AlgorithmIdentifier of a signature. */
export function signatureAlgorithmIdentifier(algorithm: PlayedAlgorithm, hash: PlayedHash): Bytes {
  if (algorithm === "pss") return pssIdentifier(hash, 32);
  if (algorithm === "rsa") return sequence(objectIdentifier("1.2.840.113549.1.1.1"), nothing);
  const id = objectIdentifier(IDS[`${algorithm} ${hash}`] ?? "");
  return algorithm === "ecdsa" ? sequence(id) : sequence(id, nothing);
}
