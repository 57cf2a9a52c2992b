import { encodeHex } from "../../shared/encoding/hex.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";

/** Scripts for `scriptedConnection`, composed exchange by exchange in the words of the card. */

const hex = (octets: Uint8Array): string => encodeHex(octets).toUpperCase();

/** One exchange. */
export const exchange = (command: string, response: string): string => `> ${command}\n< ${response}\n`;

/** SELECT of JPKI. */
export const selectJpki = (statusWord = "9000"): string => exchange("00A4040C0AD392F000260100000001", statusWord);

/** SELECT of the issuer security domain. */
export const selectIssuerSecurityDomain = (statusWord = "9000"): string =>
  exchange("00A4040C08A000000151000000", statusWord);

/** SELECT of an EF, four hexadecimal digits. */
export const selectFile = (fileId: string, statusWord = "9000"): string => exchange(`00A4020C02${fileId}`, statusWord);

/** The question for the tries left; `reference` is P2. */
export const query = (reference: string, statusWord: string): string => exchange(`002000${reference}`, statusWord);

/** VERIFY with any PIN. */
export const verifyPin = (reference: string, statusWord = "9000"): string =>
  exchange(`002000${reference}[masked]`, statusWord);

/** READs of a whole certificate: the first by short id (two hexadecimal digits, `80` added) where one is given. */
export function readCertificate(certificate: Uint8Array, first = "00"): string {
  let script = "";
  for (let at = 0; at < certificate.length; at += 256) {
    const block = certificate.subarray(at, at + 256);
    const le = at === 0 || block.length === 256 ? "00" : hex(Uint8Array.of(block.length));
    const p1p2 = at === 0 ? `${first}00` : hex(Uint8Array.of(at >> 8, at & 0xff));
    // the first READ asks for 256 octets whatever there is, so the filler behind a short certificate comes too
    const answer = at === 0 && block.length < 256 ? hex(block) + "FF".repeat(256 - block.length) : hex(block);
    script += exchange(`00B0${p1p2}${le}`, `${answer}9000`);
  }
  return script;
}

/** The signature command over a DigestInfo. */
export const computeSignature = (reference: string, digestInfo: Uint8Array, response: string): string =>
  exchange(`802A00${reference}${hex(Uint8Array.of(digestInfo.length))}${hex(digestInfo)}00`, response);

/** Octets that begin like a certificate of `length` octets (256 to 65,539) and go on arbitrarily. */
export function certificateOf(length: number): Uint8Array<ArrayBuffer> {
  const octets = Uint8Array.from({ length }, (_, index) => index % 251);
  octets.set([0x30, 0x82, (length - 4) >> 8, (length - 4) & 0xff]);
  return octets;
}

/** The octets of a well-formed PIN, another one at every call. */
export function somePin(key: KeyName): Uint8Array<ArrayBuffer> {
  const length = key === "authentication" ? 4 : 8;
  return Uint8Array.from(crypto.getRandomValues(new Uint8Array(length)), (octet) => 0x30 + (octet % 10));
}
