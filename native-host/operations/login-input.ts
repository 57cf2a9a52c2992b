import { createHash } from "node:crypto";
import { sha256DigestInfo } from "../jpki/digest-info.ts";

const sha256 = (...parts: readonly (string | Uint8Array)[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * What the authentication key signs, and the only thing it ever signs: DigestInfo of SHA-256 over `SHA-256(origin) ‖
 * SHA-256(challenge)`, both as UTF-8 text (Web eID authentication token, `web-eid:1.0`, RS256).
 */
export function loginInput(origin: string, challenge: string): Uint8Array {
  return sha256DigestInfo(sha256(sha256(origin), sha256(challenge)));
}
