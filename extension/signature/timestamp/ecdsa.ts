import { concatBytes } from "../../../shared/encoding/bytes.ts";
import { readElement, type Bytes } from "../../../formats/der/der.ts";
import { openDer, readObjectIdentifier } from "../../../formats/der/der-fields.ts";
import { ALGORITHM_IDS, readAlgorithm } from "./algorithm-identifier.ts";
import { importKey } from "./import-key.ts";
import { demand } from "./timestamp-fault.ts";

/** By the curve's object identifier (RFC 5480, 2.1.1.1): its Web Crypto name and the octets of a coordinate. */
const CURVES: ReadonlyMap<string, { namedCurve: string; octets: number }> = new Map([
  ["1.2.840.10045.3.1.7", { namedCurve: "P-256", octets: 32 }],
  ["1.3.132.0.34", { namedCurve: "P-384", octets: 48 }],
  ["1.3.132.0.35", { namedCurve: "P-521", octets: 66 }],
]);

/**
 * An elliptic curve key of a SubjectPublicKeyInfo (RFC 5480, 2), for verifying, and the octets of a coordinate on its curve. Throws
 * `TimestampFault` (`algorithm`) for other keys and curves, `RangeError` when it is not DER.
 */
export async function importEcKey(publicKey: Uint8Array): Promise<{ key: CryptoKey; octets: number }> {
  const { algorithm, parameters } = readAlgorithm(openDer(publicKey));
  demand(algorithm === ALGORITHM_IDS.ecPublicKey && parameters[0] === 0x06, "algorithm", `the key is for ${algorithm}`);
  const oid = readObjectIdentifier(readElement(parameters).contents);
  const curve = CURVES.get(oid);
  demand(curve !== undefined, "algorithm", `curve ${oid}`);
  const { namedCurve, octets } = curve;
  return { key: await importKey(concatBytes(publicKey), { name: "ECDSA", namedCurve }), octets };
}

/**
 * A signature as Web Crypto wants it, `r` and `s` behind each other at full length, from ECDSA-Sig-Value (RFC 3279, 2.2.3). Throws `RangeError`
 * when it is none, `TimestampFault` (`signature`) when a number is too large for the curve.
 */
export function rawEcdsaSignature(signature: Uint8Array, octets: number): Bytes {
  const fields = openDer(signature);
  const numbers = [fields.unsigned(), fields.unsigned()];
  fields.end();
  const raw = new Uint8Array(octets * 2);
  numbers.forEach((digits, index) => {
    demand(digits.length <= octets, "signature", "a number too large for the curve");
    raw.set(digits, (index + 1) * octets - digits.length);
  });
  return raw;
}
