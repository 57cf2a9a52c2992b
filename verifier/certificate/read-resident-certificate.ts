import { readCertificateAttributes, type CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import { readPublicKey } from "../cryptography/public-key.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import type { CertificateKind, Trust } from "./authority.ts";
import { recallCertificate, rememberCertificate } from "./certificate-cache.ts";
import { EXTENSION, readDistributionPoint } from "./extensions.ts";
import { findIssuer } from "./find-issuer.ts";
import { fingerprintOf } from "./read-authority.ts";
import type { ResidentCertificate } from "./resident-certificate.ts";
import { requireResidentProfile } from "./resident-profile.ts";
import { CERTIFICATE_OCTETS, readX509Certificate } from "./x509-certificate.ts";

/**
 * The resident's certificate `der`, which must be of this kind and issued by an authority of that kind; a time and revocation are not looked at. One that was
 * accepted before under the same trust costs a hash. Refused: `certificate-unreadable`, `certificate-key`, `certificate-extension`, `certificate-policy`,
 * `certificate-not-for-login`, `certificate-not-for-signing`, `issuer-unknown`, and algorithms of its signature (`algorithm-weak`,
 * `algorithm-unsupported`).
 */
export function readResidentCertificate(der: Uint8Array, kind: CertificateKind, trust: Trust): ResidentCertificate {
  refuseUnless(der.length <= CERTIFICATE_OCTETS, "certificate-unreadable", `longer than ${CERTIFICATE_OCTETS} octets`);
  const sha256 = fingerprintOf(der);
  const known = recallCertificate(trust, kind, sha256);
  if (known) return known;
  // a copy: the octets around a view would stay in memory with it, and nobody can change these
  const read = readNew(new Uint8Array(der), sha256, kind, trust);
  rememberCertificate(trust, read);
  return read;
}

function readNew(
  der: Uint8Array<ArrayBuffer>,
  sha256: string,
  kind: CertificateKind,
  trust: Trust,
): ResidentCertificate {
  const certificate = readX509Certificate(der);
  const authority = findIssuer(certificate, kind, trust);
  requireResidentProfile(certificate, authority);
  const { key, keyType } = readPublicKey(certificate.publicKey);
  const { notBefore, notAfter, extensions } = certificate;
  const serialNumber = Buffer.from(certificate.serialNumber).toString("hex");
  const names = { kind, authority, der, sha256, serialNumber };
  const point = extensions.get(EXTENSION.cRLDistributionPoints);
  try {
    const distributionPoint = point && readDistributionPoint(point);
    // remembered, and handed to callers: one who changes it would change what the next one is told
    const holder = frozen(kind === "signing" ? readCertificateAttributes(der) : {});
    return Object.freeze({ ...names, key, keyType, notBefore, notAfter, distributionPoint, holder });
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("certificate-extension", fault.message);
    throw fault;
  }
}

function frozen(holder: CertificateAttributes): CertificateAttributes {
  for (const value of Object.values(holder)) Object.freeze(value);
  return Object.freeze(holder);
}
