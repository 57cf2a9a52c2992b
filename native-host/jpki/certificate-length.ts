import { CardDataError, CertificateMissing } from "./jpki-errors.ts";

/** What the host protocol carries at most; certificates of this card have about 1,500 and 2,000 octets. */
const MAX_BYTES = 8 * 1024;

/**
 * The octets of the certificate at the start of a file, from its DER header (SEQUENCE with a length of one to three octets). The rest
 * of the file is filler. A file of nothing but filler (`FF`, `00`) or of nothing throws `CertificateMissing`; anything else, or more
 * than 8 KiB, `CardDataError`.
 */
export function certificateLength(start: Uint8Array): number {
  if (start.every((octet) => octet === 0xff) || start.every((octet) => octet === 0x00)) throw new CertificateMissing();
  const [tag, first = 0, second = 0, third = 0] = start;
  const [header, length] =
    first < 0x80 ? [2, first] : first === 0x81 ? [3, second] : first === 0x82 ? [4, (second << 8) | third] : [0, 0];
  if (tag !== 0x30 || length === 0 || start.length < header || header + length > MAX_BYTES) throw new CardDataError();
  return header + length;
}
