import { keyTypeOf } from "../cryptography/public-key.ts";
import { Refusal } from "../verdict/failure.ts";
import type { Authority, CertificateKind, Trust } from "./authority.ts";
import { EXTENSION, readAuthorityKeyIdentifier } from "./extensions.ts";
import { isSignedBy, type X509Certificate } from "./x509-certificate.ts";

/** What is said of a certificate that is of the other kind than it has to be. */
export const OTHER_KIND = {
  authentication: "certificate-not-for-login",
  signing: "certificate-not-for-signing",
} as const satisfies Record<CertificateKind, string>;

/**
 * The authority that issued a certificate: the names are equal as DER, the key identifiers are where both have one, and the signature is that of its key. A name
 * alone says nothing: all generations of a kind share one. Refused: `certificate-not-for-login` and `certificate-not-for-signing` where it is an authority of
 * the other kind; else `issuer-unknown`.
 */
export function findIssuer(certificate: X509Certificate, kind: CertificateKind, trust: Trust): Authority {
  const identifier = keyIdentifierOf(certificate);
  const candidates = trust.authorities.filter(
    ({ name, keyIdentifier }) =>
      Buffer.compare(name, certificate.issuer) === 0 &&
      (identifier === undefined || keyIdentifier === undefined || Buffer.compare(identifier, keyIdentifier) === 0),
  );
  const signed = candidates.filter(({ key }) => {
    const keyType = keyTypeOf(key);
    return keyType !== undefined && isSignedBy(certificate, key, keyType);
  });
  const issuer = signed.find((authority) => authority.kind === kind);
  if (issuer) return issuer;
  if (signed.length > 0) throw new Refusal(OTHER_KIND[kind], "issued by an authority of the other kind");
  throw new Refusal("issuer-unknown", candidates.length > 0 ? "not signed by the authority it names" : "issuer's name");
}

function keyIdentifierOf({ extensions }: X509Certificate): Uint8Array | undefined {
  const extension = extensions.get(EXTENSION.authorityKeyIdentifier);
  try {
    return extension && readAuthorityKeyIdentifier(extension);
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("certificate-extension", "authorityKeyIdentifier");
    throw fault;
  }
}
