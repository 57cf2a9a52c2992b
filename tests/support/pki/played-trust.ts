import type { CertificateKind, Trust } from "../../../verifier/certificate/authority.ts";
import { readResidentCertificate } from "../../../verifier/certificate/read-resident-certificate.ts";
import type { ResidentCertificate } from "../../../verifier/certificate/resident-certificate.ts";
import { createTrust } from "../../../verifier/certificate/trust.ts";
import { nameCertificate, type NamedCertificate } from "../../../verifier/revocation/named-certificate.ts";
import type { IssuedCertificate } from "./certificate-maker.ts";

/** Trust in played authorities of one kind. */
export const playedTrust = (kind: CertificateKind, ...authorities: readonly IssuedCertificate[]): Trust =>
  createTrust({
    certificates: [],
    testAuthorities: { [kind]: authorities.map(({ certificate }) => certificate) },
  });

/** A played resident's certificate as the verifier has it. */
export const readPlayed = (
  { certificate }: IssuedCertificate,
  issuer: IssuedCertificate,
  kind: CertificateKind = "signing",
): ResidentCertificate => readResidentCertificate(certificate, kind, playedTrust(kind, issuer));

/** A played resident's certificate as sources of revocation are asked about it. */
export const named = (
  resident: IssuedCertificate,
  issuer: IssuedCertificate,
  kind: CertificateKind = "signing",
): NamedCertificate => nameCertificate(readPlayed(resident, issuer, kind));
