import { DerFields, openDer, readTime } from "../../formats/der/der-fields.ts";
import { readExtensions } from "../certificate/extensions.ts";
import type { HashAlgorithm } from "../cryptography/algorithms.ts";
import { readHashAlgorithm } from "../cryptography/hash.ts";

/** id-ct-TSTInfo (RFC 3161, 2.4.2). */
export const TST_INFO = "1.2.840.113549.1.9.16.1.4";

/** What an authority states (RFC 3161, 2.4.2). */
export interface TimestampStatement {
  /** Dotted. */
  readonly policy: string;
  readonly imprintHash: HashAlgorithm;
  readonly imprint: Uint8Array;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** How far the clock may be off, in milliseconds, microseconds behind the point; `undefined` where the authority doesn't say. */
  readonly accuracy: number | undefined;
}

/**
 * Reads a TSTInfo of version 1 to its last octet. Refused: what `readHashAlgorithm` refuses. Throws `RangeError` when it is none, or when an extension is critical:
 * none is known.
 */
export function readTstInfo(encoding: Uint8Array): TimestampStatement {
  const fields = openDer(encoding);
  if (fields.unsigned().join() !== "1") throw new RangeError("TSTInfo is not of version 1");
  const policy = fields.objectIdentifier();
  const messageImprint = fields.inside(0x30);
  const imprintHash = readHashAlgorithm(messageImprint.next(0x30).encoding);
  const imprint = messageImprint.next(0x04).contents;
  messageImprint.end();
  fields.next(0x02); // serialNumber
  const time = readTime(fields.next(0x18));
  const accuracy = readAccuracy(fields.optional(0x30)?.contents);
  // FALSE is the default, and yet written by some
  if ((fields.optional(0x01)?.contents.length ?? 1) !== 1) throw new RangeError("ordering");
  fields.optional(0x02); // nonce: between the authority and who asked it
  fields.optional(0xa0); // tsa: a name beside the one in the certificate
  checkExtensions(fields.optional(0xa1)?.encoding);
  fields.end();
  return { policy, imprintHash, imprint, time, accuracy };
}

function readAccuracy(contents: Uint8Array | undefined): number | undefined {
  if (contents === undefined) return undefined;
  const fields = new DerFields(contents);
  const seconds = fields.startsWith(0x02) ? numberOf(fields.unsigned()) : 0;
  const [millis, micros] = [0x80, 0x81].map((tag) => thousandths(fields.optional(tag)?.contents));
  fields.end();
  return seconds * 1000 + (millis ?? 0) + (micros ?? 0) / 1000;
}

/** INTEGER (1..999), implicitly tagged. */
function thousandths(contents: Uint8Array | undefined): number {
  if (contents === undefined) return 0;
  const value = numberOf(contents);
  if (value < 1 || value > 999 || contents.length > 2 || (contents[0] ?? 0) > 0x7f) throw new RangeError("accuracy");
  return value;
}

function numberOf(digits: Uint8Array): number {
  if (digits.length > 5) throw new RangeError("accuracy");
  return digits.reduce((value, octet) => value * 256 + octet, 0);
}

function checkExtensions(element: Uint8Array | undefined): void {
  if (element === undefined) return;
  const sequence = Uint8Array.from(element);
  sequence[0] = 0x30;
  for (const { critical } of readExtensions(sequence).values()) {
    if (critical) throw new RangeError("a critical extension");
  }
}
