import { readElement, readElements, type DerView } from "../signature/der.ts";

/** From when and until when a certificate is valid, both ends included, in milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** What today says about a certificate; `soon` is within three months of its end, when it can be renewed. */
export type ValidityVerdict = "not-yet-valid" | "expired" | "soon" | "valid";

/** UTCTime or GeneralizedTime as RFC 5280, 4.1.2.5 restricts them: seconds and `Z` are there. */
function readTime(element: DerView | undefined): number | undefined {
  const text = new TextDecoder().decode(element?.contents);
  const century = Number(text.slice(0, 2)) < 50 ? "20" : "19";
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(element?.identifier === 0x17 ? century + text : text);
  if (!match || (element?.identifier !== 0x17 && element?.identifier !== 0x18)) return undefined;
  const [year = 0, month = 0, ...rest] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest);
}

/**
 * The validity of a DER certificate (RFC 5280, 4.1). `undefined` when it is not a certificate; nobody's word is taken for its
 * signature here, that is the site's to check.
 */
export function readValidity(certificate: Uint8Array): Validity | undefined {
  try {
    const [tbsCertificate] = readElements(readElement(certificate).contents);
    const fields = readElements(tbsCertificate?.contents ?? new Uint8Array());
    // version (optional), serialNumber, signature, issuer, validity
    const validity = fields[fields[0]?.identifier === 0xa0 ? 4 : 3];
    const [notBefore, notAfter] = readElements(validity?.contents ?? new Uint8Array()).map(readTime);
    return notBefore === undefined || notAfter === undefined ? undefined : { notBefore, notAfter };
  } catch {
    return undefined;
  }
}

/** The verdict at `now` (milliseconds since 1970). */
export function judgeValidity(validity: Validity, now: number): ValidityVerdict {
  if (now < validity.notBefore) return "not-yet-valid";
  if (now > validity.notAfter) return "expired";
  const renewal = new Date(validity.notAfter);
  renewal.setUTCMonth(renewal.getUTCMonth() - 3);
  return now >= renewal.getTime() ? "soon" : "valid";
}
