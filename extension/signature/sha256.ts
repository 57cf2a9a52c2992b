/** SHA-256 (FIPS 180-4) by Web Crypto. The bytes are copied first, so that what is hashed can't change meanwhile. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
}
