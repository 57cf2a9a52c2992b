import { createSHA256 } from "hash-wasm";
import type { Bytes } from "../../../formats/der/der.ts";

/** A running SHA-256 (FIPS 180-4). */
export interface Sha256Stream {
  /** Takes the bytes that follow; they may change as soon as it returns. */
  readonly update: (bytes: Uint8Array) => void;
  /** The digest of everything, 32 octets. Once: afterwards both throw. */
  readonly digest: () => Bytes;
}

/**
 * SHA-256 of a document that never stands in memory as a whole: WebAssembly, constant memory, a tenth of the speed of `sha256()`. An extension
 * page needs `'wasm-unsafe-eval'` in its content security policy for it; without that it rejects with `WebAssembly.CompileError`.
 */
export async function createSha256(): Promise<Sha256Stream> {
  const hasher = await createSHA256();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => Uint8Array.from(hasher.digest("binary")),
  };
}
