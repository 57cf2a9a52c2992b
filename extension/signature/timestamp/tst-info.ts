import { openDer, readTime } from "../../../formats/der/der-fields.ts";
import { readAlgorithm, type AlgorithmIdentifier } from "./algorithm-identifier.ts";

/** What the authority states (TSTInfo, RFC 3161, 2.4.2). */
export interface TimestampStatement {
  readonly imprintAlgorithm: AlgorithmIdentifier;
  readonly imprint: Uint8Array;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The INTEGER, DER; `undefined` where there is none. */
  readonly nonce: Uint8Array | undefined;
}

/** Reads a TSTInfo to its last octet. Throws `RangeError` when it is none, or of another version than 1. */
export function readStatement(encoding: Uint8Array): TimestampStatement {
  const fields = openDer(encoding);
  if (fields.unsigned().join() !== "1") throw new RangeError("not version 1");
  fields.objectIdentifier(); // policy: chosen with the authority
  const messageImprint = fields.inside(0x30);
  const imprintAlgorithm = readAlgorithm(messageImprint);
  const imprint = messageImprint.next(0x04).contents;
  messageImprint.end();
  fields.next(0x02); // serialNumber
  const time = readTime(fields.next(0x18));
  fields.optional(0x30); // accuracy
  fields.optional(0x01); // ordering
  const nonce = fields.optional(0x02)?.encoding;
  fields.optional(0xa0); // tsa
  fields.optional(0xa1); // extensions
  fields.end();
  return { imprintAlgorithm, imprint, time, nonce };
}
