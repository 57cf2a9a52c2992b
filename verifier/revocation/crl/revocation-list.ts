import { createHash } from "node:crypto";
import { openDer, type DerFields } from "../../../formats/der/der-fields.ts";
import type { Authority, Trust } from "../../certificate/authority.ts";
import { EXTENSION, readKeyUsage } from "../../certificate/extensions.ts";
import { readX509Certificate } from "../../certificate/x509-certificate.ts";
import { readableIf, trustedIf, withFaults } from "../revocation-fault.ts";
import { isSignedWith, readSignature, type SignedStatement } from "../signed-by.ts";
import { DerCursor } from "./der-cursor.ts";
import { readListExtensions, type ListExtensions } from "./list-extensions.ts";
import { readRevokedCertificates, type RevokedCertificates } from "./revoked-certificates.ts";

/** Longer lists are not read. */
export const MAX_LIST_OCTETS = 128 * 1024 * 1024;

/** A complete list, whole or of one distribution point, that a trusted authority signed. Its octets are not kept. */
export interface RevocationList extends ListExtensions {
  readonly authority: Authority;
  /** SHA-256 of the list, lower-case hex. */
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly revoked: RevokedCertificates;
}

/** The fields of a CertificateList before anybody's word is taken for it. */
interface UnprovenList extends SignedStatement {
  readonly issuer: Uint8Array;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly entries: Uint8Array | undefined;
  readonly extensions: ListExtensions;
}

/**
 * Reads a CertificateList of version 2 (RFC 5280, 5; DER) strictly and checks that the authority with its issuer's name and key signed it. Entries are only
 * looked at when that holds. Time and memory grow with the list's length alone. Throws `RevocationFault`.
 */
export function readRevocationList(der: Uint8Array, trust: Trust): RevocationList {
  readableIf(der.length <= MAX_LIST_OCTETS, `longer than ${MAX_LIST_OCTETS} octets`);
  return withFaults(() => {
    const list = readFields(der);
    const authority = findSigner(list, trust);
    const { thisUpdate, nextUpdate, extensions } = list;
    const revoked = readRevokedCertificates(list.entries);
    const sha256 = createHash("sha256").update(der).digest("hex");
    return { ...extensions, authority, sha256, thisUpdate, nextUpdate, revoked };
  });
}

function readFields(der: Uint8Array): UnprovenList {
  const outer = openDer(der);
  const toBeSigned = outer.next(0x30).encoding;
  const algorithm = outer.next(0x30).encoding;
  const signature = outer.next(0x03).contents;
  outer.end();
  const fields = openDer(toBeSigned);
  readableIf(fields.unsigned().join() === "1", "not version 2");
  readableIf(Buffer.compare(fields.next(0x30).encoding, algorithm) === 0, "two algorithms");
  const issuer = fields.next(0x30).encoding;
  const thisUpdate = readListTime(fields);
  readableIf(fields.startsWith(0x17) || fields.startsWith(0x18), "no nextUpdate");
  const nextUpdate = readListTime(fields);
  readableIf(thisUpdate <= nextUpdate, "nextUpdate before thisUpdate");
  const entries = fields.optional(0x30)?.encoding;
  const extensions = readListExtensions(fields.optional(0xa0)?.contents);
  fields.end();
  // last, so that what is broken is called broken
  const signed = { toBeSigned, ...readSignature(algorithm, signature) };
  return { ...signed, issuer, thisUpdate, nextUpdate, entries, extensions };
}

/** 5.1.2.4: no fractions of seconds. */
function readListTime(fields: DerFields): number {
  const { encoding } = fields.any();
  return new DerCursor(encoding).time(encoding.length);
}

/**
 * All generations of an authority have one name: the list's key identifier chooses among them, or else the signature does. Certificates of another generation are
 * not spoken of by it (RFC 5280, 6.3.3 (f): the same trust anchor).
 */
function findSigner(list: UnprovenList, trust: Trust): Authority {
  const { issuer, extensions, thisUpdate } = list;
  const named = trust.authorities.filter(({ name }) => Buffer.compare(name, issuer) === 0);
  trustedIf(named.length > 0, "the issuer is no trusted authority");
  const wanted = extensions.authorityKeyIdentifier;
  const candidates = named.filter(
    ({ keyIdentifier: own }) => wanted === undefined || own === undefined || Buffer.compare(wanted, own) === 0,
  );
  trustedIf(candidates.length > 0, "no trusted authority has the key that the list names");
  const signer = candidates.find(({ key }) => isSignedWith(list, key));
  trustedIf(signer !== undefined, "not signed by the authority that it names");
  trustedIf(maySignLists(signer), "the authority's key is not for lists (cRLSign)");
  trustedIf(
    thisUpdate >= signer.notBefore && thisUpdate <= signer.notAfter,
    "made outside of the authority's own validity",
  );
  return signer;
}

/** RFC 5280, 4.2.1.3: where keyUsage is there, bit 6 must be set. */
function maySignLists(authority: Authority): boolean {
  const usage = readX509Certificate(authority.certificate).extensions.get(EXTENSION.keyUsage);
  return usage === undefined || (readKeyUsage(usage).bits & 0x0200) !== 0;
}
