import type { DerFields } from "../../../formats/der/der-fields.ts";
import { demand } from "./timestamp-fault.ts";

/** The object identifiers that timestamp tokens are made with: RFC 5754 (hashes, RSA, ECDSA), RFC 4055 (PSS), RFC 5480 (curves). */
export const ALGORITHM_IDS = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  rsaEncryption: "1.2.840.113549.1.1.1",
  mgf1: "1.2.840.113549.1.1.8",
  rsassaPss: "1.2.840.113549.1.1.10",
  ecPublicKey: "1.2.840.10045.2.1",
} as const;

/** A hash function by its Web Crypto name. */
export type HashName = "SHA-256" | "SHA-384" | "SHA-512";

const HASHES: ReadonlyMap<string, HashName> = new Map([
  [ALGORITHM_IDS.sha256, "SHA-256"],
  [ALGORITHM_IDS.sha384, "SHA-384"],
  [ALGORITHM_IDS.sha512, "SHA-512"],
]);

/** An AlgorithmIdentifier (RFC 5280, 4.1.1.2). */
export interface AlgorithmIdentifier {
  readonly algorithm: string;
  /** The whole encoding of the parameters; empty where there are none. */
  readonly parameters: Uint8Array;
}

/** Reads the next element as an AlgorithmIdentifier. Throws `RangeError` when it is none. */
export function readAlgorithm(fields: DerFields): AlgorithmIdentifier {
  const inner = fields.inside(0x30);
  const algorithm = inner.objectIdentifier();
  const parameters = inner.done ? new Uint8Array() : inner.any().encoding;
  inner.end();
  return { algorithm, parameters };
}

/** No parameters, or NULL: what RFC 5754 allows for hashes and PKCS #1 v1.5. */
export const isPlain = ({ parameters }: AlgorithmIdentifier): boolean =>
  parameters.length === 0 || (parameters.length === 2 && parameters[0] === 0x05);

/** The hash function that is named. Throws `TimestampFault` for one that is not taken: SHA-1 and everything older. */
export function hashName(identifier: AlgorithmIdentifier): HashName {
  const hash = HASHES.get(identifier.algorithm);
  demand(hash !== undefined && isPlain(identifier), "algorithm", `hash function ${identifier.algorithm}`);
  return hash;
}
