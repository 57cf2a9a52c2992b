import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { agreesWithKeyValue } from "./key-value.ts";
import type { KeyInfo, KeyInfoCertificate } from "./key-info.ts";
import { sameOctets } from "./reference-digests.ts";

/** Says of a certificate whether the signed properties name it as the signer's. */
export type NamesSigner = (certificate: KeyInfoCertificate) => boolean;

/**
 * The signer's certificate of those in KeyInfo: the one that the signed properties name (`named`), else the one to which X509IssuerSerial and X509SKI point,
 * else the only one, else the one at the end of the one chain that all of them form. Throws `certificate-not-the-signers` where none is named or a KeyValue has
 * another key, and `file-ambiguous` where it could be several.
 */
export function signerCertificate(
  { certificates, hints, keyValues }: KeyInfo,
  named: NamesSigner | undefined,
): Uint8Array {
  const pointed = hints.every((hint) => certificates.some(({ fields }) => hint(fields)));
  refuseUnless(pointed, "certificate-not-the-signers", "X509IssuerSerial or X509SKI of no certificate that is there");
  const hinted: NamesSigner = ({ fields }) => hints.length === 0 || hints.some((hint) => hint(fields));
  const candidates = certificates.filter(named ?? hinted);
  refuseUnless(candidates.length > 0, "certificate-not-the-signers", "none of the certificates is the one named");
  const signer = endOfChain(candidates);
  for (const value of keyValues)
    refuseUnless(
      agreesWithKeyValue(value, signer.fields.publicKey),
      "certificate-not-the-signers",
      "KeyValue with another key than the certificate's",
    );
  return signer.der;
}

/** The one certificate that issued none of the others, if following its issuers leads through all of them. */
function endOfChain(candidates: readonly KeyInfoCertificate[]): KeyInfoCertificate {
  const issuedBy = (one: KeyInfoCertificate, other: KeyInfoCertificate): boolean =>
    one !== other && sameOctets(one.fields.issuer, other.fields.subject);
  const [end, ...others] = candidates.filter((one) => !candidates.some((other) => issuedBy(other, one)));
  const seen = new Set<KeyInfoCertificate>();
  for (let at = end; at && !seen.has(at);) {
    const current: KeyInfoCertificate = at;
    seen.add(current);
    at = candidates.find((other) => issuedBy(current, other));
  }
  if (!end || others.length > 0 || seen.size < candidates.length)
    throw new Refusal("file-ambiguous", "several certificates that are no chain");
  return end;
}
