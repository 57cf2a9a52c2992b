import { createHmac, createSecretKey } from "node:crypto";

/** HMAC-SHA-256 over a label and texts, base64url (43 characters). Each text goes in with its length before it: no two lists of texts are the same octets. */
export type KeyedHash = (label: string, ...texts: readonly string[]) => string;

const LEAST_SECRET = 32;

/**
 * A keyed hash under the site's secret. The secret is copied. Throws a `TypeError` for a secret of less than 32 octets: what it would hide (serial
 * numbers, names) can be guessed one by one.
 */
export function createKeyedHash(siteSecret: Uint8Array): KeyedHash {
  if (!((siteSecret as unknown) instanceof Uint8Array) || siteSecret.length < LEAST_SECRET) {
    throw new TypeError(`siteSecret: at least ${LEAST_SECRET} random octets`);
  }
  const key = createSecretKey(siteSecret);
  return (label, ...texts) => {
    const hmac = createHmac("sha256", key);
    for (const text of [label, ...texts]) {
      const octets = Buffer.from(text, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(octets.length);
      hmac.update(length).update(octets);
    }
    return hmac.digest("base64url");
  };
}
