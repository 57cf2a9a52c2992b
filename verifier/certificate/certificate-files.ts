import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprintOf } from "./read-authority.ts";

/** A certificate as a site gives it: PEM (several may stand in one text) or DER. */
export type CertificateSource = string | Uint8Array;

/** A certificate, DER, and where it came from, for messages. */
export interface NamedCertificate {
  readonly der: Uint8Array;
  readonly source: string;
}

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;
const FILES = /\.(pem|crt|cer)$/i;

/** The certificates of a text or of octets, `source` being what messages call them. Throws `TypeError` where a text has none. */
export function certificatesOf(given: CertificateSource, source: string): NamedCertificate[] {
  if (typeof given !== "string") {
    // a file ending in .cer may be either
    return isPem(given) ? certificatesOf(Buffer.from(given).toString("latin1"), source) : [{ der: given, source }];
  }
  const found = Array.from(given.matchAll(BLOCK), ([, base64 = ""]) => ({
    der: new Uint8Array(Buffer.from(base64, "base64")),
    source,
  }));
  if (found.length === 0) throw new TypeError(`${source} holds no certificate in PEM`);
  return found;
}

/** The certificates of a folder's files `*.pem`, `*.crt` and `*.cer`, PEM or DER. Throws `TypeError` when there is none. */
export function certificatesOfFolder(folder: string): NamedCertificate[] {
  const names = readdirSync(folder).filter((name) => FILES.test(name));
  if (names.length === 0) throw new TypeError(`${folder} holds no certificate (*.pem, *.crt, *.cer)`);
  return names.toSorted().flatMap((name) => certificatesOf(readFileSync(join(folder, name)), join(folder, name)));
}

/** Each certificate once. */
export function withoutRepetitions(certificates: readonly NamedCertificate[]): NamedCertificate[] {
  return [...new Map(certificates.map((certificate) => [fingerprintOf(certificate.der), certificate])).values()];
}

const isPem = (octets: Uint8Array): boolean => Buffer.from(octets).includes("-----BEGIN ");
