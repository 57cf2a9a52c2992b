import { DerFields, openDer, readTime } from "../../../formats/der/der-fields.ts";
import { EXTENSION, readAuthorityKeyIdentifier, readExtensions } from "../../certificate/extensions.ts";
import { distributionPointHash } from "../named-certificate.ts";

/** What the extensions of a list say of it (RFC 5280, 5.2). */
export interface ListExtensions {
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  /** Decimal. */
  readonly number: string | undefined;
  /** Of a partial list: see `distributionPointHash`. It says something of certificates with this distribution point, and nothing of others. */
  readonly distributionPointHash: string | undefined;
  /** Revoked certificates that expired at this time (milliseconds since 1970) or later are still named; those that expired before the list need not be otherwise. */
  readonly expiredCertificatesSince: number | undefined;
}

const ISSUER_ALT_NAME = "2.5.29.18";
const CRL_NUMBER = "2.5.29.20";
const DELTA_CRL_INDICATOR = "2.5.29.27";
const ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
const FRESHEST_CRL = "2.5.29.46";
/** X.509 (10/2019), 9.5.2.8. */
const EXPIRED_CERTS_ON_CRL = "2.5.29.60";
/** What may be critical and is still understood: each either read here or of no weight for a complete list. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION.authorityKeyIdentifier,
  ISSUER_ALT_NAME,
  CRL_NUMBER,
  ISSUING_DISTRIBUTION_POINT,
  FRESHEST_CRL,
  EXPIRED_CERTS_ON_CRL,
]);

/**
 * Reads `crlExtensions` (DER). Throws `RangeError` for what is broken, for a list that only says what changed since another one (delta), and for a critical
 * extension that is unknown: such a list can't be used at all (5.2).
 */
export function readListExtensions(der: Uint8Array | undefined): ListExtensions {
  const extensions = readExtensions(der);
  if (extensions.has(DELTA_CRL_INDICATOR)) throw new RangeError("a delta list");
  for (const [type, { critical }] of extensions) {
    if (critical && !UNDERSTOOD.has(type)) throw new RangeError(`a critical extension ${type}`);
  }
  const identifier = extensions.get(EXTENSION.authorityKeyIdentifier);
  const number = extensions.get(CRL_NUMBER)?.value;
  const point = extensions.get(ISSUING_DISTRIBUTION_POINT)?.value;
  const since = extensions.get(EXPIRED_CERTS_ON_CRL)?.value;
  return {
    authorityKeyIdentifier: identifier && readAuthorityKeyIdentifier(identifier),
    number: number && readNumber(number),
    distributionPointHash: point && readIssuingDistributionPoint(point),
    expiredCertificatesSince: since && only(since, (fields) => readTime(fields.next(0x18))),
  };
}

/** 5.2.3: up to 20 octets. */
function readNumber(value: Uint8Array): string {
  const digits = only(value, (fields) => fields.unsigned());
  if (digits.length > 20) throw new RangeError("cRLNumber");
  return BigInt(`0x${Buffer.from(digits).toString("hex")}`).toString();
}

/**
 * 5.2.5. A list of residents' certificates, all reasons, of this authority alone, is taken; its point has to be named in full.
 */
function readIssuingDistributionPoint(value: Uint8Array): string | undefined {
  const fields = openDer(value);
  const point = fields.optional(0xa0)?.contents;
  isTrue(fields, 0x81); // onlyContainsUserCerts
  if (isTrue(fields, 0x82)) throw new RangeError("onlyContainsCACerts");
  if (fields.optional(0x83)) throw new RangeError("onlySomeReasons");
  if (isTrue(fields, 0x84)) throw new RangeError("indirectCRL");
  if (isTrue(fields, 0x85)) throw new RangeError("onlyContainsAttributeCerts");
  fields.end();
  // the [0] of fullName; a [1], nameRelativeToCRLIssuer, is not taken
  return point && distributionPointHash(only(point, (name) => name.next(0xa0)).encoding);
}

/** BOOLEAN DEFAULT FALSE with a tag of its own: FALSE is not there. */
function isTrue(fields: DerFields, identifier: number): boolean {
  const { contents } = fields.optional(identifier) ?? {};
  if (contents === undefined) return false;
  if (contents.length !== 1 || contents[0] !== 0xff) throw new RangeError("a BOOLEAN that is not TRUE");
  return true;
}

/** What `read` makes of the one element. */
function only<T>(value: Uint8Array, read: (fields: DerFields) => T): T {
  const fields = new DerFields(value);
  const found = read(fields);
  fields.end();
  return found;
}
