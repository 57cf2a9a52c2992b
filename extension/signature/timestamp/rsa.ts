import { concatBytes, equalBytes } from "../../../shared/encoding/bytes.ts";
import { nothing, objectIdentifier, sequence } from "../../../formats/der/der.ts";
import { DerFields, openDer } from "../../../formats/der/der-fields.ts";
import { ALGORITHM_IDS, hashName, readAlgorithm, type HashName } from "./algorithm-identifier.ts";
import { importKey } from "./import-key.ts";
import { demand } from "./timestamp-fault.ts";

/** From 2,048 to 8,192 bits: less is broken, more only takes time. */
const MODULUS_OCTETS = { least: 256, most: 1024 };
const EXPONENT_OCTETS = 4;

/**
 * An RSA key of a SubjectPublicKeyInfo (RFC 8017, A.1.1), for verifying. A key that is for PSS only (RFC 4055, 1.2) needs `pss`, the parameters of
 * the signature, and may not ask for others. Throws `TimestampFault` (`algorithm`) for other keys and sizes, `RangeError` when it is not DER.
 */
export async function importRsaKey(
  publicKey: Uint8Array,
  scheme: RsaHashedImportParams & { hash: HashName },
  pss?: Uint8Array,
): Promise<CryptoKey> {
  const info = openDer(publicKey);
  const { algorithm, parameters } = readAlgorithm(info);
  const bits = info.next(0x03);
  info.end();
  const onlyPss = algorithm === ALGORITHM_IDS.rsassaPss && pss !== undefined;
  const unrestricted = parameters.length === 0 || (pss !== undefined && equalBytes(parameters, pss));
  demand(
    algorithm === ALGORITHM_IDS.rsaEncryption || (onlyPss && unrestricted),
    "algorithm",
    `the key is for ${algorithm}`,
  );
  const numbers = openDer(bits.contents.subarray(1));
  const [modulus, exponent] = [numbers.unsigned(), numbers.unsigned()];
  numbers.end();
  const { least, most } = MODULUS_OCTETS;
  demand(modulus.length >= least && modulus.length <= most, "algorithm", `an RSA key of ${modulus.length * 8} bits`);
  demand(exponent.length <= EXPONENT_OCTETS, "algorithm", "an RSA exponent too large");
  // Web Crypto knows RSA keys by this identifier alone (W3C Web Cryptography, 20.8.4)
  const plain = sequence(sequence(objectIdentifier(ALGORITHM_IDS.rsaEncryption), nothing), concatBytes(bits.encoding));
  return importKey(plain, scheme);
}

/**
 * The salt length of RSASSA-PSS parameters (RFC 4055, 3.1). Hash and mask generation must be with `hash`, so the defaults, which are SHA-1, are
 * refused with `TimestampFault` (`algorithm`).
 */
export function pssSaltLength(parameters: Uint8Array, hash: HashName): number {
  const fields = openDer(parameters);
  const named = fields.optional(0xa0);
  const mask = fields.optional(0xa1);
  const salt = fields.optional(0xa2);
  const trailer = fields.optional(0xa3);
  fields.end();
  demand(named !== undefined && mask !== undefined, "algorithm", "RSASSA-PSS with SHA-1");
  const generator = readAlgorithm(new DerFields(mask.contents));
  const [first, second] = [
    hashName(readAlgorithm(new DerFields(named.contents))),
    hashName(readAlgorithm(new DerFields(generator.parameters))),
  ];
  const agreed = generator.algorithm === ALGORITHM_IDS.mgf1 && first === hash && second === hash;
  demand(agreed, "algorithm", "RSASSA-PSS with different hash functions");
  demand(
    trailer === undefined || new DerFields(trailer.contents).unsigned().join() === "1",
    "algorithm",
    "RSASSA-PSS with another trailer",
  );
  const [length = 0, ...more] = salt === undefined ? [20] : new DerFields(salt.contents).unsigned();
  demand(more.length === 0, "algorithm", "RSASSA-PSS with a long salt");
  return length;
}
