import * as v from "valibot";
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from "../cryptography/algorithms.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import { hasRepeatedMember } from "./repeated-member.ts";

/** Longer tokens are not read: ours have about 3,000 characters. */
export const TOKEN_CHARACTERS = 10_000;

/** Versions of the format, exactly; what 1.1 has beside 1.0 (the signing certificates) is not looked at: nothing vouches for it. */
const FORMATS: readonly string[] = ["web-eid:1.0", "web-eid:1.1"];

const text = v.pipe(v.string(), v.maxLength(TOKEN_CHARACTERS));
const versioned = v.object({ format: text });
/** Members that are not named here may be there, as the Web eID specification has it, and are never read. */
const members = v.object({ algorithm: text, unverifiedCertificate: text, signature: text });

/** A Web eID authentication token, read and not yet believed. */
export interface AuthenticationToken {
  readonly algorithm: SignatureAlgorithm;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Reads a token: JSON text, or the object that a site's JSON parser made of it. Refused: `token-malformed` (too long, no JSON, a member twice, missing or no string,
 * base64 that is not canonical), `token-version` (neither `web-eid:1.0` nor `web-eid:1.1`), `algorithm-unsupported`.
 */
export function readAuthenticationToken(token: unknown): AuthenticationToken {
  const object = typeof token === "string" ? parse(token) : token;
  const version = v.safeParse(versioned, object);
  refuseUnless(version.success, "token-malformed", "no format");
  refuseUnless(FORMATS.includes(version.output.format), "token-version", "format is another than web-eid:1.0 and 1.1");
  const read = v.safeParse(members, object);
  refuseUnless(read.success, "token-malformed", "a member is missing, no string, or too long");
  const { unverifiedCertificate, signature } = read.output;
  const length = unverifiedCertificate.length + signature.length;
  refuseUnless(length <= TOKEN_CHARACTERS, "token-malformed", `longer than ${TOKEN_CHARACTERS} characters`);
  const algorithm = SIGNATURE_ALGORITHMS.find((known) => known === read.output.algorithm);
  refuseUnless(algorithm !== undefined, "algorithm-unsupported", "algorithm is none of RS, PS, ES 256, 384, 512");
  return { algorithm, certificate: base64(unverifiedCertificate), signature: base64(signature) };
}

function parse(text: string): unknown {
  refuseUnless(text.length <= TOKEN_CHARACTERS, "token-malformed", `longer than ${TOKEN_CHARACTERS} characters`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Refusal("token-malformed", "no JSON");
  }
  refuseUnless(!hasRepeatedMember(text), "token-malformed", "a member is there twice");
  return parsed;
}

/**
 * Standard base64 with padding (RFC 4648, 4), in the one way that it can be written: Node skips what it does not know and takes the other alphabet too, so every
 * character must have counted, and the last group must be what those octets make. To encode everything again would cost more than to read the certificate.
 */
function base64(text: string): Uint8Array {
  const octets = Buffer.from(text, "base64");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  // of a wider character Node would take the low octet
  const narrow = Buffer.byteLength(text) === text.length;
  const everyOneCounts = narrow && text.length % 4 === 0 && octets.length === (text.length / 4) * 3 - padding;
  const lastGroup = octets.subarray(Math.max(0, octets.length - 3 + padding)).toString("base64");
  const canonical = everyOneCounts && text.endsWith(lastGroup) && !text.includes("-") && !text.includes("_");
  refuseUnless(canonical, "token-malformed", "base64");
  return octets;
}
