import { decodeHex } from "../../shared/encoding/hex.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";

/** The public personal authentication application (公的個人認証AP). */
export const JPKI_AID = decodeHex("D392F000260100000001");

/**
 * The issuer security domain of every GlobalPlatform card (also what is selected at power-on). Selecting it takes JPKI's PIN states
 * away; unlike the card's common application it tells nothing of the card.
 */
export const ISSUER_SECURITY_DOMAIN_AID = decodeHex("A000000151000000");

/** What can be read: the two certificates and the certificates of the two authorities as the card holds them. */
export type CertificateName = KeyName | "authentication-ca" | "signing-ca";

/**
 * Elementary files of certificates, X.509 DER with filler behind. On this application the low five bits of a file id are its short
 * id. Only `signing` needs a PIN on a card; phones ask one for `authentication` too.
 */
export const CERTIFICATE_FILES: Readonly<Record<CertificateName, number>> = {
  signing: 0x0001,
  "signing-ca": 0x0002,
  authentication: 0x000a,
  "authentication-ca": 0x000b,
};

/** Elementary files of the private keys. */
export const KEY_FILES: Readonly<Record<KeyName, number>> = { authentication: 0x0017, signing: 0x001a };

/** Elementary files of the PINs. */
export const PIN_FILES: Readonly<Record<KeyName, number>> = { authentication: 0x0018, signing: 0x001b };

/** Tries of a PIN after a good one. */
export const ALL_ATTEMPTS: Readonly<Record<KeyName, number>> = { authentication: 3, signing: 5 };

/** P2 that means "the current EF" in VERIFY and in the signature command. */
export const CURRENT_FILE = 0x80;

/** P2 (VERIFY, signature) that names an EF by its short id: `80` + short id. */
export function shortReference(fileId: number): number {
  return 0x80 | (fileId & 0x1f);
}

/** Which octets a PIN of this key may have: four digits, or 6 to 16 of `A-Z 0-9` (the card compares octets: upper case only). */
export function isWellFormedPin(key: KeyName, pin: Uint8Array): boolean {
  const digit = (octet: number): boolean => octet >= 0x30 && octet <= 0x39;
  const letter = (octet: number): boolean => octet >= 0x41 && octet <= 0x5a;
  if (key === "authentication") return pin.length === 4 && pin.every(digit);
  return pin.length >= 6 && pin.length <= 16 && pin.every((octet) => digit(octet) || letter(octet));
}
