import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";

/** Octets of a SHA-256 digest. */
const SHA256_BYTES = 32;

/** DER of DigestInfo up to the digest, for SHA-256 (RFC 8017, section 9.2, note 1). */
const SHA256_PREFIX = decodeHex("3031300d060960864801650304020105000420");

/**
 * DigestInfo of a SHA-256 digest: what the card pads (PKCS #1 v1.5, block type 1) and signs. Throws `RangeError` unless `digest` is 32
 * octets.
 */
export function sha256DigestInfo(digest: Uint8Array): Uint8Array<ArrayBuffer> {
  if (digest.length !== SHA256_BYTES) throw new RangeError("not a SHA-256 digest");
  return concatBytes(SHA256_PREFIX, digest);
}
