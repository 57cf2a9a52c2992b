/** Signature algorithms by their names in JWA (RFC 7518, 3.1). The card of today makes RS256; the next one is planned with ES384. */
export const SIGNATURE_ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
] as const;

/** One of {@link SIGNATURE_ALGORITHMS}. */
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** Hash functions that are taken, by their names in node:crypto. */
export type HashAlgorithm = "sha256" | "sha384" | "sha512";
