import type { Bytes } from "../../../formats/der/der.ts";
import { TimestampFault } from "./timestamp-fault.ts";

/** Imports a SubjectPublicKeyInfo for verifying. Throws `TimestampFault` (`algorithm`) where Web Crypto takes it for none: a point off the curve. */
export async function importKey(
  publicKey: Bytes,
  scheme: RsaHashedImportParams | EcKeyImportParams,
): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("spki", publicKey, scheme, false, ["verify"]);
  } catch {
    throw new TimestampFault("algorithm", "a public key that is none");
  }
}
