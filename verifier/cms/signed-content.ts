import { digest } from "../cryptography/hash.ts";
import type { HashAlgorithm } from "../cryptography/algorithms.ts";
import { Refusal } from "../verdict/failure.ts";

/** What a CMS signature is over: the octets, or only what they hash to. */
export interface SignedContent {
  /** `undefined` where only a digest is known, or where nobody needs them in one piece. */
  readonly octets: Uint8Array | undefined;
  /** Digest of the content. Refused as `content-missing` where this digest can't be had. */
  readonly digest: (hash: HashAlgorithm) => Uint8Array;
}

/** Octets as content, hashed once for each hash function, however many signers there are. `parts` stand behind each other. */
export function contentOf(...parts: readonly Uint8Array[]): SignedContent {
  const known = new Map<HashAlgorithm, Uint8Array>();
  const [octets] = parts;
  return {
    octets: parts.length === 1 ? octets : undefined,
    digest(hash) {
      const found = known.get(hash) ?? digest(hash, ...parts);
      known.set(hash, found);
      return found;
    },
  };
}

/** Content of which only the SHA-256 is known. */
export const contentOfDigest = (sha256: Uint8Array): SignedContent => ({
  octets: undefined,
  digest(hash) {
    if (hash === "sha256") return sha256;
    throw new Refusal("content-missing", `signed with ${hash}, and only SHA-256 of the content was given`);
  },
});
