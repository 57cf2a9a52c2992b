import { concatBytes } from "../../../shared/encoding/bytes.ts";
import type { SignedStatement } from "./signed-statement.ts";
import { ALGORITHM_IDS, isPlain } from "./algorithm-identifier.ts";
import { importEcKey, rawEcdsaSignature } from "./ecdsa.ts";
import { importRsaKey, pssSaltLength } from "./rsa.ts";
import { demand } from "./timestamp-fault.ts";

/** Signature algorithms that name their hash function themselves (RFC 5754, 3.2 and 3.3). */
const WITH_HASH: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.11", "RSASSA-PKCS1-v1_5 SHA-256"],
  ["1.2.840.113549.1.1.12", "RSASSA-PKCS1-v1_5 SHA-384"],
  ["1.2.840.113549.1.1.13", "RSASSA-PKCS1-v1_5 SHA-512"],
  ["1.2.840.10045.4.3.2", "ECDSA SHA-256"],
  ["1.2.840.10045.4.3.3", "ECDSA SHA-384"],
  ["1.2.840.10045.4.3.4", "ECDSA SHA-512"],
]);

function schemeOf({ signatureAlgorithm, digest }: SignedStatement): string {
  const { algorithm } = signatureAlgorithm;
  if (algorithm === ALGORITHM_IDS.rsassaPss) return "RSA-PSS";
  const named = algorithm === ALGORITHM_IDS.rsaEncryption ? `RSASSA-PKCS1-v1_5 ${digest}` : WITH_HASH.get(algorithm);
  demand(named !== undefined && isPlain(signatureAlgorithm), "algorithm", `signature algorithm ${algorithm}`);
  const [scheme = "", hash] = named.split(" ");
  demand(hash === digest, "algorithm", "signature and digest algorithm don't match");
  return scheme;
}

/**
 * Verifies the signature over the signed attributes with the certificate's key (RFC 5652, 5.6), by Web Crypto: RSASSA-PKCS1-v1_5, RSASSA-PSS
 * and ECDSA with P-256, P-384 and P-521, each with SHA-256, SHA-384 or SHA-512. Throws `TimestampFault` (`algorithm`, `signature`), or
 * `RangeError` when key or signature are not DER.
 */
export async function verifyAuthoritySignature(token: SignedStatement, publicKey: Uint8Array): Promise<void> {
  const { digest: hash, signedAttributes, signatureAlgorithm } = token;
  const { key, parameters, signature } = await webCryptoInput(schemeOf(token));
  // Web Crypto rejects what can't be of this key at all, a salt that has no room in it
  const verified = await crypto.subtle.verify(parameters, key, signature, signedAttributes).catch(() => false);
  demand(verified, "signature", "it does not verify");

  async function webCryptoInput(name: string) {
    const signature = concatBytes(token.signature);
    if (name === "ECDSA") {
      const { key, octets } = await importEcKey(publicKey);
      return { key, parameters: { name, hash }, signature: rawEcdsaSignature(signature, octets) };
    }
    if (name === "RSA-PSS") {
      const saltLength = pssSaltLength(signatureAlgorithm.parameters, hash);
      const key = await importRsaKey(publicKey, { name, hash }, signatureAlgorithm.parameters);
      return { key, parameters: { name, saltLength }, signature };
    }
    return { key: await importRsaKey(publicKey, { name, hash }), parameters: { name }, signature };
  }
}
