import type { Bytes } from "../../formats/der/der.ts";

/**
 * SHA-256 (FIPS 180-4) by Web Crypto, of all bytes at once. What is hashed can't change meanwhile: `digest()` takes its own copy before it returns
 * (W3C Web Cryptography, 14.3.5), so none is made here; only memory that is shared or resizable is copied first, because Web Crypto
 * refuses it.
 */
export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", unshared(bytes)));
}

const unshared = (bytes: Uint8Array): Bytes =>
  bytes.buffer instanceof ArrayBuffer && !bytes.buffer.resizable ? (bytes as Bytes) : new Uint8Array(bytes);
