import { readElement } from "../../../formats/der/der.ts";
import { readExtensions } from "../../certificate/extensions.ts";
import { REVOCATION_REASONS } from "../revocation-source.ts";
import type { Revocation } from "../revoked-since.ts";
import { DerCursor } from "./der-cursor.ts";
import { SerialTable } from "./serial-table.ts";

/** More entries than this are not read. */
export const MAX_ENTRIES = 10_000_000;

/** Entries of a list by serial number, kept compactly: about 30 octets each. */
export interface RevokedCertificates {
  readonly size: number;
  /** `serialNumber`: contents of the INTEGER. */
  find(serialNumber: Uint8Array): Revocation | undefined;
}

/** reasonCode as the only extension of an entry, up to its last octet: what nearly every entry has. */
const REASON_ALONE = Uint8Array.of(0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01);
const REASON_CODE = "2.5.29.21";
const INVALIDITY_DATE = "2.5.29.24";
const NO_REASON = 0xff;
const REMOVE_FROM_CRL = 8;

/**
 * Reads `revokedCertificates` (RFC 5280, 5.1.2.6, the whole element; nobody for `undefined`) in one pass over as many octets as there are. Throws `RangeError`
 * where it is anything but DER, a serial number comes twice, an extension is critical and unknown (5.3: also certificateIssuer, which would speak of another
 * authority's certificates), or a reason has no sense in a complete list.
 */
export function readRevokedCertificates(element: Uint8Array | undefined): RevokedCertificates {
  if (element === undefined) return { size: 0, find: () => undefined };
  const cursor = new DerCursor(element);
  const end = cursor.enter(0x30, element.length);
  if (end !== element.length) throw new RangeError("more than expected");
  const begin = cursor.position;
  const { count, octets } = measure(cursor, end);
  cursor.position = begin;
  const serials = new SerialTable(count, octets);
  const dates = new Float64Array(count);
  const reasons = new Uint8Array(count).fill(NO_REASON);
  let invalid: Float64Array | undefined;
  for (let index = 0; index < count; index++) {
    const entryEnd = cursor.enter(0x30, end);
    const serialEnd = cursor.enter(0x02, entryEnd);
    requirePositive(element, cursor.position, serialEnd);
    serials.add(element, cursor.position, serialEnd);
    cursor.position = serialEnd;
    dates[index] = cursor.time(entryEnd);
    if (cursor.position < entryEnd) {
      const said = readEntryExtensions(element, cursor.position, entryEnd);
      reasons[index] = said.reason;
      if (said.invalidityDate !== undefined) {
        invalid ??= new Float64Array(count).fill(NaN);
        invalid[index] = said.invalidityDate;
      }
    }
    cursor.position = entryEnd;
  }
  return {
    size: count,
    find(serialNumber) {
      const index = serials.find(serialNumber);
      if (index === undefined) return undefined;
      const invalidityDate = invalid?.[index] ?? NaN;
      return {
        revocationDate: dates[index] ?? NaN,
        reason: REVOCATION_REASONS[reasons[index] ?? NO_REASON],
        invalidityDate: Number.isNaN(invalidityDate) ? undefined : invalidityDate,
      };
    },
  };
}

/** How many entries there are, and how long their serial numbers are together: then nothing has to grow. */
function measure(cursor: DerCursor, end: number): { count: number; octets: number } {
  let count = 0;
  let octets = 0;
  while (cursor.position < end) {
    const entryEnd = cursor.enter(0x30, end);
    octets += cursor.enter(0x02, entryEnd) - cursor.position;
    if (++count > MAX_ENTRIES) throw new RangeError(`more than ${MAX_ENTRIES} entries`);
    cursor.position = entryEnd;
  }
  return { count, octets };
}

function requirePositive(octets: Uint8Array, start: number, end: number): void {
  const length = end - start;
  const first = octets[start] ?? 0x80;
  const padded = first === 0 && (length === 1 || (octets[start + 1] ?? 0) < 0x80);
  if (length < 1 || length > 20 || first >= 0x80 || padded) throw new RangeError("serial number");
}

function readEntryExtensions(
  octets: Uint8Array,
  start: number,
  end: number,
): { readonly reason: number; readonly invalidityDate?: number } {
  if (end - start === REASON_ALONE.length + 1 && REASON_ALONE.every((octet, at) => octet === octets[start + at])) {
    return { reason: knownReason(octets[end - 1] ?? NO_REASON) };
  }
  const extensions = readExtensions(octets.subarray(start, end));
  for (const [type, { critical }] of extensions) {
    if (critical && type !== REASON_CODE && type !== INVALIDITY_DATE) {
      throw new RangeError(`an entry has a critical extension ${type}`);
    }
  }
  const reason = extensions.get(REASON_CODE)?.value;
  const date = extensions.get(INVALIDITY_DATE)?.value;
  return {
    reason: reason ? readReason(reason) : NO_REASON,
    ...(date && { invalidityDate: readInvalidityDate(date) }),
  };
}

function readReason(value: Uint8Array): number {
  const { identifier, contents, encoding } = readElement(value);
  if (identifier !== 0x0a || contents.length !== 1 || encoding.length !== 3 || value.length !== 3) {
    throw new RangeError("reasonCode");
  }
  return knownReason(contents[0] ?? NO_REASON);
}

function knownReason(code: number): number {
  if (REVOCATION_REASONS[code] === undefined || code === REMOVE_FROM_CRL) throw new RangeError(`reasonCode ${code}`);
  return code;
}

function readInvalidityDate(value: Uint8Array): number {
  const cursor = new DerCursor(value);
  const date = value[0] === 0x18 ? cursor.time(value.length) : NaN;
  if (Number.isNaN(date) || cursor.position !== value.length) throw new RangeError("invalidityDate");
  return date;
}
