/** From when and until when a certificate is valid, both ends included, in milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** What today says about a certificate; `soon` is within three months of its end, when it can be renewed. */
export type ValidityVerdict = "not-yet-valid" | "expired" | "soon" | "valid";

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** What follows this element inside its parent. */
  readonly rest: Uint8Array;
}

/** Reads one DER element (X.690, 8.1) at the beginning of `bytes`; `undefined` when it is not all there. */
function readElement(bytes: Uint8Array): Element | undefined {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return undefined;
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  if (lengthOctets > 3 || (first >= 0x80 && lengthOctets === 0)) return undefined;
  const length =
    lengthOctets === 0 ? first : bytes.subarray(2, 2 + lengthOctets).reduce((sum, octet) => sum * 256 + octet, 0);
  const start = 2 + lengthOctets;
  if (bytes.length < start + length) return undefined;
  return { tag, content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}

/** UTCTime or GeneralizedTime as RFC 5280, 4.1.2.5 restricts them: seconds and `Z` are there. */
function readTime(element: Element): number | undefined {
  const text = new TextDecoder().decode(element.content);
  const digits = element.tag === 0x17 ? (Number(text.slice(0, 2)) < 50 ? `20${text}` : `19${text}`) : text;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  if (!match || (element.tag !== 0x17 && element.tag !== 0x18)) return undefined;
  const [year = 0, month = 0, ...rest] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest);
}

/**
 * The validity of a DER certificate (RFC 5280, 4.1): a walk of six elements, so that the login window needs no ASN.1 library before
 * the PIN. `undefined` when it is not a certificate; nobody's word is taken for its signature here, that is the site's to check.
 */
export function readValidity(certificate: Uint8Array): Validity | undefined {
  const whole = readElement(certificate);
  const toBeSigned = whole?.tag === 0x30 ? readElement(whole.content) : undefined;
  let next = toBeSigned?.tag === 0x30 ? readElement(toBeSigned.content) : undefined;
  if (next?.tag === 0xa0) next = readElement(next.rest);
  // serialNumber, signature, issuer, then validity
  for (let skipped = 0; skipped < 3; skipped++) next = next && readElement(next.rest);
  const notBefore = next?.tag === 0x30 ? readElement(next.content) : undefined;
  const notAfter = notBefore && readElement(notBefore.rest);
  const from = notBefore && readTime(notBefore);
  const until = notAfter && readTime(notAfter);
  return from === undefined || until === undefined ? undefined : { notBefore: from, notAfter: until };
}

/** The verdict at `now` (milliseconds since 1970). */
export function judgeValidity(validity: Validity, now: number): ValidityVerdict {
  if (now < validity.notBefore) return "not-yet-valid";
  if (now > validity.notAfter) return "expired";
  const renewal = new Date(validity.notAfter);
  renewal.setUTCMonth(renewal.getUTCMonth() - 3);
  return now >= renewal.getTime() ? "soon" : "valid";
}
