import { createHash, X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import * as x509 from "@peculiar/asn1-x509";
import type { Authorities, CertificateKind } from "./authorities.ts";
import { parsing, refuseUnless } from "./refusal.ts";

const { digitalSignature, nonRepudiation } = x509.KeyUsageFlags;

/** What makes a certificate the one wanted. The signing policy of test cards differs from the one of real cards; a real site leaves it out. */
const PROFILES = {
  authentication: { usage: digitalSignature, policies: ["1.2.392.200149.8.5.1.3.30"] },
  signing: {
    usage: digitalSignature | nonRepudiation,
    policies: ["1.2.392.200149.8.5.1.1.20", "1.2.392.200149.8.5.1.0.20"],
  },
} as const;

/** The name in the signing certificate: otherName in subjectAltName. */
const NAME = "1.2.392.200149.8.5.5.1";

/** A certificate that passed every check but revocation. */
export interface ResidentCertificate {
  readonly certificate: X509Certificate;
  /** Names the holder's certificate for ever: SHA-256 over issuer and serial number, hexadecimal. A renewed card has another one. */
  readonly holder: string;
  /** The holder's name as the certificate has it; the authentication certificate has none. */
  readonly name: string | undefined;
}

/**
 * Checks a resident's certificate (DER) against RFC 5280 and the profile of its kind: issued by one of the authorities of that kind, found by
 * signature because their names are alike; valid now; RSA with 2048 bits; key usage exactly as wanted and critical; the policy; no authority itself.
 * A signing certificate never passes as an authentication certificate, nor the other way round. Revocation is NOT checked: only accredited
 * verifiers get that data, so the certificate of a stolen card passes here. Throws `Refusal`.
 */
export function checkResidentCertificate(
  der: Uint8Array,
  kind: CertificateKind,
  authorities: Authorities,
  now: Date,
): ResidentCertificate {
  const certificate = parsing("certificate-unreadable", () => new X509Certificate(der));
  const parsed = parsing("certificate-unreadable", () => AsnConvert.parse(der, x509.Certificate));
  const issuer = authorities[kind].find((ca) => certificate.checkIssued(ca) && certificate.verify(ca.publicKey));
  refuseUnless(issuer !== undefined, "issuer-unknown");
  for (const each of [issuer, certificate])
    refuseUnless(new Date(each.validFrom) <= now && now <= new Date(each.validTo), "certificate-not-valid-now");
  const key = certificate.publicKey;
  refuseUnless(key.asymmetricKeyType === "rsa" && key.asymmetricKeyDetails?.modulusLength === 2048, "key-not-rsa-2048");

  const extensions = parsed.tbsCertificate.extensions ?? new x509.Extensions();
  refuseUnless(new Set(extensions.map(({ extnID }) => extnID)).size === extensions.length, "extension-twice");
  const read = <T>(id: string, type: new () => T): T | undefined => {
    const found = extensions.find(({ extnID }) => extnID === id);
    return found && parsing("extension-unreadable", () => AsnConvert.parse(found.extnValue, type));
  };
  const { usage, policies } = PROFILES[kind];
  refuseUnless(
    extensions.some(({ extnID, critical }) => extnID === x509.id_ce_keyUsage && critical),
    "key-usage",
  );
  refuseUnless(read(x509.id_ce_keyUsage, x509.KeyUsage)?.toNumber() === usage, "key-usage");
  refuseUnless(read(x509.id_ce_basicConstraints, x509.BasicConstraints)?.cA !== true, "is-an-authority");
  const stated = Array.from(
    read(x509.id_ce_certificatePolicies, x509.CertificatePolicies) ?? new x509.CertificatePolicies(),
  );
  refuseUnless(
    stated.some(({ policyIdentifier }) => policies.some((policy) => policy === policyIdentifier)),
    "policy",
  );

  const { serialNumber, issuer: issuerName } = parsed.tbsCertificate;
  const holder = createHash("sha256").update(Buffer.from(AsnConvert.serialize(issuerName)));
  return {
    certificate,
    holder: holder.update(Buffer.from(serialNumber)).digest("hex"),
    name: nameIn(read(x509.id_ce_subjectAltName, x509.SubjectAlternativeName)),
  };
}

function nameIn(names: x509.SubjectAlternativeName | undefined): string | undefined {
  const found = Array.from(names ?? new x509.SubjectAlternativeName()).find(
    ({ otherName }) => otherName?.typeId === NAME,
  )?.otherName;
  // a UTF8String; DER with a definite length in one or two octets, as 255 octets are the longest name of the profile
  return found && parsing("name-unreadable", () => utf8String(new Uint8Array(found.value)));
}

function utf8String(der: Uint8Array): string {
  const header = der[1] === 0x81 ? 3 : 2;
  const length = der[header - 1] ?? 0;
  if (der[0] !== 0x0c || der.length !== header + length) throw new RangeError("not a UTF8String");
  return new TextDecoder("utf-8", { fatal: true }).decode(der.subarray(header));
}
