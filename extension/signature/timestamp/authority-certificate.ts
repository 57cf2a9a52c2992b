import { concatBytes, equalBytes } from "../../../shared/encoding/bytes.ts";
import { readCertificate, type Certificate } from "../../../formats/x509/certificate.ts";
import { element, readElement, sequence } from "../../../formats/der/der.ts";
import { DerFields, openDer } from "../../../formats/der/der-fields.ts";
import { hashName, readAlgorithm } from "./algorithm-identifier.ts";
import type { SignedStatement } from "./signed-statement.ts";
import { demand, TimestampFault } from "./timestamp-fault.ts";

/** ESS signing-certificate, which names by SHA-1 (RFC 2634, 5.4), and signing-certificate-v2 (RFC 5035, 3). */
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const KEY_USAGE = "2.5.29.15";
const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** An ESSCertID or ESSCertIDv2: the hash of a certificate, and perhaps its issuer and serial number. */
interface CertificateName {
  readonly hash: string;
  readonly digest: Uint8Array;
  readonly issuerSerial: Uint8Array | undefined;
}

/**
 * The certificate in the token that signed it: the first that its ESS attribute names, which must be the one that the SignerInfo names (RFC 3161,
 * 2.4.2; RFC 5816). SHA-1 is taken only for this name, where the certificate is fixed before the name is. Throws `TimestampFault`
 * (`certificate`) when it is not there, `RangeError` when it is none.
 */
export async function findAuthorityCertificate(token: SignedStatement): Promise<Certificate> {
  const named = readSigningCertificate(token.attributes);
  for (const encoding of token.certificates) {
    const digest = new Uint8Array(await crypto.subtle.digest(named.hash, concatBytes(encoding)));
    if (!equalBytes(digest, named.digest)) continue;
    const certificate = readCertificate(encoding);
    demand(isNamed(certificate, token.signer), "certificate", "ESS attribute and SignerInfo name different ones");
    const { issuerSerial } = named;
    if (issuerSerial) demand(equalBytes(issuerSerial, ownIssuerSerial(certificate)), "certificate", "another issuer");
    return certificate;
  }
  throw new TimestampFault("certificate", "the one that the token names is not in it");
}

function readSigningCertificate(attributes: SignedStatement["attributes"]): CertificateName {
  const v2 = attributes.get(SIGNING_CERTIFICATE_V2);
  const value = v2 ?? attributes.get(SIGNING_CERTIFICATE);
  demand(value !== undefined, "certificate", "no ESS signing-certificate attribute");
  const list = openDer(value).inside(0x30).inside(0x30);
  const hash = v2 ? readHash(list) : "SHA-1";
  const digest = list.next(0x04).contents;
  const issuerSerial = list.optional(0x30)?.contents;
  list.end();
  return { hash, digest, issuerSerial };
}

/** RFC 5035, 4: SHA-256 is the DEFAULT, so an OCTET STRING that comes first has no AlgorithmIdentifier before it. */
function readHash(list: DerFields): string {
  return list.startsWith(0x30) ? hashName(readAlgorithm(list)) : "SHA-256";
}

/** IssuerSerial's contents: one directoryName, which is explicitly [4], and the serial number (RFC 5035, 5). */
function ownIssuerSerial({ issuer, serialNumber }: Certificate): Uint8Array {
  return concatBytes(sequence(element(0xa4, issuer)), serialNumber);
}

function isNamed(certificate: Certificate, signer: Uint8Array): boolean {
  if (signer[0] === 0x30)
    return equalBytes(readElement(signer).contents, concatBytes(certificate.issuer, certificate.serialNumber));
  const identifier = certificate.extensions.get(SUBJECT_KEY_IDENTIFIER)?.value;
  return (
    identifier !== undefined &&
    equalBytes(new DerFields(identifier).next(0x04).contents, new DerFields(signer).next(0x80).contents)
  );
}

/**
 * The certificate is for timestamps alone, and says so critically (RFC 3161, 2.3); its key usage, if it has one, allows signatures and
 * nothing else; it was valid at `time` (milliseconds since 1970). Whether the authority can be trusted is the verifier's question. Throws `TimestampFault` (`purpose`, `validity`).
 */
export function checkAuthority(certificate: Certificate, time: number): void {
  const purpose = certificate.extensions.get(EXTENDED_KEY_USAGE);
  demand(purpose?.critical === true, "purpose", "extended key usage is not critical");
  const purposes = openDer(purpose.value);
  demand(purposes.objectIdentifier() === TIME_STAMPING && purposes.done, "purpose", "not for timestamps alone");
  const usage = certificate.extensions.get(KEY_USAGE)?.value;
  if (usage) {
    // BIT STRING: unused bits, then digitalSignature and nonRepudiation as the two highest
    const [, bits = 0, ...more] = new DerFields(usage).next(0x03).contents;
    const allowed = bits !== 0 && (bits & 0x3f) === 0 && more.every((octet) => octet === 0);
    demand(allowed, "purpose", "key usage is not for signatures alone");
  }
  demand(
    certificate.notBefore <= time && time <= certificate.notAfter,
    "validity",
    "the certificate was not valid then",
  );
}
