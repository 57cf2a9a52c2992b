import type { Bytes } from "../../../formats/der/der.ts";

const ALPHABET = new TextEncoder().encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

/** How many characters {@link writeBase64url} makes of so many octets. */
export const base64urlLength = (octets: number): number => Math.ceil((octets * 4) / 3);

/**
 * Writes base64url without padding (RFC 4648, section 5; RFC 7515, 2) as ASCII octets into `target` from `at` on, without a string between: a
 * document may have 64 MB. Returns where it ended.
 */
export function writeBase64url(target: Bytes, at: number, octets: Uint8Array): number {
  const digit = (value: number): number => ALPHABET[value & 0x3f] ?? 0;
  let write = at;
  for (let read = 0; read < octets.length; read += 3) {
    const left = octets.length - read;
    const bits = ((octets[read] ?? 0) << 16) | ((octets[read + 1] ?? 0) << 8) | (octets[read + 2] ?? 0);
    target[write++] = digit(bits >> 18);
    target[write++] = digit(bits >> 12);
    if (left > 1) target[write++] = digit(bits >> 6);
    if (left > 2) target[write++] = digit(bits);
  }
  return write;
}

/** base64url without padding, as ASCII octets. */
export function encodeBase64url(octets: Uint8Array): Bytes {
  const target = new Uint8Array(base64urlLength(octets.length));
  writeBase64url(target, 0, octets);
  return target;
}
