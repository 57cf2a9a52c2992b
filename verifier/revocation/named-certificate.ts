import { hash } from "node:crypto";
import { readElement } from "../../formats/der/der.ts";
import type { Authority, CertificateKind } from "../certificate/authority.ts";
import type { ResidentCertificate } from "../certificate/resident-certificate.ts";

/**
 * All that a revocation source needs to know of a certificate: enough to ask, and little enough to be kept. Hexadecimal digits are lower-case.
 */
export interface NamedCertificate {
  readonly kind: CertificateKind;
  /** SHA-256 of the authority's certificate: the generation, because all generations of a kind have one name. */
  readonly authorityFingerprint: string;
  /** SHA-256 of the issuer's `Name`, DER. */
  readonly issuerNameHash: string;
  /** Contents of the INTEGER. */
  readonly serialNumber: string;
  /** Which partial list would name it, see {@link distributionPointHash}; the municipality itself would say where the holder lives. */
  readonly distributionPointHash: string | undefined;
  /** Milliseconds since 1970, included. */
  readonly notAfter: number;
  /** The certificate, DER; absent where an earlier verdict is checked again and only its evidence was kept. */
  readonly der?: Uint8Array;
}

const names = new WeakMap<ResidentCertificate, NamedCertificate>();

/** What names a certificate towards a revocation source: worked out once for each certificate. */
export function nameCertificate(certificate: ResidentCertificate): NamedCertificate {
  const known = names.get(certificate);
  if (known) return known;
  const { kind, authority, serialNumber, distributionPoint, notAfter, der } = certificate;
  const name = Object.freeze({
    kind,
    authorityFingerprint: authority.fingerprint,
    issuerNameHash: issuerNameHash(authority),
    serialNumber,
    distributionPointHash: distributionPoint && distributionPointHash(distributionPoint),
    notAfter,
    der,
  });
  names.set(certificate, name);
  return name;
}

/**
 * SHA-256 of the names of a distribution point, lower-case hex: of what stands inside of the GeneralNames (DER), whatever tag they have where they
 * come from. Certificate and partial list belong together when it is the same. Throws `RangeError` for what is no DER.
 */
export const distributionPointHash = (generalNames: Uint8Array): string => sha256(readElement(generalNames).contents);

const nameHashes = new WeakMap<Authority, string>();

function issuerNameHash(authority: Authority): string {
  const known = nameHashes.get(authority) ?? sha256(authority.name);
  nameHashes.set(authority, known);
  return known;
}

const sha256 = (octets: Uint8Array): string => hash("sha256", octets, "hex");
