import type { Bytes } from "../../../formats/der/der.ts";
import { encodeBase64url } from "../jws/base64url.ts";
import { prepareCompactJws } from "../jws/compact-jws.ts";
import type { Signer } from "../signature-builder.ts";
import type { CertificateAttributes } from "../../../formats/x509/certificate-attributes.ts";

/** `typ` of the proof: no other JWS of ours has it, so that a document's signature can't be shown as a proof, whatever the document says. */
export const ATTRIBUTES_PROOF_TYPE = "jpki-attributes+jwt";

/** What a proof stands for. */
export interface AttributesProofInput {
  /** Serialized origin of the page that asked. */
  readonly origin: string;
  /** The site's challenge, as text. */
  readonly challenge: string;
  /** As the resident was shown it. */
  readonly purpose: string;
  /** Only those that were asked for and given. */
  readonly attributes: CertificateAttributes;
  readonly signer: Signer;
}

/** A proof that lacks nothing but the signature value. */
export interface PreparedAttributesProof {
  /** SHA-256 of the JWS signing input, for the card. */
  readonly toBeSigned: Bytes;
  /** The compact JWS. */
  readonly finish: (signature: Bytes) => string;
}

/**
 * The proof that a holder gave attributes to a site: a compact JWS (RFC 7515; RS256, the signing certificate in `x5c`) over the JWT claims `origin`,
 * `challenge`, `purpose`, `attributes` and `iat` (seconds since 1970), with `typ` {@link ATTRIBUTES_PROOF_TYPE}.
 *
 * What a server may trust: that the key of the certificate in `x5c` signed this payload, once it has verified the signature, the chain to the
 * authority of JPKI, and that the certificate is not revoked; and of the holder, what that certificate itself says. So it must check that `typ` is
 * this one; that `origin` is its own and `challenge` the one that it gave in this session, used once; and that each of `attributes` equals what it
 * reads from the certificate's subjectAltName. `iat` is the word of the holder's computer. The certificate holds the other attributes too, and
 * whoever gets the proof gets them.
 */
export async function prepareAttributesProof(input: AttributesProofInput): Promise<PreparedAttributesProof> {
  const { origin, challenge, purpose, attributes, signer } = input;
  const iat = Math.floor(signer.signingTime.getTime() / 1000);
  const claims = new TextEncoder().encode(JSON.stringify({ origin, challenge, purpose, attributes, iat }));
  const content = { type: ATTRIBUTES_PROOF_TYPE, payload: encodeBase64url(claims) };
  const { toBeSigned, finish } = await prepareCompactJws(signer.certificate, content);
  return { toBeSigned, finish: (signature) => new TextDecoder().decode(finish(signature)) };
}
