import * as v from "valibot";
import { chooseAttributes, type CertificateAttributes } from "../../../formats/x509/certificate-attributes.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import type { FoundSignature } from "../found-signature.ts";
import { decodeBase64url } from "../jws/base64url.ts";
import { readProtectedHeader } from "../jws/protected-header.ts";
import { readCompact } from "../jws/serializations.ts";
import { readStrictObject } from "../jws/strict-json.ts";
import { ATTRIBUTES_PROOF_TYPE } from "./proof-type.ts";

/** A proof has some kilobytes: certificate, address, the purpose. */
const LONGEST_PROOF = 128 * 1024;
/** The last second that a Date takes is far behind this: the end of the year 9999. */
const LAST_SECOND = 253_402_300_799;

const substitutes = v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), v.readonly());
const claimsSchema = v.strictObject({
  origin: v.string(),
  challenge: v.string(),
  purpose: v.string(),
  attributes: v.strictObject({
    name: v.exactOptional(v.string()),
    address: v.exactOptional(v.string()),
    birthDate: v.exactOptional(v.string()),
    sex: v.exactOptional(v.picklist(["male", "female", "unknown"])),
    nameSubstitutes: v.exactOptional(substitutes),
    addressSubstitutes: v.exactOptional(substitutes),
  }),
  iat: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LAST_SECOND)),
});

/** What the holder signed: the site, its challenge and purpose, and the attributes that were given. */
export interface ProofClaims {
  readonly origin: string;
  readonly challenge: string;
  readonly purpose: string;
  readonly attributes: CertificateAttributes;
}

/** What the site knows by itself. */
export interface ExpectedProof {
  /** Serialized origin of the site. */
  readonly origin: string;
  /** The challenge of this session, as text. */
  readonly challenge: string;
  /** As it was asked with; not compared where it is left out. */
  readonly purpose?: string;
}

/**
 * Reads a proof of attributes: a compact JWS of the type {@link ATTRIBUTES_PROOF_TYPE} with exactly the claims that `prepareAttributesProof` of the extension
 * makes, for this origin, challenge and purpose to the letter. `iat` becomes the claimed time. The signature, the certificate and
 * {@link checkProvenAttributes} are still to be checked. Refused: `not-a-proof`, `proof-for-another-site`, `proof-for-another-challenge`,
 * `proof-for-another-purpose`, `file-ambiguous`, and what `readProtectedHeader` refuses.
 */
export function readAttributesProof(
  proof: string,
  expected: ExpectedProof,
): { readonly found: FoundSignature; readonly claims: ProofClaims } {
  try {
    return readProof(proof, expected);
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code !== "file-broken") throw thrown;
    throw new Refusal("not-a-proof", thrown.detail);
  }
}

function readProof(proof: string, expected: ExpectedProof): { found: FoundSignature; claims: ProofClaims } {
  // the caller's types don't hold what came over the network
  const given: unknown = proof;
  refuseUnless(typeof given === "string" && given.length <= LONGEST_PROOF, "not-a-proof", "no text, or too long");
  const { payload, signatures } = readCompact(given);
  const [serialized] = signatures;
  refuseUnless(serialized !== undefined, "not-a-proof", "no signature");
  const { type, unencoded, algorithm, certificate } = readProtectedHeader(serialized.header);
  refuseUnless(type === ATTRIBUTES_PROOF_TYPE && !unencoded, "not-a-proof", "a JWS of another type");
  const octets = decodeBase64url(payload, "the payload");
  const { iat, ...claims } = readClaims(octets);
  refuseUnless(claims.origin === expected.origin, "proof-for-another-site", "the origin is another");
  refuseUnless(claims.challenge === expected.challenge, "proof-for-another-challenge", "the challenge is another");
  const samePurpose = expected.purpose === undefined || claims.purpose === expected.purpose;
  refuseUnless(samePurpose, "proof-for-another-purpose", "the purpose is another");
  const found: FoundSignature = {
    format: "jws",
    certificate,
    algorithm,
    signed: Buffer.from(`${serialized.header}.${payload}`, "latin1"),
    value: decodeBase64url(serialized.value, "the signature"),
    claimedTime: new Date(iat * 1000),
    coverage: { kind: "content", whole: true, octets },
    timestamps: [],
    label: "proof of attributes",
  };
  return { found, claims };
}

function readClaims(octets: Uint8Array): v.InferOutput<typeof claimsSchema> {
  const claims = v.safeParse(claimsSchema, Object.fromEntries(readStrictObject(octets, "the claims")));
  refuseUnless(claims.success, "not-a-proof", "the claims are others");
  return claims.output;
}

/**
 * Refuses (`proof-attributes-differ`) claims that are not, to the letter, what the certificate says of its holder: each attribute, and for name and address
 * where substitutes stand in them. `holder` comes from the certificate that signed.
 */
export function checkProvenAttributes({ attributes }: ProofClaims, holder: CertificateAttributes): void {
  const proven = chooseAttributes(holder, Object.keys(attributes));
  refuseUnless(
    inOneForm(attributes) === inOneForm(proven),
    "proof-attributes-differ",
    "the certificate says otherwise",
  );
}

const inOneForm = (attributes: CertificateAttributes): string =>
  JSON.stringify(Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
