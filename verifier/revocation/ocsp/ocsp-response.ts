import { DerFields, openDer, readTime } from "../../../formats/der/der-fields.ts";
import { readExtensions, type Extensions } from "../../certificate/extensions.ts";
import { REVOCATION_REASONS, type RevocationReason } from "../revocation-source.ts";
import { readableIf, withFaults } from "../revocation-fault.ts";
import { readSignature, type SignedStatement } from "../signed-by.ts";
import { NONCE } from "./ocsp-request.ts";

/** Longer responses are not read; they have 0.5 to 3 KB. */
export const MAX_RESPONSE_OCTETS = 64 * 1024;

/** What a response says of one certificate. Times are milliseconds since 1970. */
export interface SingleResponse {
  /** CertID, DER. */
  readonly id: Uint8Array;
  readonly status:
    | { readonly kind: "good" | "unknown" }
    | { readonly kind: "revoked"; readonly since: number; readonly reason: RevocationReason | undefined };
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  /** Since when it should not have been trusted, where the responder says so (a list's entry extension, RFC 6960, 4.4.5). */
  readonly invalidityDate: number | undefined;
  /** Certificates that expired at this time or later are still known (RFC 6960, 4.4.4). */
  readonly archiveCutoff: number | undefined;
}

/** A BasicOCSPResponse before anybody's word is taken for it. */
export interface OcspResponse extends SignedStatement {
  /** How the responder names itself: by its `Name` (DER), or by the SHA-1 of its key. */
  readonly responder: { readonly name: Uint8Array } | { readonly keyHash: Uint8Array };
  readonly producedAt: number;
  readonly singles: readonly SingleResponse[];
  readonly nonce: Uint8Array | undefined;
  /** DER. */
  readonly certificates: readonly Uint8Array[];
}

const BASIC = "1.3.6.1.5.5.7.48.1.1";
const INVALIDITY_DATE = "2.5.29.24";
const ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
/** A responder may answer `revoked` for what was never issued (RFC 6960, 4.4.8): that is revoked here. */
const EXTENDED_REVOKE = "1.3.6.1.5.5.7.48.1.9";
const STATUSES = ["successful", "malformedRequest", "internalError", "tryLater", "", "sigRequired", "unauthorized"];
const MAX_CERTIFICATES = 8;
const REMOVE_FROM_CRL = 8;

/**
 * Reads an OCSPResponse (RFC 6960, 4.2; DER) strictly; its signature and its times are not looked at. The name of an error where the responder has one instead of
 * an answer. Throws `RevocationFault`.
 */
export function readOcspResponse(der: Uint8Array): OcspResponse | { readonly error: string } {
  readableIf(der.length <= MAX_RESPONSE_OCTETS, `longer than ${MAX_RESPONSE_OCTETS} octets`);
  return withFaults(() => {
    const fields = openDer(der);
    const status = enumerated(fields);
    const octets = fields.optional(0xa0)?.contents;
    fields.end();
    if (status !== 0) {
      readableIf(octets === undefined, "an error with an answer");
      return { error: STATUSES[status] || `status ${status}` };
    }
    readableIf(octets !== undefined, "no answer");
    const typed = openDer(octets);
    readableIf(typed.objectIdentifier() === BASIC, "not a basic response");
    const basic = typed.next(0x04).contents;
    typed.end();
    return readBasic(basic);
  });
}

function readBasic(der: Uint8Array): OcspResponse {
  const outer = openDer(der);
  const toBeSigned = outer.next(0x30).encoding;
  const algorithm = outer.next(0x30).encoding;
  const signature = outer.next(0x03).contents;
  const list = outer.optional(0xa0)?.contents;
  outer.end();
  const fields = openDer(toBeSigned);
  // version: v1 is the default, which DER does not write
  const responder = readResponder(fields);
  const producedAt = wholeSeconds(fields);
  const singles = everyOne(fields.inside(0x30), readSingle);
  const extensions = readUnderstood(fields.optional(0xa1)?.contents, [NONCE, EXTENDED_REVOKE]);
  fields.end();
  const nonce = extensions.get(NONCE)?.value;
  const certificates = list ? everyOne(openDer(list), (each) => each.next(0x30).encoding) : [];
  readableIf(certificates.length <= MAX_CERTIFICATES, "too many certificates");
  return {
    toBeSigned,
    ...readSignature(algorithm, signature),
    responder,
    producedAt,
    singles,
    nonce: nonce && only(nonce, 0x04),
    certificates,
  };
}

function readResponder(fields: DerFields): OcspResponse["responder"] {
  const byName = fields.optional(0xa1)?.contents;
  if (byName) {
    only(byName, 0x30);
    return { name: byName };
  }
  return { keyHash: only(fields.next(0xa2).contents, 0x04) };
}

function readSingle(list: DerFields): SingleResponse {
  const fields = list.inside(0x30);
  const id = fields.next(0x30).encoding;
  const status = readStatus(fields);
  const thisUpdate = wholeSeconds(fields);
  const next = fields.optional(0xa0)?.contents;
  const nextUpdate = next && onlyTime(next);
  readableIf(nextUpdate === undefined || nextUpdate >= thisUpdate, "nextUpdate before thisUpdate");
  const extensions = readUnderstood(fields.optional(0xa1)?.contents, [ARCHIVE_CUTOFF, INVALIDITY_DATE]);
  fields.end();
  const timeOf = (type: string): number | undefined => {
    const value = extensions.get(type)?.value;
    return value && onlyTime(value);
  };
  const [archiveCutoff, invalidityDate] = [timeOf(ARCHIVE_CUTOFF), timeOf(INVALIDITY_DATE)];
  return { id, status, thisUpdate, nextUpdate, invalidityDate, archiveCutoff };
}

function readStatus(fields: DerFields): SingleResponse["status"] {
  const { identifier, contents } = fields.any();
  if (identifier === 0x80 && contents.length === 0) return { kind: "good" };
  if (identifier === 0x82 && contents.length === 0) return { kind: "unknown" };
  if (identifier !== 0xa1) throw new RangeError("certStatus");
  const info = new DerFields(contents);
  const since = wholeSeconds(info);
  const given = info.optional(0xa0)?.contents;
  info.end();
  return { kind: "revoked", since, reason: given && readReason(given) };
}

function readReason(given: Uint8Array): RevocationReason {
  const fields = new DerFields(given);
  const code = enumerated(fields);
  fields.end();
  const reason = REVOCATION_REASONS[code];
  if (reason === undefined || code === REMOVE_FROM_CRL) throw new RangeError(`revocationReason ${code}`);
  return reason;
}

/** No critical extension but these. */
function readUnderstood(der: Uint8Array | undefined, known: readonly string[]): Extensions {
  const extensions = readExtensions(der);
  for (const [type, { critical }] of extensions)
    if (critical && !known.includes(type)) throw new RangeError(`a critical extension ${type}`);
  return extensions;
}

function enumerated(fields: DerFields): number {
  const { contents } = fields.next(0x0a);
  const [value = 0x80] = contents;
  if (contents.length !== 1 || value >= 0x80) throw new RangeError("ENUMERATED");
  return value;
}

/** GeneralizedTime as RFC 6960, 4.2.2.1 has it, without a fraction. */
function wholeSeconds(fields: DerFields): number {
  const view = fields.next(0x18);
  if (view.contents.length !== 15) throw new RangeError("time");
  return readTime(view);
}

function onlyTime(der: Uint8Array): number {
  const fields = new DerFields(der);
  const time = wholeSeconds(fields);
  fields.end();
  return time;
}

function only(der: Uint8Array, identifier: number): Uint8Array {
  const fields = new DerFields(der);
  const { contents } = fields.next(identifier);
  fields.end();
  return contents;
}

function everyOne<T>(fields: DerFields, read: (fields: DerFields) => T): T[] {
  const found: T[] = [];
  do found.push(read(fields));
  while (!fields.done);
  return found;
}
