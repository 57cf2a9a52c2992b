import { isSigningInput } from "../../../formats/signing-input.ts";
import { HASH_LENGTHS } from "../../cryptography/hash.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import type { DetachedContent, FoundSignature } from "../found-signature.ts";
import { contentBeside } from "../given-content.ts";

/** Octets of a value under RSA keys of 2,048 to 8,192 bits. */
const SHORTEST = 256;
const LONGEST = 1024;

/**
 * A bare RSASSA-PKCS1-v1_5 signature with SHA-256 (RFC 8017, 8.2): `signature` is the value as it is, `content` all of what it is over, `certificate` (DER) that of
 * whoever is said to have signed, because the value itself says neither. Content that another format would sign is refused as `file-ambiguous`
 * (docs/decisions/0017-bare-signatures.md): the holder may have signed it for something else. Also refused: `content-missing`, a digest alone too; `certificate-missing`;
 * `file-broken`, a value of no RSA key's length.
 */
export function readPkcs1(
  signature: Uint8Array,
  content: DetachedContent | undefined,
  certificate: Uint8Array | undefined,
): FoundSignature {
  const isValue = signature.length >= SHORTEST && signature.length <= LONGEST;
  refuseUnless(isValue, "file-broken", `a signature value of ${signature.length} octets`);
  refuseUnless(certificate !== undefined, "certificate-missing", "a bare signature needs it beside it");
  const octets = contentBeside(content);
  refuseUnless(octets instanceof Uint8Array, "content-missing", "a bare signature needs all of its content");
  const isOther = isSigningInput(octets) || isLoginInput(octets);
  refuseUnless(!isOther, "file-ambiguous", "the content is what another signature would be over");
  return {
    format: "pkcs1",
    certificate,
    algorithm: "RS256",
    signed: octets,
    value: signature,
    claimedTime: undefined,
    coverage: { kind: "content", whole: true, octets },
    timestamps: [],
    label: "signature value",
  };
}

/**
 * What a login signs (Web eID): the digests of origin and challenge behind each other, for any of the hash functions. Two digests are never text, and no document is
 * so short without being text.
 */
function isLoginInput(octets: Uint8Array): boolean {
  const isTwoDigests = Object.values(HASH_LENGTHS).some((length) => octets.length === 2 * length);
  if (!isTwoDigests) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(octets);
    return false;
  } catch {
    return true;
  }
}
