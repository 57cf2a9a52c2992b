import type { KeyObject } from "node:crypto";
import type { HashAlgorithm, SignatureAlgorithm } from "../cryptography/algorithms.ts";
import { digest } from "../cryptography/hash.ts";
import type { KeyType } from "../cryptography/public-key.ts";
import { hashOf, verifySignatureValue } from "../cryptography/signature-value.ts";
import { refuseUnless } from "../verdict/failure.ts";
import type { AuthenticationToken } from "./authentication-token.ts";

/**
 * Holds a token's signature to origin and challenge: it is over H(origin) ‖ H(challenge), both as UTF-8 text, H being the algorithm's hash function (Web eID's
 * system architecture, "token format"). The challenge is hashed as the text it is, not decoded. Refused: `algorithm-mismatch`, `signature-wrong`: a
 * wrong origin, a wrong challenge and a wrong key can't be told apart.
 */
export function verifyTokenSignature(
  { algorithm, signature }: Pick<AuthenticationToken, "algorithm" | "signature">,
  { key, keyType }: { readonly key: KeyObject; readonly keyType: KeyType },
  { origin, challenge }: { readonly origin: string; readonly challenge: string },
): void {
  const signed = toBeSigned(algorithm, origin, challenge);
  const holds = verifySignatureValue(algorithm, key, keyType, signed, signature);
  refuseUnless(holds, "signature-wrong", `${algorithm} over this origin and challenge does not verify`);
}

function toBeSigned(algorithm: SignatureAlgorithm, origin: string, challenge: string): Uint8Array {
  const hash = hashOf(algorithm);
  return Buffer.concat([originDigest(hash, origin), digest(hash, Buffer.from(challenge))]);
}

/** Digests of the origin that was last asked for: a site has one. */
const known = new Map<HashAlgorithm, { readonly origin: string; readonly value: Uint8Array }>();

function originDigest(hash: HashAlgorithm, origin: string): Uint8Array {
  const last = known.get(hash);
  if (last?.origin === origin) return last.value;
  const value = digest(hash, Buffer.from(origin));
  known.set(hash, { origin, value });
  return value;
}
