import { createHash } from "node:crypto";
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from "../../cryptography/algorithms.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import { decodeBase64url } from "./base64url.ts";
import { readStrictObject, type StrictObject } from "./strict-json.ts";

/** What a signed header says (RFC 7515, 4.1). */
export interface ProtectedHeader {
  readonly algorithm: SignatureAlgorithm;
  /** The first of `x5c`, DER. */
  readonly certificate: Uint8Array;
  /** `b64` is false (RFC 7797): the payload is signed as it is. */
  readonly unencoded: boolean;
  /** `typ`, in lower case, without `application/`. */
  readonly type: string | undefined;
  readonly names: ReadonlySet<string>;
}

/** A header with a chain of certificates has some kilobytes. */
const LONGEST_HEADER = 64 * 1024;
const MOST_CERTIFICATES = 10;
/** Members that say who signs, or how, in another way than {@link ProtectedHeader}: whoever follows them may come to another key. */
const OTHER_KEYS = ["jku", "jwk", "x5u"];

/**
 * Reads the base64url of a protected header. `alg` is one of the closed list; `x5c` is there, and where `x5t#S256` or `x5t` is, it is that certificate's;
 * `crit` names nothing but `b64`, and `b64` is there only if it does. Refused: `file-broken`, `too-large`, `file-ambiguous` (a name twice; keys by `jku`,
 * `jwk`, `x5u`; `b64` that is not critical), `file-unsupported` (another critical member), `algorithm-unsupported`, `certificate-missing`,
 * `certificate-unreadable`, `certificate-not-the-signers`.
 */
export function readProtectedHeader(encoded: string): ProtectedHeader {
  refuseUnless(encoded.length <= LONGEST_HEADER, "too-large", "the header");
  const header = readStrictObject(decodeBase64url(encoded, "the header"), "the header");
  const algorithm = SIGNATURE_ALGORITHMS.find((known) => known === header.get("alg"));
  refuseUnless(algorithm !== undefined, "algorithm-unsupported", "alg is none of those that are taken");
  const unencoded = readCritical(header);
  const other = OTHER_KEYS.find((name) => header.has(name));
  refuseUnless(other === undefined, "file-ambiguous", `the header names a key by ${other ?? ""}`);
  const certificate = readCertificateChain(header.get("x5c"));
  checkThumbprint(header, "x5t#S256", "sha256", certificate);
  checkThumbprint(header, "x5t", "sha1", certificate);
  const names = new Set(header.keys());
  return { algorithm, certificate, unencoded, type: readType(header.get("typ")), names };
}

/** RFC 7515, 4.1.11, and RFC 7797, 6. Returns whether the payload is unencoded. */
function readCritical(header: StrictObject): boolean {
  const [critical, b64] = [header.get("crit"), header.get("b64")];
  if (header.has("crit")) {
    const names: readonly unknown[] = Array.isArray(critical) ? critical : [];
    refuseUnless(names.length > 0, "file-broken", "crit is no list of names");
    refuseUnless(names.length === 1 && names[0] === "b64", "file-unsupported", "crit names more than b64");
    refuseUnless(typeof b64 === "boolean", "file-broken", "b64 is critical and not there");
    return !b64;
  }
  refuseUnless(!header.has("b64"), "file-ambiguous", "b64 is not critical");
  return false;
}

function readCertificateChain(chain: unknown): Uint8Array {
  refuseUnless(Array.isArray(chain) && chain.length > 0, "certificate-missing", "no x5c");
  const texts: readonly unknown[] = chain;
  refuseUnless(texts.length <= MOST_CERTIFICATES, "too-large", `more than ${MOST_CERTIFICATES} certificates`);
  const certificates = texts.map((text) => {
    const octets = typeof text === "string" ? Buffer.from(text, "base64") : undefined;
    refuseUnless(octets?.toString("base64") === text, "certificate-unreadable", "x5c is no base64");
    return octets;
  });
  const [first] = certificates;
  refuseUnless(first !== undefined, "certificate-unreadable", "x5c is no base64");
  return first;
}

/** RFC 7515, 4.1.7 and 4.1.8. SHA-1 only names what the whole certificate says anyway. */
function checkThumbprint(header: StrictObject, name: string, hash: "sha1" | "sha256", certificate: Uint8Array): void {
  if (!header.has(name)) return;
  const own = createHash(hash).update(certificate).digest("base64url");
  refuseUnless(header.get(name) === own, "certificate-not-the-signers", `${name} is another certificate's`);
}

function readType(type: unknown): string | undefined {
  if (type === undefined) return undefined;
  refuseUnless(typeof type === "string", "file-broken", "typ is no text");
  return type.toLowerCase().replace(/^application\//, "");
}
