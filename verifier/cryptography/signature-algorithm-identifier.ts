import { nothing, objectIdentifier, sequence } from "../../formats/der/der.ts";
import { openDer, type DerFields } from "../../formats/der/der-fields.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import type { HashAlgorithm, SignatureAlgorithm } from "./algorithms.ts";
import { endAfterNothing, HASH_LENGTHS, readHashAlgorithm } from "./hash.ts";

/** sha256WithRSAEncryption with NULL: what JPKI has, known without reading. */
const RS256 = sequence(objectIdentifier("1.2.840.113549.1.1.11"), nothing);

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
const PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";
const RSA_WITH: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ["1.2.840.113549.1.1.11", "RS256"],
  ["1.2.840.113549.1.1.12", "RS384"],
  ["1.2.840.113549.1.1.13", "RS512"],
]);
const ECDSA_WITH: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ["1.2.840.10045.4.3.2", "ES256"],
  ["1.2.840.10045.4.3.3", "ES384"],
  ["1.2.840.10045.4.3.4", "ES512"],
]);
/** RSA with MD2, MD4, MD5, SHA-1 and SHA-224, ECDSA with SHA-1 and SHA-224, DSA with SHA-1, and RSA with SHA-1 and MD5 as OIW has it. */
const WEAK: ReadonlySet<string> = new Set([
  "1.2.840.113549.1.1.2",
  "1.2.840.113549.1.1.3",
  "1.2.840.113549.1.1.4",
  "1.2.840.113549.1.1.5",
  "1.2.840.113549.1.1.14",
  "1.2.840.10045.4.1",
  "1.2.840.10045.4.3.1",
  "1.2.840.10040.4.3",
  "1.3.14.3.2.29",
  "1.3.14.3.2.3",
]);
const BARE: Readonly<Record<HashAlgorithm, SignatureAlgorithm>> = { sha256: "RS256", sha384: "RS384", sha512: "RS512" };
const WITH_PSS: Readonly<Record<HashAlgorithm, SignatureAlgorithm>> = {
  sha256: "PS256",
  sha384: "PS384",
  sha512: "PS512",
};

/**
 * The algorithm of an AlgorithmIdentifier (DER) of a signature, as certificates, revocation lists and CMS have it. Parameters: NULL or absent for RSA
 * (RFC 4055, 5), absent for ECDSA (RFC 5758, 3.2), for PSS with one hash function throughout and a salt of its length (RFC 4055, 3.1).
 * `rsaEncryption` says no hash function: it is taken where the format names one beside it, as CMS does (RFC 3370, 3.2), given as `digestAlgorithm`, which
 * must then also be that of every other algorithm. Refused: `algorithm-weak` (SHA-1, MD5 and such), `algorithm-unsupported`, `algorithm-mismatch`.
 */
export function readSignatureAlgorithm(encoding: Uint8Array, digestAlgorithm?: HashAlgorithm): SignatureAlgorithm {
  const algorithm = Buffer.compare(encoding, RS256) === 0 ? "RS256" : readIdentifier(encoding, digestAlgorithm);
  const agrees = digestAlgorithm === undefined || algorithm.slice(2) === digestAlgorithm.slice(3);
  refuseUnless(agrees, "algorithm-mismatch", `${algorithm} over a digest of ${digestAlgorithm ?? ""}`);
  return algorithm;
}

function readIdentifier(encoding: Uint8Array, digestAlgorithm: HashAlgorithm | undefined): SignatureAlgorithm {
  try {
    const fields = openDer(encoding);
    const identifier = fields.objectIdentifier();
    refuseUnless(!WEAK.has(identifier), "algorithm-weak", `signature algorithm ${identifier}`);
    const ecdsa = ECDSA_WITH.get(identifier);
    if (ecdsa) {
      refuseUnless(fields.done, "algorithm-unsupported", "ECDSA with parameters");
      return ecdsa;
    }
    if (identifier === PSS) return readPss(fields);
    const bare = identifier === RSA_ENCRYPTION && digestAlgorithm ? BARE[digestAlgorithm] : undefined;
    const rsa = bare ?? RSA_WITH.get(identifier);
    refuseUnless(rsa !== undefined, "algorithm-unsupported", `signature algorithm ${identifier}`);
    endAfterNothing(fields);
    return rsa;
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("algorithm-unsupported", "broken AlgorithmIdentifier");
    throw fault;
  }
}

/** RSASSA-PSS-params; what is left out there is SHA-1 and a salt of 20 octets. */
function readPss(algorithm: DerFields): SignatureAlgorithm {
  refuseUnless(!algorithm.done, "algorithm-weak", "PSS without parameters is SHA-1");
  const parameters = algorithm.inside(0x30);
  algorithm.end();
  refuseUnless(parameters.startsWith(0xa0), "algorithm-weak", "PSS without a hash function is SHA-1");
  const hash = readHashAlgorithm(parameters.next(0xa0).contents);
  refuseUnless(parameters.startsWith(0xa1), "algorithm-weak", "PSS without a mask function is SHA-1");
  const mask = openDer(parameters.next(0xa1).contents);
  refuseUnless(mask.objectIdentifier() === MGF1, "algorithm-unsupported", "PSS with another mask than MGF1");
  refuseUnless(readHashAlgorithm(mask.next(0x30).encoding) === hash, "algorithm-unsupported", "PSS with two hashes");
  mask.end();
  refuseUnless(
    explicitNumber(parameters, 0xa2) === HASH_LENGTHS[hash],
    "algorithm-unsupported",
    "PSS with a salt not as long as the digest",
  );
  const trailer = parameters.done ? 1 : explicitNumber(parameters, 0xa3);
  refuseUnless(trailer === 1, "algorithm-unsupported", "PSS with another trailer");
  parameters.end();
  return WITH_PSS[hash];
}

/** A number of one octet in an explicit tag; `undefined` where it has more, or where the tag is another. */
function explicitNumber(fields: DerFields, tag: number): number | undefined {
  if (!fields.startsWith(tag)) return undefined;
  const inner = fields.inside(tag);
  const digits = inner.unsigned();
  inner.end();
  return digits.length === 1 ? digits[0] : undefined;
}
